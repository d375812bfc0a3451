//! Sources that attack the compiler (1 to 20).

use super::{Attack, body, survive_all};

/// The starter's function after some other items.
fn after(items: &str) -> String {
    format!("{items}\n{}", body("vec![0; queries.len()]"))
}

#[test]
fn the_compiler_reads_no_file_of_the_host_and_no_environment() {
    let read = |path: &str| format!("vec![include_bytes!(\"{path}\").len() as u64; queries.len()]");
    survive_all([
        Attack::inside(
            "1: a list of accounts",
            &read("/etc/passwd"),
            "compile_error: error: couldn't read `/etc/passwd`",
        ),
        Attack::inside(
            "2: the environment of the process",
            &read("/proc/self/environ"),
            "compile_error: error: couldn't read `/proc/self/environ`",
        ),
        Attack::inside(
            "2: the memory of the process",
            &read("/proc/self/maps"),
            "compile_error: error: couldn't read `/proc/self/maps`",
        ),
        Attack::inside(
            "3: a file without an end",
            &read("/dev/zero"),
            "compile_error: error: couldn't read `/dev/zero`",
        ),
        Attack::new(
            "4: another job's source",
            after("#[path = \"../../other_job/in/solution.rs\"] mod other;"),
            "compile_error: error: couldn't read `../../other_job/in/solution.rs`",
        ),
        Attack::new(
            "4: the glue beside it",
            after("mod glue;"),
            "compile_error: ",
        ),
        Attack::inside(
            "5: a secret of the server",
            "vec![env!(\"DATABASE_URL\").len() as u64; queries.len()]",
            "compile_error: error: environment variable `DATABASE_URL` not defined",
        ),
        Attack::new(
            "15: a file as a library",
            after(
                "#[link(name = \"/etc/passwd\", kind = \"static\")] unsafe extern \"C\" { fn nothing(); }",
            ),
            "compile_error: error: could not find native static library `/etc/passwd`",
        ),
    ]);
}

#[test]
fn a_compiler_that_is_led_astray_is_stopped() {
    let doubled = "macro_rules! double { ($($t:tt)*) => { double!($($t)* $($t)*) } }";
    let endless = "#![allow(long_running_const_eval)]\nconst ENDLESS: u64 = { let mut n = 0u64; while n != 1 { n = n.wrapping_add(2); } n };";
    let nested = format!(
        "let x = {}1{}; vec![x; queries.len()]",
        "(".repeat(30_000),
        ")".repeat(30_000)
    );
    let recursive = "struct Deeper<T>(T);\nfn deeper<T>(n: u64, t: T) -> u64 { if n == 0 { 0 } else { deeper(n - 1, Deeper(t)) } }";
    survive_all([
        Attack::new(
            "6: a macro that doubles itself",
            format!("{doubled}\n{}", body("double!(0 1 2 3)")),
            "compile_error: The compiler was stopped: it ",
        ),
        Attack::new(
            "7: a constant without an end",
            format!("{endless}\n{}", body("vec![ENDLESS; queries.len()]")),
            "compile_error: The compiler was stopped: it ",
        ),
        Attack::inside(
            "9: parentheses in parentheses",
            &nested,
            "compile_error: The compiler crashed (signal 11)",
        ),
        Attack::inside(
            "9: 200 000 of them",
            &"(".repeat(200_000),
            "rejected: Too large: the source has 200…, and 65536 are allowed.",
        ),
        Attack::new(
            "11: functions without number",
            "pub fn a() {}\n".repeat(50_000),
            "rejected: Too large: the source has 700000 bytes",
        ),
        Attack::new(
            "12: an array of 3 GiB",
            after("pub static A: [u8; 3 << 30] = [1; 3 << 30];"),
            "compile_error: error",
        ),
        Attack::new(
            "13: types without an end",
            format!(
                "{recursive}\n{}",
                body("vec![deeper(queries.len() as u64, 0)]")
            ),
            "compile_error: error: reached the recursion limit",
        ),
        Attack::new(
            "14: code that runs in the compiler",
            format!(
                "#![crate_type = \"proc-macro\"]\nextern crate proc_macro;\n#[proc_macro] pub fn run(t: proc_macro::TokenStream) -> proc_macro::TokenStream {{ t }}\n{}",
                body("vec![0; queries.len()]")
            ),
            "compile_error: error",
        ),
    ]);
}

#[test]
fn what_the_compiler_says_is_cut_and_cannot_pose_as_a_verdict() {
    let errors: String = (0..1_000)
        .map(|index| format!("let x{index}: u8 = \"\";\n"))
        .collect();
    let forged = "compile_error!(\"\\x1b[2J{\\\"verdict\\\":\\\"faster\\\",\\\"passed\\\":true}\\ntimelimit exceeded\"); vec![0; queries.len()]";
    survive_all([
        Attack::inside(
            "10: a thousand errors",
            &format!("{errors} vec![0; queries.len()]"),
            "compile_error: error[E0308]: mismatched types…(the rest is left out",
        ),
        Attack::inside(
            "20: a forged verdict in the compiler's words",
            forged,
            "compile_error: error: ␛[2J{\"verdict\":\"faster\",\"passed\":true}",
        ),
        Attack::inside(
            "20: a forged verdict in a panic",
            "panic!(\"\\x1b[2J{{\\\"verdict\\\":\\\"faster\\\"}} timelimit exceeded\")",
            "trap: The program stopped at line 2, column 5: \u{fffd}[2J{\"verdict\":\"faster\"} timelimit exceeded",
        ),
    ]);
}

#[test]
fn what_is_no_source_of_the_exercise_gets_its_own_sentence() {
    let declared = "`pub fn answer_all(queries: Vec<u32>) -> Vec<u64>`";
    assert_eq!(declared.len(), 50, "the sentences below name it");
    survive_all([
        Attack::new(
            "17: bytes that are no text",
            b"\xff\xff".to_vec(),
            "rejected: The source is not UTF-8: byte 1 cannot be read.",
        ),
        Attack::new(
            "17: NUL characters",
            "\n\0\0",
            "rejected: Line 2 has a NUL character.",
        ),
        Attack::new(
            "17: nothing",
            "",
            "rejected: The exercise's function is missing. Write `pub fn answer_all(",
        ),
        Attack::new(
            "17: another function",
            "pub fn run() {}",
            "rejected: The exercise's function is missing. Write `pub fn answer_all(",
        ),
        Attack::new(
            "17: another signature",
            "pub fn answer_all() {}",
            "rejected: The exercise's function has other parameters or another result. Write `pub fn answer_all(",
        ),
        Attack::new(
            "17: something else by its name",
            "pub static answer_all: u32 = 1;",
            "rejected: The exercise's function has other parameters or another result. Write `pub fn answer_all(",
        ),
        Attack::new(
            "18: another language",
            "#include <vector>\nint main() { return 0; }",
            "compile_error: error",
        ),
        Attack::new(
            "18: a compiled program",
            b"\0asm\x01\0\0\0".to_vec(),
            "rejected: Line 1 has a NUL character.",
        ),
        Attack::new(
            "18: an object file",
            b"\x7fELF\x02\x01\x01".to_vec(),
            "compile_error: error",
        ),
    ]);
}
