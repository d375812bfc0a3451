// A checksum of each recording's chain of clusters. Two clusters a round save every second test for the end, and none of the
// waits for the next cluster.
export function chainChecksums(nextCluster: u32[], firstClusters: u32[], length: u32): u32[] {
  const checksums: u32[] = [];
  for (let i = 0; i < firstClusters.length; i++) {
    let cluster = firstClusters[i];
    let checksum: u32 = 0;
    let step: u32 = 0;
    for (; step + 1 < length; step += 2) {
      const second = nextCluster[cluster];
      checksum = (checksum * 31 + (cluster % 8191)) * 31 + (second % 8191);
      cluster = nextCluster[second];
    }
    if (step < length) checksum = checksum * 31 + (cluster % 8191);
    checksums.push(checksum);
  }
  return checksums;
}
