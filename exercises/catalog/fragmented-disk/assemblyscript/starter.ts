// A checksum of each recording's chain of clusters.
export function chainChecksums(nextCluster: u32[], firstClusters: u32[], length: u32): u32[] {
  const checksums: u32[] = [];
  for (let i = 0; i < firstClusters.length; i++) {
    let cluster = firstClusters[i];
    let checksum: u32 = 0;
    for (let step: u32 = 0; step < length; step++) {
      checksum = checksum * 31 + (cluster % 8191);
      cluster = nextCluster[cluster];
    }
    checksums.push(checksum);
  }
  return checksums;
}
