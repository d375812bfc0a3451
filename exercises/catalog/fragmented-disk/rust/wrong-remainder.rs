/// 2 to the power of 13, of which what is checked modulo 8,191 needs only shifts and sums.
const BITS: u32 = 13;
const PRIME: u32 = (1 << BITS) - 1;

/// What remains of a number when it is divided by the prime, if its halves do not add up to more
/// than that.
fn remainder(number: u32) -> u32 {
    (number >> BITS) + (number & PRIME)
}

/// A checksum of each recording's chain of clusters, all of which go forward together.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut chains: Vec<(u32, u32)> = first_clusters
        .into_iter()
        .map(|first_cluster| (first_cluster, 0))
        .collect();
    for _ in 0..length {
        for (cluster, checksum) in &mut chains {
            *checksum = checksum.wrapping_mul(31).wrapping_add(remainder(*cluster));
            *cluster = next_cluster[*cluster as usize];
        }
    }
    chains.into_iter().map(|(_, checksum)| checksum).collect()
}
