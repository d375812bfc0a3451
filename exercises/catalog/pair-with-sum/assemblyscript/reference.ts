// How many pairs of products use the voucher up to the last cent: each product asks once how many before it cost the rest.
export function countPairs(prices: u32[], voucher: u32): u64 {
  const seen = new Map<u32, u64>();
  let pairs: u64 = 0;
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i];
    // A product that costs more than the voucher is part of no pair.
    if (price > voucher) continue;
    const rest = voucher - price;
    if (seen.has(rest)) pairs += seen.get(rest);
    seen.set(price, seen.has(price) ? seen.get(price) + 1 : 1);
  }
  return pairs;
}
