/// 2 to the power of 13, of which what is checked modulo 8,191 needs only shifts and sums.
const BITS: u32 = 13;
const PRIME: u32 = (1 << BITS) - 1;

/// What remains of a number when it is divided by the prime, without a division or multiplication.
fn remainder(number: u32) -> u32 {
    let folded = (number >> (2 * BITS)) + ((number >> BITS) & PRIME) + (number & PRIME);
    let folded = (folded >> BITS) + (folded & PRIME);
    if folded >= PRIME {
        folded - PRIME
    } else {
        folded
    }
}

/// A checksum of each recording's chain of clusters. The arithmetic is cheaper, and was never what
/// a step waits for.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut checksums = Vec::with_capacity(first_clusters.len());
    for first_cluster in first_clusters {
        let mut cluster = first_cluster;
        let mut checksum: u32 = 0;
        for _ in 0..length {
            checksum = (checksum << 5)
                .wrapping_sub(checksum)
                .wrapping_add(remainder(cluster));
            cluster = next_cluster[cluster as usize];
        }
        checksums.push(checksum);
    }
    checksums
}
