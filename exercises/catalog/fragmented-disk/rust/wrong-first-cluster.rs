/// A checksum of each recording's chain of clusters. Goes on before it counts, so the first cluster
/// is left out and what stands behind the last is put in.
pub fn chain_checksums(next_cluster: Vec<u32>, first_clusters: Vec<u32>, length: u32) -> Vec<u32> {
    let mut chains: Vec<(u32, u32)> = first_clusters
        .into_iter()
        .map(|first_cluster| (first_cluster, 0))
        .collect();
    for _ in 0..length {
        for (cluster, checksum) in &mut chains {
            *cluster = next_cluster[*cluster as usize];
            *checksum = checksum.wrapping_mul(31).wrapping_add(*cluster % 8_191);
        }
    }
    chains.into_iter().map(|(_, checksum)| checksum).collect()
}
