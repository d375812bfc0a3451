/// A checksum of each recording's chain of clusters. Four clusters a round save three of four tests
/// for the end, and none of the waits for the next cluster.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut checksums = Vec::with_capacity(first_clusters.len());
    for first_cluster in first_clusters {
        let mut cluster = first_cluster;
        let mut checksum: u32 = 0;
        for _ in 0..length / 4 {
            for _ in 0..4 {
                checksum = checksum.wrapping_mul(31).wrapping_add(cluster % 8_191);
                cluster = next_cluster[cluster as usize];
            }
        }
        for _ in 0..length % 4 {
            checksum = checksum.wrapping_mul(31).wrapping_add(cluster % 8_191);
            cluster = next_cluster[cluster as usize];
        }
        checksums.push(checksum);
    }
    checksums
}
