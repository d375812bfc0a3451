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

// Remembers the last query only, and most repeats are further away.
list_u64 answer_all(list_u32 queries) {
  list_u64 answers = {malloc(queries.length * sizeof(uint64_t)), queries.length};
  for (size_t i = 0; i < queries.length; i++) {
    bool repeats = i > 0 && queries.items[i] == queries.items[i - 1];
    answers.items[i] = repeats ? answers.items[i - 1] : route_cost(queries.items[i]);
  }
  return answers;
}
