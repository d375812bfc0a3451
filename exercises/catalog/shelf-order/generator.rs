//! Books of a library, in the order in which they were returned: titles with quotation marks, capitals and numbers of
//! volumes; volumes of one work differ near the end of the title only, and of some there are several copies.

const WORKS: [&str; 12] = [
    "Записки по българските въстания",
    "„Под игото“",
    "Опълченците на Шипка и други стихотворения",
    "ТЮТЮН",
    "„Железният светилник“",
    "Време разделно",
    "Introduction to Algorithms",
    "The Art of Computer Programming",
    "Пътеводител на галактическия стопаджия",
    "До Чикаго и назад",
    "„Нови балкански легенди“",
    "STRUCTURE and INTERPRETATION",
];

/// The inventory numbers and titles of one call. No number occurs twice.
pub fn generate(seed: u64, size: u32) -> Vec<(u32, String)> {
    let mut state = seed;
    let mut random = |below: u32| {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(below)) as u32
    };
    let mut numbers: Vec<u32> = (0..size).map(|index| 1000 + index).collect();
    for index in (1..numbers.len()).rev() {
        numbers.swap(index, random(index as u32 + 1) as usize);
    }
    numbers
        .into_iter()
        .map(|number| {
            let work = WORKS[random(12) as usize];
            let work = if random(4) == 0 {
                work.to_uppercase()
            } else {
                work.to_owned()
            };
            (number, format!("{work}, том {}", 1 + random(9)))
        })
        .collect()
}
