//! Programs that attack whoever runs them (28 to 41).

use super::{Attack, body, honest_after, survive_all};

#[test]
fn a_program_that_does_not_end_is_stopped() {
    let loops = "loop { std::hint::black_box(&queries); }";
    let mutual = "fn ping(n: u64) -> u64 { if n == 1 { 0 } else { pong(std::hint::black_box(n) & !1) } }\n#[inline(never)] fn pong(n: u64) -> u64 { ping(std::hint::black_box(n) | 2) }";
    // The calls that are checked have an instance each; those that are timed share one.
    let later = "use std::sync::atomic::{AtomicU32, Ordering};\nstatic CALLS: AtomicU32 = AtomicU32::new(0);";
    let fills = "let mut page = vec![0u8; 40 << 20]; let mut byte = 0u8; loop { page.fill(byte); byte = std::hint::black_box(byte).wrapping_add(1); std::hint::black_box(&page); }";
    let slow = "let mut cost = queries.len() as u64; for step in 0..60_000_000u64 { cost = std::hint::black_box(cost ^ step); } vec![cost; queries.len()]";
    survive_all([
        Attack::inside(
            "28: an endless loop",
            loops,
            "time_limit: The program takes too long: one call ran more than the 1000 million instructions",
        ),
        Attack::inside(
            "28: the same again",
            loops,
            "time_limit: The program takes too long: one call ran more than the 1000 million instructions",
        ),
        Attack::new(
            "28: two functions that call each other",
            format!("{mutual}\n{}", body("vec![ping(queries.len() as u64 | 2)]")),
            "t",
        ),
        Attack::new(
            "28: a loop that waits until it is timed",
            format!(
                "{later}\n{}",
                honest_after(
                    "if CALLS.fetch_add(1, Ordering::Relaxed) > 0 { loop { std::hint::black_box(&CALLS); } }"
                )
            ),
            "time_limit: The program takes too long: ",
        ),
        Attack::inside(
            "31: memory filled again and again",
            fills,
            "time_limit: The program takes too long: ",
        ),
        Attack::inside(
            "41: calls that are each just quick enough",
            slow,
            "wrong_answer: ",
        ),
        Attack::inside(
            "41: waiting for a clock",
            "std::thread::sleep(std::time::Duration::from_secs(60)); vec![0; queries.len()]",
            "trap: The program stopped: ",
        ),
    ]);
}

#[test]
fn memory_and_stack_have_their_limits() {
    let grows = "while core::arch::wasm32::memory_grow::<0>(16) != usize::MAX {} core::arch::wasm32::unreachable()";
    let recursion = "#[inline(never)]\nfn deeper(n: u64) -> u64 { if n == u64::MAX { 0 } else { std::hint::black_box(deeper(n + 1)) + 1 } }";
    survive_all([
        Attack::new(
            "29: a recursion without an end",
            format!(
                "{recursion}\n{}",
                body("vec![deeper(queries.len() as u64)]")
            ),
            "trap: The program stopped: the recursion is too deep: the stack holds 1024 KiB.…in: solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper ← solution::deeper",
        ),
        Attack::inside(
            "30: all memory, page by page",
            grows,
            "memory_limit: The program asked for …MiB of memory in all, and 64.0 MiB are allowed.",
        ),
        Attack::inside(
            "30: a list of 1 GiB",
            "vec![1; (1 << 27) + queries.len()]",
            "memory_limit: The program asked for 1025.2 MiB of memory in all, and 64.0 MiB are allowed.",
        ),
    ]);
}

#[test]
fn what_cannot_be_done_stops_the_program_with_a_reason() {
    let read = |address: &str| {
        format!("vec![unsafe {{ std::ptr::read_volatile(({address}) as *const u64) }}]")
    };
    let call = |pointer: &str| {
        format!(
            "let f: fn(u64) -> u64 = unsafe {{ std::mem::transmute(std::hint::black_box({pointer})) }}; vec![f(1)]"
        )
    };
    survive_all([
        Attack::inside(
            "33: an address behind the memory",
            &read("core::arch::wasm32::memory_size::<0>() << 16"),
            "trap: The program stopped: it reached outside its memory: address …, and the memory has …bytes…in: solution::answer_all",
        ),
        Attack::inside(
            "33: a negative address",
            "vec![u64::from(unsafe { std::ptr::read_volatile((usize::MAX - 3) as *const u32) })]",
            "trap: The program stopped: it reached outside its memory: address 4294967292, and the memory has ",
        ),
        Attack::inside(
            "34: a division by zero",
            "vec![1 / std::hint::black_box(queries.len() as u64 * 0)]",
            "trap: The program stopped at line 2, column 10: attempt to divide by zero",
        ),
        Attack::inside(
            "34: a division that overflows",
            "vec![(i32::MIN / std::hint::black_box(-1)) as u64; queries.len()]",
            "trap: The program stopped at line 2, column 10: attempt to divide with overflow",
        ),
        Attack::inside(
            "35: a call to nothing",
            &call("0usize"),
            "trap: The program stopped: it called a function through a pointer to none",
        ),
        Attack::inside(
            "35: a call beyond the table",
            &call("1usize << 20"),
            "trap: The program stopped: it reached beyond the end of its table of functions",
        ),
        Attack::inside(
            "35: a call with other parameters",
            &call("std::process::abort as fn() -> ! as usize"),
            "trap: The program stopped: it called a function through a pointer of another type",
        ),
        Attack::inside(
            "36: a panic",
            "panic!(\"no answer\")",
            "trap: The program stopped at line 2, column 5: no answer",
        ),
        Attack::inside(
            "36: an assertion",
            "assert_eq!(queries.len(), 1_000_000, \"too few\"); vec![]",
            "trap: The program stopped at line 2, column 5: assertion `left == right` failed: too few\n  left: 4\n right: 1000000",
        ),
        Attack::inside(
            "36: what should be unreachable",
            "unreachable!()",
            "trap: The program stopped at line 2, column 5: internal error: entered unreachable code",
        ),
        Attack::inside(
            "36: a panic without a text",
            "std::panic::panic_any(42)",
            "trap: The program stopped at line 2, column 5: it panicked without a message",
        ),
        Attack::inside(
            "36: a panic of a megabyte",
            "panic!(\"{}\", \"я\".repeat(1 << 19))",
            "trap: The program stopped at line 2, column 5: яяя…я…",
        ),
        Attack::inside(
            "37: an end before the answer",
            "std::process::exit(0)",
            "trap: The program stopped: it gave up without a message",
        ),
        Attack::inside(
            "37: an abort",
            "std::process::abort()",
            "trap: The program stopped: it gave up without a message",
        ),
    ]);
}

#[test]
fn a_result_has_to_lie_in_the_programs_memory() {
    let lie = |pointer: &str, length: &str| {
        format!("unsafe {{ Vec::from_raw_parts(({pointer}) as *mut u64, {length}, {length}) }}")
    };
    survive_all([
        Attack::inside(
            "38: a list that reaches beyond the memory",
            "let mut answers = vec![0; queries.len()]; unsafe { answers.set_len(1 << 29) }; answers",
            "trap: The program stopped: the result lies outside its memory: 4294967296 bytes at address ",
        ),
        Attack::inside(
            "38: a length of minus one",
            &lie("8", "usize::MAX"),
            "trap: The program stopped: the result lies outside its memory: 34359738360 bytes at address 8,",
        ),
        Attack::inside(
            "38: an address outside",
            &lie("usize::MAX - 7", "1"),
            "trap: The program stopped: the result lies outside its memory: 8 bytes at address 4294967288,",
        ),
        Attack::inside(
            "38: an odd address",
            &lie("1025", "4"),
            "trap: The program stopped: the result's address 1025 is not aligned",
        ),
        Attack::inside(
            "38: an answer of 16 MiB",
            "vec![1; (2 << 20) + queries.len()]",
            "output_limit: The answer has 16.0 MiB or more, and 8.0 MiB are allowed.",
        ),
    ]);
}

#[test]
fn printing_and_reporting_without_end_reach_nobody() {
    let import = "#[link(wasm_import_module = \"lab\")]\nunsafe extern \"C\" { fn report_panic(message: *const u8, length: usize, line: u32, column: u32); }";
    let report = |times: &str, arguments: &str, then: &str| {
        format!(
            "{import}\n{}",
            body(&format!(
                "for n in 0..{times} {{ std::hint::black_box(n); unsafe {{ report_panic({arguments}) }} }} {then}"
            ))
        )
    };
    survive_all([
        Attack::inside(
            "39: a flood on standard output",
            "for n in 0..100_000 { println!(\"{n}\"); } panic!(\"printed\")",
            "trap: The program stopped at line 2, column 46: printed",
        ),
        Attack::new(
            "a report from outside the memory",
            report(
                "1",
                "usize::MAX as *const u8, usize::MAX, 1, 1",
                "panic!(\"mine\")",
            ),
            "trap: The program stopped at line 4, column …: mine",
        ),
        Attack::new(
            "a report of four gigabytes",
            report(
                "1u64",
                "8 as *const u8, usize::MAX, 1, 1",
                "panic!(\"mine\")",
            ),
            "trap: The program stopped at line 1, column 1: …",
        ),
        Attack::new(
            "a report that is no text",
            report(
                "1",
                "b\"\\xff\\0\\x1b[31m\".as_ptr(), 7, 1, 1",
                "panic!(\"mine\")",
            ),
            "trap: The program stopped at line 1, column 1: \u{fffd}\u{fffd}\u{fffd}[31m",
        ),
        Attack::new(
            "a million reports before a wrong answer",
            report(
                "1_000_000",
                "b\"forged\".as_ptr(), 6, 1, 1",
                "vec![0; queries.len()]",
            ),
            "wrong_answer: The answer to an example is wrong.",
        ),
        Attack::new(
            "reports without an end",
            report("u64::MAX", "b\"forged\".as_ptr(), 6, 1, 1", "vec![]"),
            "time_limit: The program takes too long: ",
        ),
    ]);
}
