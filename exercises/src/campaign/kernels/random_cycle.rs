//! One random cycle through all places (Sattolo, "An algorithm to generate a random cyclic permutation", 1986).

pub fn generate(seed: u64, size: u32) -> Vec<u32> {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut places: Vec<u32> = (0..size).collect();
    for last in (1..places.len()).rev() {
        places.swap(last, (random() % last as u64) as usize);
    }
    places
}
