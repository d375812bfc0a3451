/// A checksum of each recording's chain of clusters. All chains go forward together: within one
/// there is nothing to do but wait for the next cluster, and the waits of different chains overlap.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut chains: Vec<(u32, u32)> = first_clusters
        .into_iter()
        .map(|first_cluster| (first_cluster, 0))
        .collect();
    for _ in 0..length {
        for (cluster, checksum) in &mut chains {
            *checksum = checksum.wrapping_mul(31).wrapping_add(*cluster % 8_191);
            *cluster = next_cluster[*cluster as usize];
        }
    }
    chains.into_iter().map(|(_, checksum)| checksum).collect()
}
