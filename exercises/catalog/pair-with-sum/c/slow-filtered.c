#include "exercise.h"

// How many pairs of products use the voucher up to the last cent. Leaves out what is too dear for any pair, and compares all
// that remain with each other.
uint64_t count_pairs(list_u32 prices, uint32_t voucher) {
  size_t length = 0;
  for (size_t i = 0; i < prices.length; i++) {
    if (prices.items[i] <= voucher) prices.items[length++] = prices.items[i];
  }
  uint64_t pairs = 0;
  for (size_t i = 0; i < length; i++) {
    uint32_t rest = voucher - prices.items[i];
    for (size_t j = i + 1; j < length; j++) pairs += prices.items[j] == rest;
  }
  return pairs;
}
