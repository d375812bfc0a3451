//! Makes the hidden inputs: for a seed and a size, always the same one.

/// The values of one call, of which about half occur more than once.
pub fn generate(seed: u64, size: u32) -> Vec<u32> {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    (0..size)
        .map(|_| (random() % u64::from(size)) as u32)
        .collect()
}
