// A checksum of each recording's chain of clusters. Goes on before it counts, so the first cluster is left out and what stands
// behind the last is put in.
export function chainChecksums(nextCluster: u32[], firstClusters: u32[], length: u32): u32[] {
  const checksums = new Array<u32>(firstClusters.length);
  const clusters = firstClusters;
  for (let step: u32 = 0; step < length; step++) {
    for (let i = 0; i < clusters.length; i++) {
      clusters[i] = nextCluster[clusters[i]];
      checksums[i] = checksums[i] * 31 + (clusters[i] % 8191);
    }
  }
  return checksums;
}
