#include "exercise.h"
#include <stdlib.h>

// The heaviest parcel of each bracket, in grams; what is heavier than all of them has a bracket of its own.
static const uint32_t LIMITS[] = {250, 500, 1000, 2000, 5000, 10000, 20000};
enum { LIMIT_COUNT = sizeof LIMITS / sizeof *LIMITS };

// How many parcels are in each price bracket. The bracket's number is how many limits the parcel exceeds: all are compared, and
// there is no branch to guess.
list_u32 count_by_bracket(list_u32 weights) {
  list_u32 counts = {calloc(LIMIT_COUNT + 1, sizeof(uint32_t)), LIMIT_COUNT + 1};
  for (size_t i = 0; i < weights.length; i++) {
    uint32_t weight = weights.items[i];
    size_t bracket = 0;
    for (size_t limit = 0; limit < LIMIT_COUNT; limit++) bracket += weight > LIMITS[limit];
    counts.items[bracket]++;
  }
  return counts;
}
