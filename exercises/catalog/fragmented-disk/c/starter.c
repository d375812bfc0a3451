#include "exercise.h"
#include <stdlib.h>

// A checksum of each recording's chain of clusters.
list_u32 chain_checksums(list_u32 next_cluster, list_u32 first_clusters, uint32_t length) {
  list_u32 checksums = {malloc(first_clusters.length * sizeof(uint32_t)), first_clusters.length};
  for (size_t i = 0; i < first_clusters.length; i++) {
    uint32_t cluster = first_clusters.items[i];
    uint32_t checksum = 0;
    for (uint32_t step = 0; step < length; step++) {
      checksum = checksum * 31 + cluster % 8191;
      cluster = next_cluster.items[cluster];
    }
    checksums.items[i] = checksum;
  }
  return checksums;
}
