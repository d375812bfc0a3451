#include "exercise.h"
#include <stdlib.h>

// How many parcels are in each price bracket. Three comparisons instead of up to seven; each is as hard to guess as a coin.
list_u32 count_by_bracket(list_u32 weights) {
  list_u32 counts = {calloc(8, sizeof(uint32_t)), 8};
  for (size_t i = 0; i < weights.length; i++) {
    uint32_t weight = weights.items[i];
    if (weight <= 2000) {
      if (weight <= 500) {
        if (weight <= 250) counts.items[0]++; else counts.items[1]++;
      } else if (weight <= 1000) {
        counts.items[2]++;
      } else {
        counts.items[3]++;
      }
    } else if (weight <= 10000) {
      if (weight <= 5000) counts.items[4]++; else counts.items[5]++;
    } else if (weight <= 20000) {
      counts.items[6]++;
    } else {
      counts.items[7]++;
    }
  }
  return counts;
}
