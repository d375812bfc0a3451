#include "exercise.h"
#include <stdlib.h>

// What each meter counted in all. A pointer saves the multiplication for each index, and takes the readings in the same order.
list_u64 meter_totals(list_u32 readings, uint32_t meters) {
  size_t rows = meters == 0 ? 0 : readings.length / meters;
  list_u64 totals = {calloc(meters, sizeof(uint64_t)), meters};
  for (size_t meter = 0; meter < meters; meter++) {
    const uint32_t *reading = readings.items + meter;
    for (size_t row = 0; row < rows; row++, reading += meters) totals.items[meter] += *reading;
  }
  return totals;
}
