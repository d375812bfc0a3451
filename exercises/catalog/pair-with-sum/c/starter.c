#include "exercise.h"

// How many pairs of products use the voucher up to the last cent.
uint64_t count_pairs(list_u32 prices, uint32_t voucher) {
  uint64_t pairs = 0;
  for (size_t i = 0; i < prices.length; i++) {
    for (size_t j = i + 1; j < prices.length; j++) {
      if ((uint64_t)prices.items[i] + prices.items[j] == voucher) pairs++;
    }
  }
  return pairs;
}
