//! Prices of a shop in cents, many of them equal, and a voucher that some pairs of products use up.
//! A few products cost more than the voucher, and two such prices can add up to it if their sum
//! wraps around.

/// The prices and the voucher of one call.
pub fn generate(seed: u64, size: u32) -> (Vec<u32>, u32) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let voucher = 5_000 + 20 * (random() % 250) as u32;
    let prices = (0..size)
        .map(|_| {
            let excess = 100 * (random() % 8) as u32;
            match random() % 16 {
                // Makes a pair with any other of its kind, and with itself none.
                0 => voucher / 2,
                1 => u32::MAX - excess,
                2 => voucher + 1 + excess,
                _ => 10 * (1 + random() % u64::from(voucher / 10)) as u32,
            }
        })
        .collect();
    (prices, voucher)
}
