#include "exercise.h"
#include <stdlib.h>

// The cost of the route with this key. It takes its time: every step needs the one before.
static uint64_t route_cost(uint32_t key) {
  uint64_t cost = (uint64_t)key + 1;
  for (uint64_t step = 0; step < 1000; step++) {
    cost ^= cost << 13;
    cost ^= cost >> 7;
    cost ^= cost << 17;
    cost += step;
  }
  return cost;
}

// A hash table with open addressing: twice as many places as queries, so that a free one is near.
typedef struct {
  uint32_t key;
  bool taken;
  uint64_t cost;
} place;

// Answers the queries in order, and computes each cost once.
list_u64 answer_all(list_u32 queries) {
  list_u64 answers = {malloc(queries.length * sizeof(uint64_t)), queries.length};
  size_t capacity = 16;
  while (capacity < 2 * queries.length) capacity *= 2;
  place *places = calloc(capacity, sizeof(place));
  for (size_t i = 0; i < queries.length; i++) {
    uint32_t key = queries.items[i];
    // Fibonacci hashing: the high bits of the product depend on all bits of the key.
    size_t at = (key * 0x9e3779b97f4a7c15ull >> 32) & (capacity - 1);
    while (places[at].taken && places[at].key != key) at = (at + 1) & (capacity - 1);
    if (!places[at].taken) places[at] = (place){key, true, route_cost(key)};
    answers.items[i] = places[at].cost;
  }
  free(places);
  return answers;
}
