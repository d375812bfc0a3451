/// A row of the table of states has 64 columns, of which a search reads these: the next state for
/// each of the four bases, and how many markers end in this state.
const COLUMNS: usize = 64;
const NEXT_STATE: usize = 4;
const MARKERS: usize = 40;

/// Takes four bases a round. Each step still waits for the row of the one before.
pub fn count_markers(states: Vec<u32>, bases: Vec<u8>) -> u64 {
    let (rows, _) = states.as_chunks::<COLUMNS>();
    let mut state = 0;
    let mut markers = 0;
    let (fours, rest) = bases.as_chunks::<4>();
    for four in fours {
        for &base in four {
            state = rows[state][NEXT_STATE + usize::from(base)] as usize;
            markers += u64::from(rows[state][MARKERS]);
        }
    }
    for &base in rest {
        state = rows[state][NEXT_STATE + usize::from(base)] as usize;
        markers += u64::from(rows[state][MARKERS]);
    }
    markers
}
