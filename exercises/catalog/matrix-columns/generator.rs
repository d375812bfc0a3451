//! Readings of electricity meters: a row of all meters for each quarter of an hour, a quarter as
//! many rows as meters.

/// The readings and the number of meters of one call.
pub fn generate(seed: u64, size: u32) -> (Vec<u32>, u32) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let rows = match size {
        0..100 => random() % 12,
        _ => u64::from(size / 4),
    };
    let readings = (0..rows * u64::from(size))
        .map(|_| random() as u32)
        .collect();
    (readings, size)
}
