//! Sources that do not become a program, or not the one that was asked for.

use super::{body, verdict};

#[test]
fn a_type_error_is_shown_in_the_compilers_words_with_line_and_column() {
    insta::assert_snapshot!(verdict(body("queries").as_bytes()), @"");
}

#[test]
fn a_missing_entry_a_private_one_and_a_different_one_are_told_apart() {
    insta::assert_snapshot!(verdict(b"pub fn answer(queries: Vec<u32>) -> Vec<u64> { vec![0; queries.len()] }"), @"");
    insta::assert_snapshot!(verdict(b"fn answer_all(queries: Vec<u32>) -> Vec<u64> { vec![0; queries.len()] }"), @"");
    insta::assert_snapshot!(verdict(b"pub fn answer_all(queries: &[u32]) -> Vec<u64> { vec![0; queries.len()] }"), @"");
    insta::assert_snapshot!(verdict(b""), @"");
}

#[test]
fn what_is_not_a_source_is_rejected_before_the_compiler_sees_it() {
    insta::assert_snapshot!(verdict(&vec![b' '; 64 * 1024 + 1]), @"");
    insta::assert_snapshot!(verdict(b"// \xff\xfe"), @"");
    insta::assert_snapshot!(verdict(b"// one\n// \0"), @"");
}

#[test]
fn files_of_the_host_and_its_environment_are_not_there() {
    insta::assert_snapshot!(verdict(body(r#"vec![include_str!("/etc/passwd").len() as u64]"#).as_bytes()), @"");
    insta::assert_snapshot!(verdict(body(r#"vec![include_bytes!("/proc/self/environ").len() as u64]"#).as_bytes()), @"");
    insta::assert_snapshot!(verdict(body(r#"vec![env!("HOME").len() as u64]"#).as_bytes()), @"");
}

#[test]
fn an_external_function_is_refused_by_name() {
    let source = format!(
        "unsafe extern \"C\" {{ safe fn system(command: *const u8) -> i32; }}\n{}",
        body("vec![system(b\"id\".as_ptr()) as u64; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}

#[test]
fn an_allocator_of_ones_own_is_refused() {
    let source = format!(
        "#[global_allocator]\nstatic MINE: std::alloc::System = std::alloc::System;\n{}",
        body("vec![0; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}

#[test]
fn a_compiler_that_does_not_end_is_stopped() {
    let source = format!(
        "#![allow(long_running_const_eval)]\nconst ENDLESS: u64 = {{ let mut n = 0u64; while n != 1 {{ n = n.wrapping_add(2); }} n }};\n{}",
        body("vec![ENDLESS; queries.len()]")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}

#[test]
fn a_source_that_eats_the_compilers_memory_is_stopped() {
    let source = format!(
        "macro_rules! double {{ ($($t:tt)*) => {{ double!($($t)* $($t)*) }} }}\n{}",
        body("double!(0 1 2 3)")
    );
    insta::assert_snapshot!(verdict(source.as_bytes()), @"");
}
