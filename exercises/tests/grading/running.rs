//! Programs that do something else than answer.

use super::{body, verdict};

#[test]
fn a_panic_is_shown_with_its_message_and_line() {
    insta::assert_snapshot!(verdict(body("panic!(\"no answer for {queries:?}\")").as_bytes()), @"trap: The program stopped at line 2, column 5: no answer for [7, 7, 9, 7]");
    insta::assert_snapshot!(verdict(body("vec![u64::from(queries[10])]").as_bytes()), @"trap: The program stopped at line 2, column 27: index out of bounds: the len is 4 but the index is 10");
}

#[test]
fn an_endless_loop_is_out_of_time() {
    insta::assert_snapshot!(verdict(body("loop { std::hint::black_box(&queries); }").as_bytes()), @"time_limit: The program takes too long: one call ran more than the 1000 million instructions or so that it may run. Look for a loop that does not end, or for repeated work.");
}

#[test]
fn memory_beyond_the_limit_is_refused() {
    insta::assert_snapshot!(verdict(body("vec![1; (1 << 27) + queries.len()]").as_bytes()), @"memory_limit: The program asked for 1025.2 MiB of memory in all, and 64.0 MiB are allowed. Keep less at a time.");
}

#[test]
fn a_recursion_without_end_is_a_trap() {
    let source = format!(
        "#[inline(never)]\nfn deeper(n: u64) -> u64 {{ if n == u64::MAX {{ 0 }} else {{ std::hint::black_box(deeper(n + 1)) + 1 }} }}\n{}",
        body("vec![deeper(queries.len() as u64)]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @r"
    trap: The program stopped: the recursion is too deep: the stack holds 1024 KiB. Recurse less deeply, or use a loop.
    in: solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper
    ");
}

#[test]
fn an_abort_is_a_trap() {
    insta::assert_snapshot!(verdict(body("std::process::abort()").as_bytes()), @r"
    trap: The program stopped: it gave up without a message (`abort`, or an `unreachable` instruction)
    in: solution::answer_all
    ");
}

#[test]
fn an_answer_that_is_too_long_is_over_the_output_limit() {
    insta::assert_snapshot!(verdict(body("vec![1; (2 << 20) + queries.len()]").as_bytes()), @"output_limit: The answer has 16.0 MiB or more, and 8.0 MiB are allowed. Return what was asked for.");
}

#[test]
fn a_result_outside_the_programs_memory_is_caught() {
    let lie =
        "let mut answers = vec![0; queries.len()]; unsafe { answers.set_len(1 << 29) }; answers";
    insta::assert_snapshot!(verdict(body(lie).as_bytes()), @"trap: The program stopped: the result lies outside its memory: 4294967296 bytes at address 1114160, and the memory has 1179648 bytes");
}

#[test]
fn a_hidden_input_shows_its_size_and_the_first_difference_only() {
    let source = "fn cost(key: u32) -> u64 {
    let mut cost = u64::from(key) + 1;
    for step in 0..1_000 {
        cost ^= cost << 13;
        cost ^= cost >> 7;
        cost ^= cost << 17;
        cost = cost.wrapping_add(step);
    }
    cost
}
pub fn answer_all(mut queries: Vec<u32>) -> Vec<u64> {
    queries.truncate(30);
    queries.into_iter().map(cost).collect()
}";
    insta::assert_snapshot!(verdict(source.as_bytes()), @"wrong_answer: The answer is wrong for a hidden input of size 40.");
}

#[test]
fn who_asks_for_a_clock_is_told_that_there_is_none() {
    insta::assert_snapshot!(verdict(body("let now = std::time::Instant::now(); vec![now.elapsed().as_secs(); queries.len()]").as_bytes()), @"trap: The program stopped: time not implemented on this platform. The sandbox has one thread and no clock, files or network: compute the answer without them");
}

#[test]
fn a_recursion_that_fills_the_memorys_stack_is_told_as_one() {
    let source = format!(
        "#[inline(never)]\nfn deeper(n: u64) -> u64 {{ let room = std::hint::black_box([n; 512]); if n == u64::MAX {{ 0 }} else {{ deeper(n + 1) + room[7] }} }}\n{}",
        body("vec![deeper(queries.len() as u64)]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @r"
    trap: The program stopped: the recursion is too deep: the stack holds 1024 KiB. Recurse less deeply, or use a loop.
    in: solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper
    ");
}
