// Written by Latency Lab: how the sandbox calls a solution. Values lie in memory as C lays them out, so arguments are
// used where they arrived and the answer is read where it stands; only `lab_call` is timed.

// Memory for arguments: none of the solution's functions runs while it is found, not even an allocator of its own.
__attribute__((export_name("lab_allocate"))) void *lab_allocate(size_t bytes, size_t alignment) {
  static char *next, *end;
  char *start = __builtin_align_up(next, alignment);
  if (bytes > (size_t)(end - start) || start > end || next == NULL) {
    size_t pages = (bytes + 0x1ffff) >> 16;
    size_t old = __builtin_wasm_memory_grow(0, pages);
    if (old == SIZE_MAX) __builtin_trap();
    start = (char *)(old << 16);
    end = start + (pages << 16);
  }
  next = start + bytes;
  return start;
}

__attribute__((export_name("lab_prepare"))) struct lab_slot *lab_prepare(struct lab_arguments *arguments) {
  struct lab_slot *slot = lab_allocate(sizeof *slot, 8);
  slot->arguments = arguments;
  return slot;
}

__attribute__((export_name("lab_call"))) struct lab_slot *lab_call(struct lab_slot *slot) {
  slot->answer = lab_answer(slot->arguments);
  return slot;
}

__attribute__((export_name("lab_result"))) lab_answer_type *lab_result(struct lab_slot *slot) {
  return &slot->answer;
}
