// The sum of the differences of two rows' pixels; the rows begin at `start`. Subtracts the smaller pixel from the larger.
function change(before: u8[], after: u8[], start: i32, width: i32): u32 {
  let sum: u32 = 0;
  for (let i = start; i < start + width; i++) {
    const one = before[i];
    const other = after[i];
    sum += one > other ? one - other : other - one;
  }
  return sum;
}

// How much each row has changed: the sum of the differences of its pixels.
export function rowChanges(width: u32, before: u8[], after: u8[]): u32[] {
  const rows = width == 0 ? 0 : before.length / i32(width);
  const changes = new Array<u32>(rows);
  for (let row = 0; row < rows; row++) {
    changes[row] = change(before, after, row * i32(width), i32(width));
  }
  return changes;
}
