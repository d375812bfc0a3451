// The heaviest parcel of each bracket, in grams; what is heavier than all of them has a bracket of its own.
const LIMITS: StaticArray<u32> = [250, 500, 1000, 2000, 5000, 10000, 20000];

// How many parcels are in each price bracket.
export function countByBracket(weights: u32[]): u32[] {
  const counts = new Array<u32>(8);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    let bracket = 0;
    while (bracket < LIMITS.length && weight > LIMITS[bracket]) bracket++;
    counts[bracket]++;
  }
  return counts;
}
