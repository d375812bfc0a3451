//! An automaton that looks for markers in DNA, as a table with a row of 64 columns for each state,
//! and a sequence of bases that leads from state to state without any order.

const COLUMNS: u32 = 64;
const NEXT_STATE: std::ops::Range<u32> = 4..8;
const MARKERS: u32 = 40;

/// How many bases there are for each state.
const BASES_PER_STATE: u32 = 8;

/// The states and the bases of one call.
pub fn generate(seed: u64, size: u32) -> (Vec<u32>, Vec<u8>) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let state_count = size / BASES_PER_STATE + 1;
    let mut states = Vec::with_capacity((state_count * COLUMNS) as usize);
    for _ in 0..state_count {
        for column in 0..COLUMNS {
            states.push(match column {
                column if NEXT_STATE.contains(&column) => {
                    (random() % u64::from(state_count)) as u32
                }
                // Markers end in few states, and in some of them more than one.
                MARKERS => (random() % 64).saturating_sub(60) as u32,
                _ => random() as u32,
            });
        }
    }
    let bases = (0..size).map(|_| (random() % 4) as u8).collect();
    (states, bases)
}
