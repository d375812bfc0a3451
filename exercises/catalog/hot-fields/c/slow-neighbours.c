#include "exercise.h"

// A row of the table of states has 64 columns, of which a search reads these: the next state for each of the four bases,
// and how many markers end in this state.
enum { COLUMNS = 64, NEXT_STATE = 4, MARKERS = 40 };

// Moves the markers next to the next states, into the same cache line. The rows stay as wide as they were, so there is
// still a line for each state.
uint64_t count_markers(list_u32 states, list_u8 bases) {
  for (size_t row = 0; row < states.length; row += COLUMNS) {
    states.items[row + NEXT_STATE + 4] = states.items[row + MARKERS];
  }
  uint64_t markers = 0;
  size_t state = 0;
  for (size_t i = 0; i < bases.length; i++) {
    state = states.items[state * COLUMNS + NEXT_STATE + bases.items[i]];
    markers += states.items[state * COLUMNS + NEXT_STATE + 4];
  }
  return markers;
}
