#include "exercise.h"
#include <stdlib.h>

// How often a price was met so far.
typedef struct {
  uint32_t price;
  uint32_t count;
} place;

// The place of a price in a table with open addressing, or the free one where it belongs.
static place *find(place *places, size_t capacity, uint32_t price) {
  size_t at = price * 0x9e3779b97f4a7c15ull >> 32 & (capacity - 1);
  while (places[at].count > 0 && places[at].price != price) at = (at + 1) & (capacity - 1);
  return &places[at];
}

// How many pairs of products use the voucher up to the last cent: each product asks once how many before it cost the rest.
uint64_t count_pairs(list_u32 prices, uint32_t voucher) {
  size_t capacity = 16;
  while (capacity < 2 * prices.length) capacity *= 2;
  place *places = calloc(capacity, sizeof(place));
  uint64_t pairs = 0;
  for (size_t i = 0; i < prices.length; i++) {
    uint32_t price = prices.items[i];
    // A product that costs more than the voucher is part of no pair.
    if (price > voucher) continue;
    pairs += find(places, capacity, voucher - price)->count;
    place *own = find(places, capacity, price);
    *own = (place){price, own->count + 1};
  }
  free(places);
  return pairs;
}
