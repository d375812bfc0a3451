//! The numbers of the orders on a page; some stand there twice.

/// The orders of one page.
pub fn generate(seed: u64, size: u32) -> Vec<u64> {
    let mut state = seed;
    (0..size)
        .map(|_| {
            // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            1 + (mixed >> 32) % 5_000
        })
        .collect()
}
