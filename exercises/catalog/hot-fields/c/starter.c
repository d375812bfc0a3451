#include "exercise.h"

// A row of the table of states has 64 columns, of which a search reads these: the next state for each of the four bases,
// and how many markers end in this state.
enum { COLUMNS = 64, NEXT_STATE = 4, MARKERS = 40 };

// How many markers end in the states that the bases lead to, from the state 0 on.
uint64_t count_markers(list_u32 states, list_u8 bases) {
  uint64_t markers = 0;
  size_t state = 0;
  for (size_t i = 0; i < bases.length; i++) {
    state = states.items[state * COLUMNS + NEXT_STATE + bases.items[i]];
    markers += states.items[state * COLUMNS + MARKERS];
  }
  return markers;
}
