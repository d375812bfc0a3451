//! Programs that do something else than answer.

use super::{body, verdict};

#[test]
fn a_panic_is_shown_with_its_message_and_line() {
    insta::assert_snapshot!(verdict(body("panic!(\"no answer for {queries:?}\")").as_bytes()), @"");
    insta::assert_snapshot!(verdict(body("vec![u64::from(queries[10])]").as_bytes()), @"");
}

#[test]
fn an_endless_loop_is_out_of_time() {
    insta::assert_snapshot!(verdict(body("loop { std::hint::black_box(&queries); }").as_bytes()), @"");
}

#[test]
fn memory_beyond_the_limit_is_refused() {
    insta::assert_snapshot!(verdict(body("vec![1; (1 << 27) + queries.len()]").as_bytes()), @"");
}

#[test]
fn a_recursion_without_end_is_a_trap() {
    let source = format!(
        "#[inline(never)]\nfn deeper(n: u64) -> u64 {{ if n == u64::MAX {{ 0 }} else {{ std::hint::black_box(deeper(n + 1)) + 1 }} }}\n{}",
        body("vec![deeper(queries.len() as u64)]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}

#[test]
fn an_abort_is_a_trap() {
    insta::assert_snapshot!(verdict(body("std::process::abort()").as_bytes()), @"");
}

#[test]
fn an_answer_that_is_too_long_is_over_the_output_limit() {
    insta::assert_snapshot!(verdict(body("vec![1; (2 << 20) + queries.len()]").as_bytes()), @"");
}

#[test]
fn a_result_outside_the_programs_memory_is_caught() {
    let lie =
        "let mut answers = vec![0; queries.len()]; unsafe { answers.set_len(1 << 29) }; answers";
    insta::assert_snapshot!(verdict(body(lie).as_bytes()), @"");
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
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}
