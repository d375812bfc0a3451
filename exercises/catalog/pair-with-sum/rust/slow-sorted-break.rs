/// How many pairs of products use the voucher up to the last cent. Sorts the prices, so that each
/// product is compared with dearer ones only until the sum is too large, which is still a fixed
/// share of all pairs.
pub fn count_pairs(mut prices: Vec<u32>, voucher: u32) -> u64 {
    prices.sort_unstable();
    let mut pairs = 0;
    for (index, &first) in prices.iter().enumerate() {
        let Some(rest) = voucher.checked_sub(first) else {
            break;
        };
        for &second in &prices[index + 1..] {
            if second > rest {
                break;
            }
            pairs += u64::from(second == rest);
        }
    }
    pairs
}
