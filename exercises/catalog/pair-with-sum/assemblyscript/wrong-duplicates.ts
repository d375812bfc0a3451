// How many pairs of products use the voucher up to the last cent. Remembers which prices there are, and forgets that two
// products can have the same.
export function countPairs(prices: u32[], voucher: u32): u64 {
  const seen = new Set<u32>();
  let pairs: u64 = 0;
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i];
    if (price <= voucher && seen.has(voucher - price)) pairs++;
    seen.add(price);
  }
  return pairs;
}
