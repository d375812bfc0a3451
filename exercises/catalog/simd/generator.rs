//! Two pictures of a camera that looks at one place: the second is the first with noise on every pixel, and in some rows
//! something has moved.

/// How many rows a picture has.
const ROWS: u32 = 120;

/// The width of the pictures, and both of them, row by row. There are no rows when the size is 0.
pub fn generate(seed: u64, size: u32) -> (u32, Vec<u8>, Vec<u8>) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for _ in 0..ROWS {
        let moves = random() % 4 == 0;
        // Bright against dark and the other way round, which is as far apart as pixels get.
        let [old, new] = if random() % 2 == 0 {
            [0, 240]
        } else {
            [240, 0]
        };
        for _ in 0..size {
            let bits = random();
            let [noise, light] = [(bits >> 8) as u8 % 12, bits as u8];
            before.push(if moves { old + noise } else { light });
            after.push(if moves {
                new + noise
            } else {
                light.saturating_add(noise)
            });
        }
    }
    (size.max(1), before, after)
}
