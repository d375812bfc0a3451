/// What each meter counted in all. Transposes the readings, so that each meter's lie next to each
/// other; the transposition jumps through memory instead.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    let rows = readings.len().checked_div(meters).unwrap_or(0);
    let mut by_meter = Vec::with_capacity(readings.len());
    for meter in 0..meters {
        for row in 0..rows {
            by_meter.push(readings[row * meters + meter]);
        }
    }
    if rows == 0 {
        return vec![0; meters];
    }
    by_meter
        .chunks_exact(rows)
        .map(|meter| meter.iter().map(|&reading| u64::from(reading)).sum())
        .collect()
}
