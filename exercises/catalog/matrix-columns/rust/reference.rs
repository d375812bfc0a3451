/// What each meter counted in all. The readings are taken as they lie in memory, and all totals
/// grow together.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    let mut totals = vec![0; meters];
    // Without meters there are no readings, but rows of no length are not allowed.
    for row in readings.chunks_exact(meters.max(1)) {
        for (total, &reading) in totals.iter_mut().zip(row) {
            *total += u64::from(reading);
        }
    }
    totals
}
