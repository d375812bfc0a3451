//! Random modules and random memory against everything that judges what a hostile program made.
//!
//! `cargo test` tries a few with the seed in `.cargo/config.toml`, the same every time; `cargo xtask fuzz` tries others
//! for as long as it is told. These are the properties about modules; those about values and files of samples stand with
//! their own tests.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use proptest::prelude::*;
use wasm_smith::{Config, Module};
use wasmtime::Engine;

use crate::engine::{Compiler, Purpose, engine};
use crate::failure::{Failure, TimeLimit};
use crate::guest::Program;
use crate::precheck::{EXPORTS, precheck};
use crate::signature::Signature;
use crate::value::Value;

const MEMORY_BYTES: u64 = 1 << 20;

/// Much less than a solution may use: random programs are short, and those that loop need not loop for long.
const FUEL: u64 = 200_000;

static TRANSLATOR: LazyLock<Engine> =
    LazyLock::new(|| engine(Purpose::Checking, Compiler::Present));
static RUNNER: LazyLock<Engine> = LazyLock::new(|| engine(Purpose::Checking, Compiler::Absent));

/// What solutions import and export.
static SHAPE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let shape = r#"(module
        (import "lab" "report_panic" (func (param i32 i32 i32 i32)))
        (memory (export "memory") 1)
        (func (export "lab_allocate") (param i32 i32) (result i32) i32.const 0)
        (func (export "lab_prepare") (param i32) (result i32) i32.const 0)
        (func (export "lab_call") (param i32) (result i32) i32.const 0)
        (func (export "lab_result") (param i32) (result i32) i32.const 0)
    )"#;
    wat::parse_str(shape).expect("the text is well formed")
});

/// The choices that a random module is made by.
fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..2_000)
}

/// A valid module, or none where the choices are too few to make one.
fn module(config: Config, choices: &[u8]) -> Option<Vec<u8>> {
    let module = Module::new(config, &mut Unstructured::new(choices)).ok()?;
    Some(module.to_bytes())
}

/// A module that differs from a solution's only in what it does.
fn solution(choices: &[u8]) -> Option<Vec<u8>> {
    let config = Config {
        available_imports: Some(SHAPE.clone()),
        exports: Some(SHAPE.clone()),
        allow_start_export: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        max_memory32_bytes: 2 * MEMORY_BYTES,
        max_table_elements: 20_000,
        // The one that is exported comes on top.
        max_memories: 0,
        memory64_enabled: false,
        // With it come references to objects of the host.
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        ..Config::default()
    };
    module(config, choices)
}

/// Translates a module and lets it answer one call, as a solution of an exercise with this signature.
fn run(wasm: &[u8], signature: &Signature, arguments: &Value) -> Result<Value, Failure> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("program.cwasm");
    let code = TRANSLATOR
        .precompile_module(wasm)
        .expect("what the pre-check accepts can be translated");
    std::fs::write(&file, code).expect("the file can be written");
    let program = Program::load(&RUNNER, Purpose::Checking, &file).expect("it was just made");
    let mut running = program.start(MEMORY_BYTES)?;
    let prepared = running.prepare(arguments, &signature.arguments())?;
    let limit = TimeLimit::Work { fuel: FUEL };
    let (answered, fuel) = running.call_counted(prepared, FUEL, limit)?;
    assert!(fuel <= FUEL && running.peak_memory_bytes() <= MEMORY_BYTES);
    running.answer(answered, &signature.result)
}

proptest! {
    #[test]
    fn a_module_of_any_kind_is_judged_and_what_is_accepted_has_nothing_from_outside(choices in choices()) {
        let Some(wasm) = module(Config::default(), &choices) else {
            return Ok(());
        };
        if precheck(&wasm, MEMORY_BYTES).is_ok() {
            let module = wasmtime::Module::new(&TRANSLATOR, &wasm).expect("it was accepted");
            prop_assert!(module.imports().all(|import| import.module() == "lab"));
        }
    }

    #[test]
    fn a_solution_that_does_anything_at_all_is_answered(
        choices in choices(),
        text in ".{0,20}",
        result in prop::sample::select(vec!["u8", "f64", "string", "list<u32>", "list<list<string>>", "tuple<bool, list<f32>>"]),
    ) {
        let Some(wasm) = solution(&choices) else {
            return Ok(());
        };
        if precheck(&wasm, MEMORY_BYTES).is_err() {
            return Ok(());
        }
        let signature: Signature = format!("f: func(text: string) -> {result}").parse().expect("it is one");
        let arguments = Value::Tuple(vec![Value::String(text)]);
        match run(&wasm, &signature, &arguments) {
            Ok(value) => prop_assert!(value.bytes() <= 8 << 20),
            Err(failure) => prop_assert!(!failure.message().is_empty()),
        }
    }

    #[test]
    fn a_solution_with_changed_bytes_is_refused_or_can_be_translated(
        choices in choices(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let Some(mut wasm) = solution(&choices) else {
            return Ok(());
        };
        for (place, byte) in changes {
            let place = place.index(wasm.len());
            wasm[place] = byte;
        }
        match precheck(&wasm, MEMORY_BYTES) {
            Ok(_) => prop_assert!(TRANSLATOR.precompile_module(&wasm).is_ok()),
            Err(failure) => prop_assert!(!failure.message().is_empty()),
        }
    }

    #[test]
    fn bytes_of_no_kind_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), is_marked in any::<bool>()) {
        let mut wasm = if is_marked { b"\0asm\x01\0\0\0".to_vec() } else { Vec::new() };
        wasm.extend(bytes);
        prop_assert!(precheck(&wasm, MEMORY_BYTES).is_err());
    }
}

#[test]
fn most_random_solutions_get_as_far_as_running() {
    let mut random = 1_u64;
    let mut choices = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) as u8
    };
    let mut refused = Vec::new();
    for _ in 0..50 {
        let choices: Vec<u8> = (0..1_000).map(|_| choices()).collect();
        let wasm = solution(&choices).expect("a thousand choices are enough");
        refused.extend(precheck(&wasm, MEMORY_BYTES).err());
    }
    assert_eq!(EXPORTS.len(), 5, "the shape above has them all");
    assert!(refused.len() <= 25, "{refused:#?}");
}
