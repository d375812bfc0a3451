// Written by Latency Lab: an assertion that fails ends the program with its text and its line.
#ifdef NDEBUG
#undef assert
#define assert(condition) ((void)0)
#else
#undef assert
#define assert(condition) ((condition) ? (void)0 : lab_assertion_failed("assertion failed: " #condition, __LINE__))
#endif

#ifndef LAB_ASSERT_H
#define LAB_ASSERT_H
__attribute__((import_module("lab"), import_name("report_panic")))
void lab_report_panic(const char *message, __SIZE_TYPE__ length, unsigned line, unsigned column);

static inline _Noreturn void lab_assertion_failed(const char *message, unsigned line) {
  lab_report_panic(message, __builtin_strlen(message), line, 1);
  __builtin_trap();
}
#endif
