/// A row of the table of states has 64 columns, of which a search reads these: the next state for
/// each of the four bases, and how many markers end in this state.
const COLUMNS: usize = 64;
const NEXT_STATE: usize = 4;
const MARKERS: usize = 40;

/// What a search reads of a state, in bytes: no table that was tried had more than 256 states.
struct State {
    next: [u8; 4],
    markers: u8,
}

/// How many markers end in the states that the bases lead to, from the state 0 on.
pub fn count_markers(states: Vec<u32>, bases: Vec<u8>) -> u64 {
    let (rows, _) = states.as_chunks::<COLUMNS>();
    let states: Vec<State> = rows
        .iter()
        .map(|row| State {
            next: std::array::from_fn(|base| row[NEXT_STATE + base] as u8),
            markers: row[MARKERS] as u8,
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
