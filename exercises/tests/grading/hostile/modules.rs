//! Modules that no honest compiler makes, through the pre-check, the sandboxed translator and, where they come so far, an
//! instance (21 to 27, 32, 34, 38).

use exercises::artifacts::Artifact;
use exercises::engine::{Compiler, Purpose, engine};
use exercises::failure::{Failure, TimeLimit};
use exercises::guest::Program;
use exercises::signature::Signature;
use exercises::value::Value;

use super::{GRADER, survive_before};

const MEMORY_BYTES: u64 = 64 << 20;
const MEMORY: &str = r#"(memory (export "memory") 1)"#;

/// A module that answers every call with `call`, between other parts.
fn module(parts: &str, call: &str) -> Vec<u8> {
    let text = format!(
        r#"(module
            {parts}
            (func (export "lab_allocate") (param i32 i32) (result i32) i32.const 64)
            (func (export "lab_prepare") (param i32) (result i32) local.get 0)
            (func (export "lab_call") (param i32) (result i32) {call})
            (func (export "lab_result") (param i32) (result i32) local.get 0)
        )"#
    );
    wat::parse_str(text).expect("the text is well formed")
}

/// What becomes of a module: its answer as text, or why there is none. An honest one answers after it.
fn fate(what: &str, wasm: &[u8], signature: &str) -> String {
    survive_before(
        what,
        || fate_alone(wasm, signature),
        || {
            let honest = fate_alone(&module(MEMORY, "local.get 0"), "f: func(n: u32) -> u32");
            assert_eq!(honest, "answered 7", "after {what}");
        },
    )
}

fn fate_alone(wasm: &[u8], signature: &str) -> String {
    match translate_and_answer(wasm, signature) {
        Ok(value) => format!("answered {}", value.to_text(80)),
        Err(failure) => format!("{}: {}", failure.verdict().word(), failure.message()),
    }
}

fn translate_and_answer(wasm: &[u8], signature: &str) -> Result<Value, Failure> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let only_checking = [Purpose::Checking];
    let built = Artifact::of_module(
        GRADER.tools(),
        wasm,
        MEMORY_BYTES,
        &only_checking,
        folder.path(),
    );
    let artifact = built.expect("nothing of ours fails")?;
    let engine = engine(Purpose::Checking, Compiler::Absent);
    let file = artifact.translation(Purpose::Checking);
    let program = Program::load(&engine, Purpose::Checking, &file).expect("it was just made");
    answer(&program, &signature.parse().expect("a signature"))
}

fn answer(program: &Program, signature: &Signature) -> Result<Value, Failure> {
    const FUEL: u64 = 1_000_000_000;
    let mut running = program.start(MEMORY_BYTES)?;
    let arguments = Value::from_text("(7)", &signature.arguments()).expect("a number");
    let prepared = running.prepare(&arguments, &signature.arguments())?;
    let limit = TimeLimit::Work { fuel: FUEL };
    let (answered, _) = running.call_counted(prepared, FUEL, limit)?;
    running.answer(answered, &signature.result)
}

/// What becomes of a module that answers one number with another.
fn numbers(what: &str, parts: &str, call: &str) -> String {
    fate(what, &module(parts, call), "f: func(n: u32) -> u32")
}

#[test]
fn an_honest_module_answers() {
    // The argument lies where `lab_allocate` said, and so does the answer.
    insta::assert_snapshot!(numbers("honesty", MEMORY, "local.get 0"), @"answered 7");
}

#[test]
fn nothing_can_be_imported() {
    let import = |module: &str, name: &str| {
        let import =
            format!(r#"(import "{module}" "{name}" (func (param i32 i32 i32 i32) (result i32)))"#);
        numbers(name, &format!("{import}{MEMORY}"), "local.get 0")
    };
    insta::assert_snapshot!(import("wasi_snapshot_preview1", "fd_write"), @"rejected: The program asks for `wasi_snapshot_preview1.fd_write`, and nothing from outside is available to it. Remove the external function.");
    insta::assert_snapshot!(import("env", "system"), @"rejected: The program asks for `env.system`, and nothing from outside is available to it. Remove the external function.");
    insta::assert_snapshot!(import("lab", "report_panic"), @"rejected: The program asks for `lab.report_panic`, and nothing from outside is available to it. Remove the external function.");
}

#[test]
fn features_beyond_the_baseline_are_named() {
    insta::assert_snapshot!(numbers("22: shared memory", r#"(memory (export "memory") 1 1 shared)"#, "local.get 0"), @"rejected: The compiled program uses what is off in the sandbox: threads. Do without it.");
    insta::assert_snapshot!(numbers("22: 64-bit memory", r#"(memory (export "memory") i64 1)"#, "local.get 0"), @"rejected: The compiled program uses what is off in the sandbox: memory64. Do without it.");
    insta::assert_snapshot!(numbers("22: two memories", &format!("{MEMORY}(memory 1)"), "local.get 0"), @"rejected: The compiled program uses what is off in the sandbox: multi-memory. Do without it.");
    insta::assert_snapshot!(numbers("22: garbage collection", &format!("{MEMORY}(type (struct (field i32)))"), "local.get 0"), @"rejected: The compiled program uses what is off in the sandbox: gc, gc-types. Do without it.");
    let component = wat::parse_str("(component)").expect("it is well formed");
    insta::assert_snapshot!(fate("22: a component", &component, "f: func(n: u32) -> u32"), @"rejected: The compiled program uses what is off in the sandbox: component-model. Do without it.");
}

#[test]
fn what_does_not_fit_is_rejected_before_it_runs() {
    insta::assert_snapshot!(numbers("23: 4 GiB of memory", r#"(memory (export "memory") 65536)"#, "local.get 0"), @"rejected: Too large: the memory that the program starts with has 4294967296 bytes, and 67108864 are allowed. Make it smaller.");
    insta::assert_snapshot!(numbers("23: ten million functions in a table", &format!("{MEMORY}(table 10000000 funcref)"), "local.get 0"), @"rejected: Too large: the number of entries in the program's table of functions is 10000000, and 10000 are allowed. Make it smaller.");
    insta::assert_snapshot!(numbers("24: a loop at the start", &format!("{MEMORY}(func $f (loop br 0))(start $f)"), "local.get 0"), @"rejected: The program wants to run before it is called. Do all work in the exercise's function.");
    insta::assert_snapshot!(fate("25: garbage", b"\0asm\x01\0\0\0\xff\xff\xff", "f: func(n: u32) -> u32"), @"rejected: The compiled program is not WebAssembly from byte 8 on: malformed section id.");
    let whole = module(MEMORY, "local.get 0");
    insta::assert_snapshot!(fate("25: half a module", &whole[..whole.len() / 2], "f: func(n: u32) -> u32"), @"rejected: The compiled program is not WebAssembly from byte 36 on: unexpected end-of-file.");
    let translated = engine(Purpose::Checking, Compiler::Present)
        .precompile_module(&whole)
        .expect("it is valid");
    insta::assert_snapshot!(fate("25: machine code", &translated, "f: func(n: u32) -> u32"), @"rejected: The compiled program is not WebAssembly from byte 0 on: magic header not detected: bad magic number.");
}

#[test]
fn what_would_take_long_to_translate_is_rejected_or_stopped() {
    let functions = "(func)".repeat(30_000);
    let long = format!("(func {})", "nop ".repeat(300_000));
    let locals = format!("(func (local {}))", "i32 ".repeat(60_000));
    let targets = format!(
        "(func block i32.const 0 br_table {} end)",
        "0 ".repeat(65_521)
    );
    insta::assert_snapshot!(numbers("26: many functions", &format!("{MEMORY}{functions}"), "local.get 0"), @"rejected: Too large: the number of functions in the compiled program is 30004, and 10000 are allowed. Make it smaller.");
    insta::assert_snapshot!(numbers("26: a long function", &format!("{MEMORY}{long}"), "local.get 0"), @"rejected: Too large: function 1 of the compiled program has 300002 bytes, and 262144 are allowed. Make it smaller.");
    insta::assert_snapshot!(numbers("26: many local variables", &format!("{MEMORY}{locals}"), "local.get 0"), @"rejected: Too large: the number of local variables in function 1 of the compiled program is 60000, and 5000 are allowed. Make it smaller.");
    insta::assert_snapshot!(numbers("26: many targets", &format!("{MEMORY}{targets}"), "local.get 0"), @"answered 7");
    // As large as allowed: translated within its limits, or stopped by one of them.
    let nested = format!(
        "(func {}{})",
        "block ".repeat(40_000),
        "end ".repeat(40_000)
    );
    let sums = format!(
        "(func (param i32) (result i32) local.get 0 {})",
        "local.get 0 i32.add ".repeat(80_000)
    );
    for (what, part) in [
        ("26: nested blocks", nested),
        ("26: a function of 240 KiB", sums),
    ] {
        let fate = numbers(what, &format!("{MEMORY}{part}"), "local.get 0");
        assert!(
            fate == "answered 7"
                || fate.starts_with("compile_error: Translating the program to machine code took"),
            "{what}: {fate}"
        );
    }
}

#[test]
fn an_instance_that_breaks_its_rules_is_stopped() {
    insta::assert_snapshot!(numbers("27: data outside the memory", &format!(r#"{MEMORY}(data (i32.const 65530) "0123456789")"#), "local.get 0"), @"trap: The program stopped: it reached outside its memory. Wrong `unsafe` code does that, and so does a recursion that is too deep.");
    let grows = "(table.set 0 (i32.const 0) (ref.null func)) (i32.store (i32.const 64) (table.grow 0 (ref.null func) (i32.const 100000000))) local.get 0";
    insta::assert_snapshot!(numbers("32: a table that grows", &format!("{MEMORY}(table 1 funcref)"), grows), @"answered 4294967295");
    insta::assert_snapshot!(numbers("34: division by zero", MEMORY, "(i32.div_s (i32.const 1) (i32.const 0))"), @"trap: The program stopped: a whole number was divided by zero");
    insta::assert_snapshot!(numbers("34: division that overflows", MEMORY, "(i32.div_s (i32.const 0x80000000) (i32.const -1))"), @"trap: The program stopped: the result of a division does not fit its type");
    insta::assert_snapshot!(numbers("34: not a number", MEMORY, "(i32.trunc_f32_s (f32.const nan))"), @"trap: The program stopped: a fraction that is not a number, or too large, was converted to a whole number");
}

#[test]
fn results_are_held_to_the_memory_and_the_limit() {
    let result = |what: &str, data: &str, of: &str| {
        let parts = format!("{MEMORY}(data (i32.const 128) \"{data}\")");
        fate(
            what,
            &module(&parts, "i32.const 128"),
            &format!("f: func(n: u32) -> {of}"),
        )
    };
    insta::assert_snapshot!(result("38: a text behind the memory", "\\f8\\ff\\00\\00\\10\\00\\00\\00", "string"), @"trap: The program stopped: the result lies outside its memory: 16 bytes at address 65528, and the memory has 65536 bytes");
    insta::assert_snapshot!(result("38: a length of minus one", "\\80\\00\\00\\00\\ff\\ff\\ff\\ff", "list<u64>"), @"trap: The program stopped: the result lies outside its memory: 34359738360 bytes at address 128, and the memory has 65536 bytes");
    // Four lists that are all the same one, themselves included.
    let overlapping = "\\80\\00\\00\\00\\04\\00\\00\\00".repeat(4);
    insta::assert_snapshot!(result("38: lists that overlap", &overlapping, "list<list<u8>>"), @"answered [[128, 0, 0, 0], [128, 0, 0, 0], [128, 0, 0, 0], [128, 0, 0, 0]]");
    insta::assert_snapshot!(result("40: a text that is none", "\\88\\00\\00\\00\\02\\00\\00\\00\\ff\\fe", "string"), @"trap: The program stopped: the result has a text that is not UTF-8");
    insta::assert_snapshot!(result("40: a text with NUL and an escape", "\\88\\00\\00\\00\\03\\00\\00\\00a\\00\\1b", "string"), @r#"answered "a\0\u{1b}""#);
}
