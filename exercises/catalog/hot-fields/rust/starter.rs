/// A row of the table of states has 64 columns, of which a search reads these: the next state for
/// each of the four bases, and how many markers end in this state.
const COLUMNS: usize = 64;
const NEXT_STATE: usize = 4;
const MARKERS: usize = 40;

/// How many markers end in the states that the bases lead to, from the state 0 on.
pub fn count_markers(states: Vec<u32>, bases: Vec<u8>) -> u64 {
    let (rows, _) = states.as_chunks::<COLUMNS>();
    let mut state = 0;
    let mut markers = 0;
    for base in bases {
        state = rows[state][NEXT_STATE + usize::from(base)] as usize;
        markers += u64::from(rows[state][MARKERS]);
    }
    markers
}
