/// A row of the table of states has 64 columns, of which a search reads these: the next state for
/// each of the four bases, and how many markers end in this state.
const COLUMNS: usize = 64;
const NEXT_STATE: usize = 4;
const MARKERS: usize = 40;

/// What a search reads of a state, and nothing else: six states share a cache line. Numbers of
/// states fit 16 bits, and no more than 1,000 markers end in one.
struct State {
    next: [u16; 4],
    markers: u16,
}

/// How many markers end in the states that the bases lead to, from the state 0 on.
pub fn count_markers(states: Vec<u32>, bases: Vec<u8>) -> u64 {
    let (rows, _) = states.as_chunks::<COLUMNS>();
    let states: Vec<State> = rows
        .iter()
        .map(|row| State {
            next: std::array::from_fn(|base| row[NEXT_STATE + base] as u16),
            markers: row[MARKERS] as u16,
        })
        .collect();
    let mut state = 0;
    let mut markers = 0;
    for base in bases {
        state = usize::from(states[state].next[usize::from(base)]);
        markers += u64::from(states[state].markers);
    }
    markers
}
