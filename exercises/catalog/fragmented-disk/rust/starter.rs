/// A checksum of each recording's chain of clusters.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut checksums = Vec::new();
    for first_cluster in first_clusters {
        let mut cluster = first_cluster;
        let mut checksum: u32 = 0;
        for _ in 0..length {
            checksum = checksum.wrapping_mul(31).wrapping_add(cluster % 8_191);
            cluster = next_cluster[cluster as usize];
        }
        checksums.push(checksum);
    }
    checksums
}
