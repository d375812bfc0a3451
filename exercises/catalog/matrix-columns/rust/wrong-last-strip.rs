/// How many meters are taken together: their readings of one row fill a cache line.
const STRIP: usize = 16;

/// What each meter counted in all, a strip of meters after the other. Those behind the last whole
/// strip are forgotten.
pub fn meter_totals(readings: Vec<u32>, meters: u32) -> Vec<u64> {
    let meters = meters as usize;
    let rows = readings.len().checked_div(meters).unwrap_or(0);
    let mut totals = vec![0; meters];
    for (strip, totals) in totals.chunks_exact_mut(STRIP).enumerate() {
        for row in 0..rows {
            let first = row * meters + strip * STRIP;
            for (total, &reading) in totals.iter_mut().zip(&readings[first..first + STRIP]) {
                *total += u64::from(reading);
            }
        }
    }
    totals
}
