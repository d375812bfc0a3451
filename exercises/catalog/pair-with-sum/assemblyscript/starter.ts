// How many pairs of products use the voucher up to the last cent.
export function countPairs(prices: u32[], voucher: u32): u64 {
  let pairs: u64 = 0;
  for (let i = 0; i < prices.length; i++) {
    for (let j = i + 1; j < prices.length; j++) {
      if (u64(prices[i]) + prices[j] == voucher) pairs++;
    }
  }
  return pairs;
}
