//! Events of an order system, oldest first: the minute of the day, who did something, and a note of some sentences.

const AUTHORS: [&str; 8] = [
    "Ани",
    "Борис",
    "Виктория",
    "Georgi",
    "Диана",
    "Emil",
    "Жана",
    "cron",
];
const SENTENCES: [&str; 6] = [
    "Поръчката е потвърдена от склада.",
    "Клиентът помоли да му се звънне преди 18 ч.",
    "Адресът за доставка е сменен.",
    "Payment was captured.",
    "Пратката чака на гишето до петък.",
    "Export done.",
];

/// The events of one call.
pub fn generate(seed: u64, size: u32) -> Vec<(u32, String, String)> {
    let mut state = seed;
    let mut random = |below: u32| {
        // SplitMix64 (Steele, Lea and Flood, 2014): different seeds start at different places.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(below)) as u32
    };
    let mut minutes: Vec<u32> = (0..size).map(|_| random(24 * 60)).collect();
    minutes.sort_unstable();
    minutes
        .into_iter()
        .map(|minute| {
            let author = AUTHORS[random(8) as usize].to_owned();
            let mut note = format!("№ {}.", random(100_000));
            for _ in 0..2 + random(6) {
                note.push(' ');
                note.push_str(SENTENCES[random(6) as usize]);
            }
            (minute, author, note)
        })
        .collect()
}
