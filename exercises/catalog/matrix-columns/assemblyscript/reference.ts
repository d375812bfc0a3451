// What each meter counted in all. The readings are taken as they lie in memory, and all totals grow together.
export function meterTotals(readings: u32[], meters: u32): u64[] {
  const rows: u32 = meters == 0 ? 0 : readings.length / meters;
  const totals = new Array<u64>(meters);
  for (let row: u32 = 0; row < rows; row++) {
    for (let meter: u32 = 0; meter < meters; meter++) {
      totals[meter] += readings[row * meters + meter];
    }
  }
  return totals;
}
