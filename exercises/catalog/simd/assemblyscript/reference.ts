// The sum of the differences of two rows' pixels, sixteen at a time and the rest one by one; the rows begin at `start`.
function change(before: u8[], after: u8[], start: i32, width: i32): u32 {
  const one = before.dataStart + start;
  const other = after.dataStart + start;
  let sums = i32x4.splat(0);
  let i = 0;
  for (; i + 16 <= width; i += 16) {
    const a = v128.load(one + i);
    const b = v128.load(other + i);
    // Of the two differences that stop at 0, one is what the pixels differ by and the other is 0.
    const differences = v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(differences)));
  }
  let sum: u32 =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  for (; i < width; i++) sum += abs(i32(load<u8>(one + i)) - i32(load<u8>(other + i)));
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
