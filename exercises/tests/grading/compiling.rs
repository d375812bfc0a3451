//! Sources that do not become a program, or not the one that was asked for.

use exercises::Failure;
use exercises::failure::Place;

use super::{body, grade, verdict};

/// The first words of a compiler's message and the place that it names, which stay the same from version to version.
fn said(source: &str) -> String {
    let verdict = verdict(source.as_bytes());
    let mut lines = verdict.lines().map(str::trim);
    let message = lines.next().expect("a message has a line").to_owned();
    let place = lines.find(|line| line.starts_with("--> "));
    place.map_or(message.clone(), |place| format!("{message} {place}"))
}

#[test]
fn a_type_error_is_shown_in_the_compilers_words_with_line_and_column() {
    insta::assert_snapshot!(said(&body("queries")), @"compile_error: error[E0308]: mismatched types --> solution.rs:2:5");
}

#[test]
fn every_error_is_told_with_the_place_that_it_is_about() {
    let source = body("let жж = nonsense; /* ж */ no_sense(жж)");
    let Some(Failure::Compiler { places, .. }) = grade(&source).failure else {
        panic!("it does not compile");
    };
    let place = |place: &Place| (place.line, place.column, place.end_line, place.end_column);
    let mut found: Vec<_> = places.iter().map(place).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [(2, 14, 2, 22), (2, 32, 2, 40)],
        "columns count characters: {places:?}"
    );
    assert!(
        places
            .iter()
            .all(|place| place.message.contains("cannot find")),
        "{places:?}"
    );
}

#[test]
fn a_missing_entry_a_private_one_and_a_different_one_are_told_apart() {
    insta::assert_snapshot!(verdict(b"pub fn answer(queries: Vec<u32>) -> Vec<u64> { vec![0; queries.len()] }"), @"rejected: The exercise's function is missing. Write `pub fn answer_all(queries: Vec<u32>) -> Vec<u64>`.");
    insta::assert_snapshot!(verdict(b"fn answer_all(queries: Vec<u32>) -> Vec<u64> { vec![0; queries.len()] }"), @"rejected: The exercise's function is private. Put `pub` in front of it: `pub fn answer_all(queries: Vec<u32>) -> Vec<u64>`.");
    insta::assert_snapshot!(verdict(b"pub fn answer_all(queries: &[u32]) -> Vec<u64> { vec![0; queries.len()] }"), @"rejected: The exercise's function has other parameters or another result. Write `pub fn answer_all(queries: Vec<u32>) -> Vec<u64>`.");
    insta::assert_snapshot!(verdict(b""), @"rejected: The exercise's function is missing. Write `pub fn answer_all(queries: Vec<u32>) -> Vec<u64>`.");
}

#[test]
fn what_is_not_a_source_is_rejected_before_the_compiler_sees_it() {
    insta::assert_snapshot!(verdict(&vec![b' '; 64 * 1024 + 1]), @"rejected: Too large: the source has 65537 bytes, and 65536 are allowed. Make it smaller.");
    insta::assert_snapshot!(verdict(b"// \xff\xfe"), @"rejected: The source is not UTF-8: byte 4 cannot be read. Save the file as UTF-8.");
    insta::assert_snapshot!(verdict(b"// one\n// \0"), @"rejected: Line 2 has a NUL character. Remove it.");
}

#[test]
fn files_of_the_host_and_its_environment_are_not_there() {
    insta::assert_snapshot!(said(&body(r#"vec![include_str!("/etc/passwd").len() as u64]"#)), @"compile_error: error: couldn't read `/etc/passwd`: No such file or directory (os error 2) --> solution.rs:2:10");
    insta::assert_snapshot!(said(&body(r#"vec![include_bytes!("/proc/self/environ").len() as u64]"#)), @"compile_error: error: couldn't read `/proc/self/environ`: No such file or directory (os error 2) --> solution.rs:2:10");
    insta::assert_snapshot!(said(&body(r#"vec![include_bytes!("/dev/zero").len() as u64]"#)), @"compile_error: error: couldn't read `/dev/zero`: No such file or directory (os error 2) --> solution.rs:2:10");
    insta::assert_snapshot!(said(&body(r#"vec![env!("DATABASE_URL").len() as u64]"#)), @"compile_error: error: environment variable `DATABASE_URL` not defined at compile time --> solution.rs:2:10");
}

#[test]
fn an_external_function_is_refused_by_name() {
    let source = format!(
        "unsafe extern \"C\" {{ safe fn system(command: *const u8) -> i32; }}\n{}",
        body("vec![system(b\"id\".as_ptr()) as u64; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"rejected: The program asks for `env.system`, and nothing from outside is available to it. Remove the external function.");
}

#[test]
fn an_allocator_of_ones_own_is_refused() {
    let source = format!(
        "#[global_allocator]\nstatic MINE: std::alloc::System = std::alloc::System;\n{}",
        body("vec![0; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"rejected: The program brings an allocator of its own, which would work outside the clock. Remove the `#[global_allocator]`.");
}

/// The compiler was stopped by one of its limits; which one is met first depends on what else the machine does.
fn assert_stopped(verdict: &str) {
    assert!(
        verdict.starts_with("compile_error: The compiler was stopped: it "),
        "{verdict}"
    );
}

#[test]
fn a_compiler_that_does_not_end_is_stopped() {
    let source = format!(
        "#![allow(long_running_const_eval)]\nconst ENDLESS: u64 = {{ let mut n = 0u64; while n != 1 {{ n = n.wrapping_add(2); }} n }};\n{}",
        body("vec![ENDLESS; queries.len()]")
    );
    assert_stopped(&verdict(source.as_bytes()));
}

#[test]
fn a_source_that_eats_the_compilers_memory_is_stopped() {
    let source = format!(
        "macro_rules! double {{ ($($t:tt)*) => {{ double!($($t)* $($t)*) }} }}\n{}",
        body("double!(0 1 2 3)")
    );
    assert_stopped(&verdict(source.as_bytes()));
}

#[test]
fn the_hosts_own_function_cannot_be_forged() {
    let source = format!(
        "#[link(wasm_import_module = \"lab\")]\nunsafe extern \"C\" {{ safe fn report_panic(forged: u64); }}\n{}",
        body("report_panic(1); vec![0; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"rejected: The program asks for `lab.report_panic`, and nothing from outside is available to it. Remove the external function.");
}
