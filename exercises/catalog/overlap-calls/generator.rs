//! A product, and others like it.

/// The arguments of one page.
pub fn generate(seed: u64, size: u32) -> (u64, Vec<u64>) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        1 + (mixed >> 32) % 100_000
    };
    (random(), (0..size).map(|_| random()).collect())
}
