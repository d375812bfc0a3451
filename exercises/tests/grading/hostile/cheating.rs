//! Programs that attack the measurement (37, 43 to 50).

use exercises::{Language, Verdict, verdict_key};

use super::{Attack, BRIEF, GRADER, body, honest_after, survive, survive_all};

#[test]
fn equal_code_is_the_same_whatever_it_is_called() {
    let starter = &BRIEF.programs[&Language::Rust].starter;
    let renamed = starter.replace("route_cost", "price").replace("query", "q");
    let commented = starter.replace('\n', " // said differently\n");
    for (what, source) in [("renamed", renamed), ("commented", commented)] {
        assert_ne!(source, *starter, "43: {what}");
        let report = survive(what, || {
            GRADER.grade(&BRIEF, Language::Rust, source.as_bytes(), &mut |_| {})
        });
        let report = report.expect("the machine and the exercise work");
        assert_eq!(report.verdict, Verdict::Same, "43: {what}");
        assert_eq!(report.interval, Some([1.0, 1.0]), "43: {what}");
    }
}

#[test]
fn answers_that_are_not_worked_out_are_wrong() {
    let counted = "use std::sync::atomic::{AtomicU32, Ordering};\nstatic CALLS: AtomicU32 = AtomicU32::new(0);";
    let after_calls = |calls: u32, then: &str| {
        let first = format!("if CALLS.fetch_add(1, Ordering::Relaxed) >= {calls} {{ {then} }}");
        format!("{counted}\n{}", honest_after(&first))
    };
    // The answer to the first visible example.
    let constant = "if queries == [7, 7, 9, 7] { vec![9071187315763168281, 9071187315763168281, 10365894432605870231, 9071187315763168281] } else { vec![6698781584104470401, 15963358767079332155, 6698781584104470401] }";
    let keeps = "use std::sync::OnceLock;\nstatic ANSWER: OnceLock<Vec<u64>> = OnceLock::new();";
    let kept = "if let Some(answer) = ANSWER.get() { return answer.clone(); } let answer: Vec<u64> = queries.into_iter().map(cost).collect(); ANSWER.get_or_init(|| answer).clone() }\npub fn other(queries: Vec<u32>) -> Vec<u64> {";
    survive_all([
        Attack::new(
            "37: right once, then garbage",
            after_calls(1, "return vec![0; queries.len()];"),
            "wrong_answer: The answer is wrong for a hidden input of size 20: the first difference is at [0].",
        ),
        Attack::new(
            "44: the first answer for ever",
            format!("{keeps}\n{}", honest_after(kept)),
            "wrong_answer: The answer is wrong for a hidden input of size 20",
        ),
        Attack::inside(
            "45: the answers of the examples",
            constant,
            "wrong_answer: The answer is wrong for a hidden input of size ",
        ),
        Attack::new(
            "47: nothing as soon as it must be timed",
            after_calls(1, "return Vec::new();"),
            "wrong_answer: The answer is wrong for a hidden input of size 20.",
        ),
    ]);
}

#[test]
fn work_cannot_be_moved_out_of_the_timed_call() {
    let define = |function: &str| format!("#[unsafe(no_mangle)]\n{function}\n{}", honest_after(""));
    survive_all([
        Attack::new(
            "46: a table of answers in the program",
            format!(
                "static TABLE: [u64; 1 << 20] = {{ let mut table = [1; 1 << 20]; table[3] = 7; table }};\n{}",
                honest_after(
                    "if queries.len() == 1_000_000 { return vec![TABLE[queries[0] as usize]]; }"
                )
            ),
            "rejected: Too large: ",
        ),
        Attack::new(
            "49: another way in",
            define("pub extern \"C\" fn lab_call(at: usize) -> usize { at }"),
            "compile_error: ",
        ),
        Attack::new(
            "49: another way to hand arguments over",
            define("pub extern \"C\" fn lab_prepare(at: usize) -> usize { at }"),
            "compile_error: ",
        ),
        Attack::new(
            "49: another memory of the host's",
            define("pub extern \"C\" fn lab_allocate(_: usize, _: usize) -> usize { 8 }"),
            "compile_error: ",
        ),
        Attack::new(
            "49: an allocator",
            format!(
                "#[global_allocator]\nstatic MINE: std::alloc::System = std::alloc::System;\n{}",
                body("vec![0; queries.len()]")
            ),
            "rejected: The program brings an allocator of its own",
        ),
        Attack::new(
            "49: the host's function by another type",
            format!(
                "#[link(wasm_import_module = \"lab\")]\nunsafe extern \"C\" {{ safe fn report_panic(forged: u64); }}\n{}",
                body("report_panic(1); vec![0; queries.len()]")
            ),
            "rejected: The program asks for `lab.report_panic`",
        ),
    ]);
}

#[test]
fn the_same_submission_has_the_same_key_so_that_its_verdict_is_not_rolled_again() {
    let key = |source: &str, toolchain: &str| {
        verdict_key(&BRIEF, Language::Rust, source.as_bytes(), toolchain)
    };
    assert_eq!(key("fn a() {}", "one"), key("fn a() {}", "one"), "50");
    assert_ne!(key("fn a() {}", "one"), key("fn b() {}", "one"), "50");
    assert_ne!(key("fn a() {}", "one"), key("fn a() {}", "two"), "50");
}
