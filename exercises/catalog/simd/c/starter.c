#include "exercise.h"
#include <stdlib.h>

// The sum of the differences of two rows' pixels.
static uint32_t change(const uint8_t *before, const uint8_t *after, size_t width) {
  uint32_t sum = 0;
  for (size_t i = 0; i < width; i++) sum += abs(before[i] - after[i]);
  return sum;
}

// How much each row has changed: the sum of the differences of its pixels.
list_u32 row_changes(uint32_t width, list_u8 before, list_u8 after) {
  size_t rows = width == 0 ? 0 : before.length / width;
  list_u32 changes = {malloc(rows * sizeof(uint32_t)), rows};
  for (size_t row = 0; row < rows; row++) {
    changes.items[row] = change(before.items + row * width, after.items + row * width, width);
  }
  return changes;
}
