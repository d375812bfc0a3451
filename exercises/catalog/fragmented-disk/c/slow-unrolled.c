#include "exercise.h"
#include <stdlib.h>

// A checksum of each recording's chain of clusters. Two clusters a round save every second test for the end, and none of the
// waits for the next cluster.
list_u32 chain_checksums(list_u32 next_cluster, list_u32 first_clusters, uint32_t length) {
  list_u32 checksums = {malloc(first_clusters.length * sizeof(uint32_t)), first_clusters.length};
  for (size_t i = 0; i < first_clusters.length; i++) {
    uint32_t cluster = first_clusters.items[i];
    uint32_t checksum = 0;
    uint32_t step = 0;
    for (; step + 1 < length; step += 2) {
      uint32_t second = next_cluster.items[cluster];
      checksum = (checksum * 31 + cluster % 8191) * 31 + second % 8191;
      cluster = next_cluster.items[second];
    }
    if (step < length) checksum = checksum * 31 + cluster % 8191;
    checksums.items[i] = checksum;
  }
  return checksums;
}
