// How many parcels are in each price bracket, of which each but the last has an upper limit in grams. The bracket's number is
// how many limits the parcel exceeds: all are compared, and there is no branch to guess.
export function countByBracket(weights: u32[]): u32[] {
  const counts = new Array<u32>(8);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    const bracket =
      i32(weight > 250) +
      i32(weight > 500) +
      i32(weight > 1000) +
      i32(weight > 2000) +
      i32(weight > 5000) +
      i32(weight > 10000) +
      i32(weight > 20000);
    counts[bracket]++;
  }
  return counts;
}
