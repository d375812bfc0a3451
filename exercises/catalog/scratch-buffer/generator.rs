//! Words of an index beside a mistyped query: short, as words of a menu or of a list of towns are, half of them Cyrillic and
//! half Latin, and some a letter or two away from the query.

const CYRILLIC: [char; 12] = ['а', 'о', 'е', 'и', 'т', 'н', 'р', 'с', 'в', 'к', 'л', 'м'];
const LATIN: [char; 12] = ['a', 'o', 'e', 'i', 't', 'n', 'r', 's', 'v', 'k', 'l', 'm'];

/// The query and the words of one call.
pub fn generate(seed: u64, size: u32) -> (String, Vec<String>) {
    let mut state = seed;
    let mut random = |below: usize| {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % below as u64) as usize
    };
    let query: Vec<char> = (0..6).map(|_| CYRILLIC[random(12)]).collect();
    let words = (0..size)
        .map(|_| match random(4) {
            0 => {
                let mut word = query.clone();
                word[random(6)] = CYRILLIC[random(12)];
                word.truncate(5 + random(2));
                word.into_iter().collect()
            }
            1 => (0..3 + random(6)).map(|_| CYRILLIC[random(12)]).collect(),
            _ => (0..3 + random(6)).map(|_| LATIN[random(12)]).collect(),
        })
        .collect();
    (query.into_iter().collect(), words)
}
