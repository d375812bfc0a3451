// What each meter counted in all.
export function meterTotals(readings: u32[], meters: u32): u64[] {
  const rows: u32 = meters == 0 ? 0 : readings.length / meters;
  const totals: u64[] = [];
  for (let meter: u32 = 0; meter < meters; meter++) {
    let total: u64 = 0;
    for (let row: u32 = 0; row < rows; row++) total += readings[row * meters + meter];
    totals.push(total);
  }
  return totals;
}
