//! What a module may look like before anything translates or runs it.
//!
//! The compiler that makes modules from learners' sources is theirs to steer, so a module is judged by its bytes alone:
//! 1. its size, and the sizes of its parts;
//! 2. its imports: nothing but [`REPORT_PANIC`];
//! 3. no start section, which would run before the clock;
//! 4. memory that fits the exercise's limit;
//! 5. validity with a small set of features.

use std::ops::Range;

use sha2::{Digest, Sha256};
use wasmparser::{
    Encoding, ExternalKind, FuncType, Import, Parser, Payload, TypeRef, ValType, Validator,
    WasmFeatures,
};

use crate::failure::Failure;

#[cfg(test)]
mod tests;

/// The module and name of the one function that the host offers: a panic's message, its length, line and column.
pub const REPORT_PANIC: (&str, &str) = ("lab", "report_panic");

/// What solutions' modules export, each with its kind.
pub const EXPORTS: [(&str, ExternalKind); 5] = [
    ("memory", ExternalKind::Memory),
    ("lab_allocate", ExternalKind::Func),
    ("lab_prepare", ExternalKind::Func),
    ("lab_call", ExternalKind::Func),
    ("lab_result", ExternalKind::Func),
];

/// The features of WebAssembly that a module may use: version 2.0, which covers what the compilers' baselines emit.
const FEATURES: WasmFeatures = WasmFeatures::WASM2;

const MODULE_BYTES: u64 = 2 << 20;
const FUNCTIONS: u64 = 10_000;
const FUNCTION_BYTES: u64 = 256 << 10;
const LOCALS: u64 = 5_000;
const DATA_BYTES: u64 = 8 << 20;
const EXPORT_COUNT: u64 = 100;
const TABLE_ELEMENTS: u64 = 10_000;
const PAGE_BYTES: u64 = 64 << 10;

/// What identifies the code of a module: SHA-256 of all sections except custom ones, which hold names and notes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub String);

/// Judges a module, whose memory may start with at most `memory_bytes`.
///
/// # Errors
/// The reason for `rejected`.
pub fn precheck(wasm: &[u8], memory_bytes: u64) -> Result<Fingerprint, Failure> {
    at_most(
        "the compiled program",
        "bytes",
        wasm.len() as u64,
        MODULE_BYTES,
    )?;
    let unreadable = |error: wasmparser::BinaryReaderError| Failure::Feature {
        detail: error
            .message()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    let mut hash = Sha256::new();
    let mut functions = 0;
    let mut types = Vec::new();
    let mut found = [false; EXPORTS.len()];
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(unreadable)?;
        if let Some((id, range)) = section(&payload, wasm.len()) {
            hash.update([id]);
            hash.update((range.len() as u64).to_le_bytes());
            hash.update(wasm.get(range).unwrap_or_default());
        }
        match payload {
            Payload::Version {
                encoding: Encoding::Component,
                ..
            } => {
                return Err(Failure::Feature {
                    detail: "components are not modules".to_owned(),
                });
            }
            Payload::TypeSection(section) => {
                for kind in section.into_iter_err_on_gc_types() {
                    types.push(kind.map_err(unreadable)?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(unreadable)?;
                    if !is_report_panic(&import, &types) {
                        return Err(Failure::Import {
                            module: import.module.to_owned(),
                            name: import.name.to_owned(),
                        });
                    }
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let bytes = memory
                        .map_err(unreadable)?
                        .initial
                        .saturating_mul(PAGE_BYTES);
                    at_most(
                        "the memory that the program starts with",
                        "bytes",
                        bytes,
                        memory_bytes,
                    )?;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    let elements = table.map_err(unreadable)?.ty.initial;
                    at_most(
                        "the program's table of functions",
                        "elements",
                        elements,
                        TABLE_ELEMENTS,
                    )?;
                }
            }
            Payload::ExportSection(exports) => {
                at_most(
                    "the list of exports",
                    "names",
                    exports.count().into(),
                    EXPORT_COUNT,
                )?;
                for export in exports {
                    let export = export.map_err(unreadable)?;
                    for (found, expected) in found.iter_mut().zip(EXPORTS) {
                        *found |= (export.name, export.kind) == expected;
                    }
                }
            }
            Payload::StartSection { .. } => return Err(Failure::StartSection),
            Payload::CodeSectionStart { count, .. } => {
                at_most("the compiled program", "functions", count.into(), FUNCTIONS)?;
            }
            Payload::CodeSectionEntry(body) => {
                functions += 1;
                let name = format!("function {functions} of the compiled program");
                at_most(&name, "bytes", body.range().len() as u64, FUNCTION_BYTES)?;
                let mut locals = 0_u64;
                for group in body.get_locals_reader().map_err(unreadable)? {
                    locals += u64::from(group.map_err(unreadable)?.0);
                }
                at_most(&name, "local variables", locals, LOCALS)?;
            }
            Payload::DataSection(data) => {
                at_most(
                    "the program's constant data",
                    "bytes",
                    data.range().len() as u64,
                    DATA_BYTES,
                )?;
            }
            _ => {}
        }
    }
    Validator::new_with_features(FEATURES)
        .validate_all(wasm)
        .map_err(unreadable)?;
    match EXPORTS.iter().zip(found).find(|(_, found)| !found) {
        Some(((name, _), _)) => Err(Failure::Feature {
            detail: format!("the export `{name}` is missing"),
        }),
        None => Ok(Fingerprint(hex(&hash.finalize()))),
    }
}

/// Whether an import is the host's one function, with the type that the host gives it.
fn is_report_panic(import: &Import<'_>, types: &[FuncType]) -> bool {
    let TypeRef::Func(index) = import.ty else {
        return false;
    };
    let kind = types.get(index as usize);
    (import.module, import.name) == REPORT_PANIC
        && kind.is_some_and(|kind| kind.params() == [ValType::I32; 4] && kind.results().is_empty())
}

/// The section that a payload stands for, unless it is a custom one or part of one already seen.
fn section(payload: &Payload<'_>, length: usize) -> Option<(u8, Range<usize>)> {
    let (id, range) = payload.as_section()?;
    (id != CUSTOM_SECTION && range.end <= length).then_some((id, range))
}

/// The id of custom sections in the binary format.
const CUSTOM_SECTION: u8 = 0;

fn at_most(what: &str, unit: &str, found: u64, limit: u64) -> Result<(), Failure> {
    if found <= limit {
        return Ok(());
    }
    Err(Failure::TooLarge {
        what: what.to_owned(),
        unit: unit.to_owned(),
        found,
        limit,
    })
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
