#include "exercise.h"
#include <stdlib.h>

// A row of the table of states has 64 columns, of which a search reads these: the next state for each of the four bases,
// and how many markers end in this state.
enum { COLUMNS = 64, NEXT_STATE = 4, MARKERS = 40 };

// What a search reads of a state. That two markers can end in the same state is forgotten.
typedef struct {
  uint16_t next[4];
  bool has_marker;
} state;

// How many markers end in the states that the bases lead to, from the state 0 on.
uint64_t count_markers(list_u32 states, list_u8 bases) {
  size_t count = states.length / COLUMNS;
  state *hot = malloc(count * sizeof(state));
  for (size_t i = 0; i < count; i++) {
    const uint32_t *row = states.items + i * COLUMNS;
    for (size_t base = 0; base < 4; base++) hot[i].next[base] = row[NEXT_STATE + base];
    hot[i].has_marker = row[MARKERS] > 0;
  }
  uint64_t markers = 0;
  size_t at = 0;
  for (size_t i = 0; i < bases.length; i++) {
    at = hot[at].next[bases.items[i]];
    markers += hot[at].has_marker;
  }
  free(hot);
  return markers;
}
