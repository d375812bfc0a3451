//! Weights of parcels in grams, about as many in each price bracket, in an order that nobody can
//! guess.

/// The upper limits of the brackets; a parcel can be as heavy as its limit.
const LIMITS: [u32; 7] = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/// The weights of one call.
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
        .map(|_| {
            let bracket = (random() % 8) as usize;
            let above = if bracket == 0 { 0 } else { LIMITS[bracket - 1] };
            let limit = LIMITS.get(bracket).copied().unwrap_or(50_000);
            match random() % 32 {
                0 | 1 => limit,
                // Nonsense from a broken scale is a weight too.
                2 => u32::MAX - (random() % 100) as u32,
                3 => above + 1,
                _ => above + 1 + (random() % u64::from(limit - above)) as u32,
            }
        })
        .collect()
}
