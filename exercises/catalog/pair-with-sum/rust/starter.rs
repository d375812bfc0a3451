/// How many pairs of products use the voucher up to the last cent.
pub fn count_pairs(prices: Vec<u32>, voucher: u32) -> u64 {
    let mut pairs = 0;
    for (index, &first) in prices.iter().enumerate() {
        for &second in &prices[index + 1..] {
            if first.checked_add(second) == Some(voucher) {
                pairs += 1;
            }
        }
    }
    pairs
}
