// A checksum of each recording's chain of clusters. All chains go forward together: within one there is nothing to do but wait
// for the next cluster, and the waits of different chains overlap. The indices of the chains need no check.
export function chainChecksums(nextCluster: u32[], firstClusters: u32[], length: u32): u32[] {
  const count = firstClusters.length;
  const clusters = StaticArray.fromArray(firstClusters);
  const checksums = new StaticArray<u32>(count);
  for (let step: u32 = 0; step < length; step++) {
    for (let i = 0; i < count; i++) {
      const cluster = unchecked(clusters[i]);
      unchecked((checksums[i] = checksums[i] * 31 + (cluster % 8191)));
      unchecked((clusters[i] = nextCluster[cluster]));
    }
  }
  return checksums.slice();
}
