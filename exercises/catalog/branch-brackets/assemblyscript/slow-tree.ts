// How many parcels are in each price bracket. Three comparisons instead of up to seven; each is as hard to guess as a coin.
export function countByBracket(weights: u32[]): u32[] {
  const counts = new Array<u32>(8);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    if (weight <= 2000) {
      if (weight <= 500) {
        if (weight <= 250) counts[0]++; else counts[1]++;
      } else if (weight <= 1000) {
        counts[2]++;
      } else {
        counts[3]++;
      }
    } else if (weight <= 10000) {
      if (weight <= 5000) counts[4]++; else counts[5]++;
    } else if (weight <= 20000) {
      counts[6]++;
    } else {
      counts[7]++;
    }
  }
  return counts;
}
