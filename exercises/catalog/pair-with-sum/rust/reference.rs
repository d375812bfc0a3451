use std::collections::HashMap;

/// How many pairs of products use the voucher up to the last cent: each product asks once how many
/// before it cost the rest.
pub fn count_pairs(prices: Vec<u32>, voucher: u32) -> u64 {
    let mut seen: HashMap<u32, u64> = HashMap::with_capacity(prices.len());
    let mut pairs = 0;
    for price in prices {
        // A product that costs more than the voucher is part of no pair.
        let Some(rest) = voucher.checked_sub(price) else {
            continue;
        };
        pairs += seen.get(&rest).copied().unwrap_or(0);
        *seen.entry(price).or_insert(0) += 1;
    }
    pairs
}
