/// How many pairs of products use the voucher up to the last cent. Leaves out what is too dear for
/// any pair, and compares all that remain with each other.
pub fn count_pairs(mut prices: Vec<u32>, voucher: u32) -> u64 {
    prices.retain(|&price| price <= voucher);
    let mut pairs = 0;
    for (index, &first) in prices.iter().enumerate() {
        let rest = voucher - first;
        for &second in &prices[index + 1..] {
            if second == rest {
                pairs += 1;
            }
        }
    }
    pairs
}
