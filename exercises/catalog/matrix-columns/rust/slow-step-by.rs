/// What each meter counted in all. An iterator saves the multiplication and the check of each
/// index, and takes the readings in the same order.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    (0..meters)
        .map(|meter| {
            readings
                .iter()
                .skip(meter)
                .step_by(meters)
                .map(|&reading| u64::from(reading))
                .sum()
        })
        .collect()
}
