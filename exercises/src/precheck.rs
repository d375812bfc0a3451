//! What a module may look like before anything translates or runs it.
//!
//! The compiler that makes modules from learners' sources is theirs to steer, so a module is judged by its bytes alone:
//! 1. its size, and the sizes of its parts;
//! 2. its imports: nothing but [`REPORT_PANIC`], [`PRINT`] in programs of lessons, and in a simulated world the functions that
//!    its style offers;
//! 3. no start section, which would run before the clock;
//! 4. memory that fits the exercise's limit;
//! 5. validity with a small set of features.

use std::ops::Range;

use sha2::{Digest, Sha256};
use wasmparser::{
    BinaryReaderError, ExternalKind, FuncType, Import, Parser, Payload, TypeRef, ValType,
    Validator, WasmFeatures,
};

use crate::engine::TABLE_ELEMENTS;
use crate::failure::{Failure, Part};
use crate::program::PRINT;
use crate::world::{Style, host};

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

/// What a module may export to be called once before everything else. A start section would be the same without a limit.
pub const START: &str = "lab_start";

/// The features of WebAssembly that a module may use: version 2.0, which covers what the compilers' baselines emit, but no
/// references to objects of the host, which the engine has left out with garbage collection.
pub(crate) const FEATURES: WasmFeatures = WasmFeatures::WASM2.difference(WasmFeatures::GC_TYPES);

// wasmparser has limits of its own, made for engines that are trusted with whole applications: a million functions,
// seven megabytes a function. Solutions are small, and what they may cost to translate follows from their size.
const MODULE_BYTES: u64 = 2 << 20;
const FUNCTIONS: u64 = 10_000;
const FUNCTION_BYTES: u64 = 256 << 10;
const LOCALS: u64 = 5_000;
const DATA_BYTES: u64 = 8 << 20;
const DATA_SEGMENTS: u64 = 10_000;
const EXPORT_COUNT: u64 = 100;
const TYPES: u64 = 5_000;
const GLOBALS: u64 = 1_000;
const PAGE_BYTES: u64 = 64 << 10;

/// What identifies the code of a module: SHA-256 of all sections except custom ones, which hold names and notes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub String);

/// A function that the host offers: its module and name, and how many 32-bit numbers it takes.
type Offer = ((&'static str, &'static str), usize);

const REPORTS_PANICS: Offer = (REPORT_PANIC, 4);
const PRINTS: Offer = (PRINT, 2);

/// Judges a module, whose memory may start with at most `memory_bytes`.
///
/// # Errors
/// The reason for `rejected`.
pub fn precheck(wasm: &[u8], memory_bytes: u64) -> Result<Fingerprint, Failure> {
    judge(wasm, memory_bytes, &[REPORTS_PANICS], None)
}

/// The same for a program of a lesson, which may import [`PRINT`] too.
///
/// # Errors
/// The reason for `rejected`.
pub fn precheck_program(wasm: &[u8], memory_bytes: u64) -> Result<Fingerprint, Failure> {
    judge(wasm, memory_bytes, &[REPORTS_PANICS, PRINTS], None)
}

/// The same for a module that runs in a world of this style, whose functions it may import.
///
/// # Errors
/// The reason for `rejected`.
pub fn precheck_in(
    style: Option<Style>,
    wasm: &[u8],
    memory_bytes: u64,
) -> Result<Fingerprint, Failure> {
    judge(wasm, memory_bytes, &[REPORTS_PANICS], style)
}

fn judge(
    wasm: &[u8],
    memory_bytes: u64,
    offers: &[Offer],
    style: Option<Style>,
) -> Result<Fingerprint, Failure> {
    at_most(Part::Module, wasm.len() as u64, MODULE_BYTES)?;
    let unreadable = |error: BinaryReaderError| unsupported_or_damaged(wasm, &error);
    let mut hash = Sha256::new();
    let mut types = Vec::new();
    let mut functions = 0;
    let mut found = [false; EXPORTS.len()];
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(unreadable)?;
        if let Some((id, range)) = section(&payload, wasm.len()) {
            hash.update([id]);
            hash.update((range.len() as u64).to_le_bytes());
            hash.update(wasm.get(range).unwrap_or_default());
        }
        match payload {
            Payload::TypeSection(section) => {
                at_most(Part::Types, section.count().into(), TYPES)?;
                for kind in section.into_iter_err_on_gc_types() {
                    types.push(kind.map_err(unreadable)?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(unreadable)?;
                    let is_of_world =
                        style.is_some_and(|style| host::offers(style, &import, &types));
                    if !is_of_world && !is_offered(&import, &types, offers) {
                        return Err(Failure::Import {
                            module: name(import.module),
                            name: name(import.name),
                        });
                    }
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let pages = memory.map_err(unreadable)?.initial;
                    let bytes = pages.saturating_mul(PAGE_BYTES);
                    at_most(Part::Memory, bytes, memory_bytes)?;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    let elements = table.map_err(unreadable)?.ty.initial;
                    at_most(Part::Table, elements, TABLE_ELEMENTS as u64)?;
                }
            }
            Payload::GlobalSection(globals) => {
                at_most(Part::Globals, globals.count().into(), GLOBALS)?;
            }
            Payload::ExportSection(exports) => {
                at_most(Part::Exports, exports.count().into(), EXPORT_COUNT)?;
                for export in exports {
                    let export = export.map_err(unreadable)?;
                    for (found, expected) in found.iter_mut().zip(EXPORTS) {
                        *found |= (export.name, export.kind) == expected;
                    }
                }
            }
            Payload::StartSection { .. } => return Err(Failure::StartSection),
            Payload::CodeSectionStart { count, .. } => {
                at_most(Part::Functions, count.into(), FUNCTIONS)?;
            }
            Payload::CodeSectionEntry(body) => {
                functions += 1;
                let number = functions;
                let bytes = body.range().len() as u64;
                at_most(Part::FunctionBody { number }, bytes, FUNCTION_BYTES)?;
                let mut locals = 0_u64;
                for group in body.get_locals_reader().map_err(unreadable)? {
                    locals += u64::from(group.map_err(unreadable)?.0);
                }
                at_most(Part::Locals { number }, locals, LOCALS)?;
            }
            Payload::DataSection(data) => {
                at_most(Part::Data, data.range().len() as u64, DATA_BYTES)?;
                at_most(Part::DataSegments, data.count().into(), DATA_SEGMENTS)?;
            }
            _ => {}
        }
    }
    Validator::new_with_features(FEATURES)
        .validate_all(wasm)
        .map_err(unreadable)?;
    match EXPORTS.iter().zip(found).find(|(_, found)| !found) {
        Some(((name, _), _)) => Err(Failure::NoExport {
            name: (*name).to_owned(),
        }),
        None => Ok(Fingerprint(hex(&hash.finalize()))),
    }
}

/// Why a module cannot be read: it is valid with features that are off here, or it is not valid at all.
fn unsupported_or_damaged(wasm: &[u8], error: &BinaryReaderError) -> Failure {
    let valid_with = |features| {
        Validator::new_with_features(features)
            .validate_all(wasm)
            .is_ok()
    };
    let all = WasmFeatures::all();
    if valid_with(all) {
        // A feature is missed if all others together do not make up for it.
        let missed = (all - FEATURES)
            .iter_names()
            .filter(|(_, feature)| !valid_with(all - *feature));
        let names = missed.map(|(name, _)| name.to_ascii_lowercase().replace('_', "-"));
        return Failure::Feature {
            names: names.collect(),
        };
    }
    // What follows are the bytes themselves.
    let said = error.message().split(" - ").next().unwrap_or_default();
    Failure::Damaged {
        valid_bytes: error.offset(),
        detail: name(said),
    }
}

/// A text out of a module, which can be anything, as it is shown.
fn name(text: &str) -> String {
    crate::text::beginning(crate::text::printable(text), NAME_BYTES).0
}

/// The longest such text, in bytes.
const NAME_BYTES: usize = 200;

/// Whether an import is a function that the host offers, with the type that the host gives it.
fn is_offered(import: &Import<'_>, types: &[FuncType], offers: &[Offer]) -> bool {
    let TypeRef::Func(index) = import.ty else {
        return false;
    };
    let kind = types.get(index as usize);
    offers.iter().any(|&(name, parameters)| {
        (import.module, import.name) == name
            && kind.is_some_and(|kind| {
                kind.params().len() == parameters
                    && kind
                        .params()
                        .iter()
                        .all(|parameter| *parameter == ValType::I32)
                    && kind.results().is_empty()
            })
    })
}

/// The section that a payload stands for, unless it is a custom one or part of one already seen.
fn section(payload: &Payload<'_>, length: usize) -> Option<(u8, Range<usize>)> {
    let (id, range) = payload.as_section()?;
    (id != CUSTOM_SECTION && range.end <= length).then_some((id, range))
}

/// The id of custom sections in the binary format.
const CUSTOM_SECTION: u8 = 0;

fn at_most(what: Part, found: u64, limit: u64) -> Result<(), Failure> {
    if found <= limit {
        return Ok(());
    }
    Err(Failure::TooLarge { what, found, limit })
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
