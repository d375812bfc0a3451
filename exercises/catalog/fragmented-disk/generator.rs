//! The allocation table of a memory card: recordings of equal length, whose clusters lie anywhere
//! on it.

/// How many recordings a card has, unless they would be shorter than ten clusters.
const RECORDINGS: u32 = 32;

/// How many clusters the card has for each that is used.
const CLUSTERS_PER_USED: u32 = 32;

/// The table, the first cluster of each recording, and how many clusters each has.
pub fn generate(seed: u64, size: u32) -> (Vec<u32>, Vec<u32>, u32) {
    let mut state = seed;
    let mut random = || {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let recordings = match size {
        0..=2 => size,
        3..320 => 3,
        _ => RECORDINGS,
    };
    let length = size.checked_div(recordings).unwrap_or(0);
    let clusters = size * CLUSTERS_PER_USED;
    let mut free: Vec<u32> = (0..clusters).collect();
    let mut next_cluster = vec![0; clusters as usize];
    let mut first_clusters = Vec::new();
    let mut taken = 0;
    for _ in 0..recordings {
        let mut previous = None;
        for _ in 0..length {
            // Fisher and Yates' shuffle, as far as clusters are needed.
            let at = taken + (random() % (free.len() - taken) as u64) as usize;
            free.swap(taken, at);
            let cluster = free[taken];
            taken += 1;
            match previous {
                None => first_clusters.push(cluster),
                Some(previous) => next_cluster[previous as usize] = cluster,
            }
            previous = Some(cluster);
        }
    }
    (next_cluster, first_clusters, length)
}
