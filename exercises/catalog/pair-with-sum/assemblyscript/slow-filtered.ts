// How many pairs of products use the voucher up to the last cent. Leaves out what is too dear for any pair, and compares all
// that remain with each other.
export function countPairs(prices: u32[], voucher: u32): u64 {
  const affordable: u32[] = [];
  for (let i = 0; i < prices.length; i++) {
    if (prices[i] <= voucher) affordable.push(prices[i]);
  }
  let pairs: u64 = 0;
  for (let i = 0; i < affordable.length; i++) {
    const rest = voucher - affordable[i];
    for (let j = i + 1; j < affordable.length; j++) {
      if (affordable[j] == rest) pairs++;
    }
  }
  return pairs;
}
