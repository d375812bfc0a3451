/// What each meter counted in all.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    let rows = readings.len().checked_div(meters).unwrap_or(0);
    let mut totals = Vec::with_capacity(meters);
    for meter in 0..meters {
        let mut total = 0;
        for row in 0..rows {
            total += u64::from(readings[row * meters + meter]);
        }
        totals.push(total);
    }
    totals
}
