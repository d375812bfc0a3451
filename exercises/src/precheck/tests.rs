use proptest::prelude::*;

use super::*;

const MEMORY_BYTES: u64 = 64 << 20;

/// The exports that a module needs, around what a test is about.
fn module(rest: &str) -> Vec<u8> {
    let text = format!(
        r#"(module
            {rest}
            (func (export "lab_allocate") (param i32 i32) (result i32) local.get 0)
            (func (export "lab_prepare") (param i32) (result i32) local.get 0)
            (func (export "lab_call") (param i32) (result i32) local.get 0)
            (func (export "lab_result") (param i32) (result i32) local.get 0)
        )"#
    );
    wat::parse_str(text).expect("the text is well formed")
}

const MEMORY: &str = r#"(memory (export "memory") 1)"#;

fn refused(wasm: &[u8]) -> String {
    precheck(wasm, MEMORY_BYTES)
        .expect_err("the module is refused")
        .message()
}

#[test]
fn an_ordinary_module_is_accepted() {
    let report = r#"(import "lab" "report_panic" (func (param i32 i32 i32 i32)))"#;
    assert!(precheck(&module(&format!("{report}{MEMORY}")), MEMORY_BYTES).is_ok());
}

#[test]
fn names_do_not_make_another_program_and_code_does() {
    let fingerprint = |rest: &str| {
        precheck(&module(&format!("{MEMORY}{rest}")), MEMORY_BYTES).expect("it is accepted")
    };
    let plain = fingerprint("(func (param i32))");
    assert_eq!(plain, fingerprint("(func $named (param $argument i32))"));
    assert_ne!(plain, fingerprint("(func (param i64))"));
}

#[test]
fn every_other_import_is_refused_by_name() {
    let wasi = r#"(import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))"#;
    insta::assert_snapshot!(refused(&module(&format!("{wasi}{MEMORY}"))), @"The program asks for `wasi_snapshot_preview1.fd_write`, and nothing from outside is available to it. Remove the external function.");
    insta::assert_snapshot!(refused(&module(r#"(import "lab" "report_panic" (global i32))"#)), @"The program asks for `lab.report_panic`, and nothing from outside is available to it. Remove the external function.");
}

#[test]
fn the_hosts_function_is_refused_with_another_type() {
    let forged = r#"(import "lab" "report_panic" (func (param i64)))"#;
    insta::assert_snapshot!(refused(&module(&format!("{forged}{MEMORY}"))), @"The program asks for `lab.report_panic`, and nothing from outside is available to it. Remove the external function.");
}

#[test]
fn work_before_the_first_call_is_refused() {
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(func $f loop br 0 end)(start $f)"))), @"The program wants to run before it is called. Do all work in the exercise's function.");
}

#[test]
fn memory_and_tables_have_to_fit_before_they_grow() {
    insta::assert_snapshot!(refused(&module(r#"(memory (export "memory") 65536)"#)), @"Too large: the memory that the program starts with has 4294967296 bytes, and 67108864 are allowed. Make it smaller.");
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(table 10000000 funcref)"))), @"Too large: the number of entries in the program's table of functions is 10000000, and 10000 are allowed. Make it smaller.");
}

#[test]
fn features_beyond_the_baseline_are_refused() {
    insta::assert_snapshot!(refused(&module(r#"(memory (export "memory") i64 1)"#)), @"The compiled program uses what is off in the sandbox: memory64. Do without it.");
    insta::assert_snapshot!(refused(&module(r#"(memory (export "memory") 1 1 shared)"#)), @"The compiled program uses what is off in the sandbox: threads. Do without it.");
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(memory 1)"))), @"The compiled program uses what is off in the sandbox: multi-memory. Do without it.");
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(func $f return_call $f)"))), @"The compiled program uses what is off in the sandbox: tail-call. Do without it.");
    insta::assert_snapshot!(refused(&wat::parse_str("(component)").expect("it is well formed")), @"The compiled program uses what is off in the sandbox: component-model. Do without it.");
}

#[test]
fn parts_that_would_take_long_to_translate_are_refused() {
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}{}", "(func)".repeat(10_001)))), @"Too large: the number of functions in the compiled program is 10005, and 10000 are allowed. Make it smaller.");
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(func {})", "nop ".repeat(300_000)))), @"Too large: function 1 of the compiled program has 300002 bytes, and 262144 are allowed. Make it smaller.");
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}(func (local {}))", "i32 ".repeat(6_000)))), @"Too large: the number of local variables in function 1 of the compiled program is 6000, and 5000 are allowed. Make it smaller.");
    insta::assert_snapshot!(refused(&vec![0; (2 << 20) + 1]), @"Too large: the compiled program has 2097153 bytes, and 2097152 are allowed. Make it smaller.");
    let exports: String = (0..100)
        .map(|index| format!("(func (export \"f{index}\"))"))
        .collect();
    insta::assert_snapshot!(refused(&module(&format!("{MEMORY}{exports}"))), @"Too large: the number of names that the compiled program exports is 105, and 100 are allowed. Make it smaller.");
}

#[test]
fn what_is_no_module_is_refused() {
    insta::assert_snapshot!(refused(b""), @"The compiled program is not WebAssembly from byte 0 on: unexpected end-of-file.");
    insta::assert_snapshot!(refused(b"\x7fELF and so on"), @"The compiled program is not WebAssembly from byte 0 on: magic header not detected: bad magic number.");
    let whole = module(MEMORY);
    insta::assert_snapshot!(refused(&whole[..whole.len() - 3]), @"The compiled program is not WebAssembly from byte 118 on: unexpected end-of-file.");
    insta::assert_snapshot!(refused(&module("")), @"The compiled program does not export `memory` as the sandbox calls it. Leave the exercise's own part as it was.");
    insta::assert_snapshot!(refused(&module(r#"(func (export "memory"))"#)), @"The compiled program does not export `memory` as the sandbox calls it. Leave the exercise's own part as it was.");
}

proptest! {
    #[test]
    fn a_damaged_module_never_breaks_the_check(at in 0_usize..200, byte in any::<u8>()) {
        let mut wasm = module(MEMORY);
        let at = at % wasm.len();
        wasm[at] = byte;
        if precheck(&wasm, MEMORY_BYTES).is_ok() {
            prop_assert!(Validator::new_with_features(FEATURES).validate_all(&wasm).is_ok());
        }
    }
}
