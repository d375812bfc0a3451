//! Grey pages as a document scanner delivers them: paper with a slow gradient, noise on every pixel and some ink, and a
//! different gamma for each page.

/// How many pages are scanned at once.
const PAGES: u32 = 3;

/// The pages of one call, `size` pixels high and wide, each with its gamma.
pub fn generate(seed: u64, size: u32) -> Vec<(f64, Vec<u8>)> {
    let mut state = seed;
    let mut random = |below: u32| {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(below)) as u32
    };
    (0..PAGES)
        .map(|page| {
            let gamma = f64::from(120 + 60 * page + random(50)) / 100.0;
            let pixels = (0..size * size)
                .map(|place| {
                    let (row, column) = (place / size, place % size);
                    let paper = 60 + (row + column) * 100 / (2 * size) + random(60);
                    let pixel = if random(10) == 0 { random(50) } else { paper };
                    pixel as u8
                })
                .collect();
            (gamma, pixels)
        })
        .collect()
}
