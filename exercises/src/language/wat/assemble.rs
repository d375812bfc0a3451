//! From the text format to a module that the sandbox can call. Runs inside the sandbox.
//!
//! 1. The text is read and encoded by itself, and the result is validated: what fails here is `compile_error`.
//! 2. The exercise's function is looked for among the exports: what lacks it is `rejected`.
//! 3. The text is read once more together with the support ([`support`]), which takes the place of the import of
//!    `lab.allocate`, and encoded.

use std::path::Path;

use serde::{Deserialize, Serialize};
use wasmparser::{ExternalKind, FuncType, Parser as WasmParser, Payload, TypeRef, Validator};
use wast::core::{Func, FuncKind, ImportItems, ItemKind, Module, ModuleField, ModuleKind};
use wast::parser::{self, Parse, ParseBuffer, Parser};

use super::flat::{self, Flat};
use super::{ALLOCATE, Description as _, Wat};
use crate::child::{Answer, INPUT_FOLDER, OUTPUT_FOLDER};
use crate::compile::{MESSAGE_BYTES, PLACE_MESSAGE_BYTES};
use crate::failure::{Failure, Place};
use crate::precheck::FEATURES;
use crate::signature::Signature;
use crate::text::{beginning, printable};

/// The name of the solution's file.
const FILE: &str = "solution.wat";

/// The size of a page of memory, in bytes.
const PAGE_BYTES: u64 = 64 << 10;

/// Make a module of the solution.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssembleTask {
    /// The exercise's function.
    pub signature: Signature,
}

impl AssembleTask {
    pub(crate) fn run(&self) -> Answer<Result<(), Failure>> {
        let file = Path::new(INPUT_FOLDER).join(FILE);
        let source = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let module = match assemble(&source, &self.signature) {
            Ok(module) => module,
            Err(failure) => return Ok(Err(failure)),
        };
        let place = Path::new(OUTPUT_FOLDER).join("module.wasm");
        std::fs::write(place, module).map_err(|error| error.to_string())?;
        Ok(Ok(()))
    }
}

/// A solution, with the support behind it.
struct Text<'a> {
    solution: Module<'a>,
    support: Option<Module<'a>>,
}

impl<'a> Parse<'a> for Text<'a> {
    fn parse(parser: Parser<'a>) -> parser::Result<Text<'a>> {
        let module = || parser.parens(Module::parse);
        Ok(Text {
            solution: module()?,
            support: if parser.is_empty() {
                None
            } else {
                Some(module()?)
            },
        })
    }
}

/// The module for a text.
fn assemble(source: &str, signature: &Signature) -> Result<Vec<u8>, Failure> {
    let refused = |error: &wast::Error| {
        let at = error.span().offset();
        complaint(source, at, &error.message())
    };
    let mut buffer = ParseBuffer::new(source).map_err(|error| refused(&error))?;
    buffer.track_instr_spans(true);
    let mut text: Text<'_> = parser::parse(&buffer).map_err(|error| refused(&error))?;
    if let Some(second) = &text.support {
        let at = second.span.offset();
        return Err(complaint(
            source,
            at,
            "there is a second module; a solution is one",
        ));
    }
    if matches!(text.solution.kind, ModuleKind::Binary(_)) {
        let at = text.solution.span.offset();
        return Err(complaint(source, at, "a module in binary is no text"));
    }
    let alone = text.solution.encode().map_err(|error| refused(&error))?;
    if let Err(error) = Validator::new_with_features(FEATURES).validate_all(&alone) {
        return Err(invalid(source, &text.solution, &alone, &error));
    }
    let declaration = || Wat.declaration(signature);
    let found = Found::read(&alone, &signature.name).ok_or_else(|| Failure::NoEntry {
        declaration: declaration(),
    })?;
    if !found.has_type_of(signature) {
        return Err(Failure::WrongSignature {
            declaration: declaration(),
        });
    }
    let Some(memory_bytes) = found.memory_bytes else {
        return Err(Failure::NoExport {
            name: "memory".to_owned(),
        });
    };
    let support = support(signature, found.function, memory_bytes);
    let whole = format!("{source}\n(module {support})\n");
    let ours = |error: &wast::Error| complaint(&whole, error.span().offset(), &error.message());
    let buffer = ParseBuffer::new(&whole).map_err(|error| ours(&error))?;
    let mut text: Text<'_> = parser::parse(&buffer).map_err(|error| ours(&error))?;
    if let Some(support) = text.support.take() {
        join(&mut text.solution, support);
    }
    text.solution.encode().map_err(|error| ours(&error))
}

/// Puts the support's fields behind the solution's; its first, the allocator, in the place of the solution's import.
fn join<'a>(solution: &mut Module<'a>, support: Module<'a>) {
    let (ModuleKind::Text(fields), ModuleKind::Text(added)) = (&mut solution.kind, support.kind)
    else {
        return;
    };
    let mut added = added.into_iter();
    if let Some(mut allocator) = added.next() {
        match fields.iter_mut().find(|field| is_import(field)) {
            Some(import) => {
                if let ModuleField::Func(allocator) = &mut allocator {
                    allocator.id = id_of(import);
                }
                *import = allocator;
            }
            None => fields.push(allocator),
        }
    }
    fields.extend(added);
}

/// Whether a field imports the allocator.
fn is_import(field: &ModuleField<'_>) -> bool {
    match field {
        ModuleField::Import(imports) => match &imports.items {
            ImportItems::Single { module, name, sig } => {
                (*module, *name) == ALLOCATE && matches!(sig.kind, ItemKind::Func(_))
            }
            _ => false,
        },
        ModuleField::Func(Func {
            kind: FuncKind::Import(import, _),
            ..
        }) => (import.module, import.field) == ALLOCATE,
        _ => false,
    }
}

fn id_of<'a>(field: &ModuleField<'a>) -> Option<wast::token::Id<'a>> {
    match field {
        ModuleField::Import(imports) => match &imports.items {
            ImportItems::Single { sig, .. } => sig.id,
            _ => None,
        },
        ModuleField::Func(function) => function.id,
        _ => None,
    }
}

/// The exercise's function in a module.
struct Found {
    /// Its index.
    function: u32,
    of: FuncType,
    /// The size that the memory starts with, in bytes; none where there is no memory.
    memory_bytes: Option<u64>,
}

impl Found {
    /// Looks for an exported function in a valid module.
    fn read(wasm: &[u8], name: &str) -> Option<Found> {
        let mut types = Vec::new();
        let mut functions = Vec::new();
        let (mut function, mut memory_bytes) = (None, None);
        for payload in WasmParser::new(0).parse_all(wasm) {
            match payload.ok()? {
                Payload::TypeSection(section) => {
                    types.extend(section.into_iter_err_on_gc_types().filter_map(Result::ok));
                }
                Payload::ImportSection(imports) => {
                    let imports = imports.into_imports().filter_map(Result::ok);
                    functions.extend(imports.filter_map(|import| match import.ty {
                        TypeRef::Func(index) => Some(index),
                        _ => None,
                    }));
                }
                Payload::FunctionSection(section) => {
                    functions.extend(section.into_iter().filter_map(Result::ok));
                }
                Payload::MemorySection(memories) => {
                    let first = memories.into_iter().next()?.ok()?;
                    memory_bytes = Some(first.initial.saturating_mul(PAGE_BYTES));
                }
                Payload::ExportSection(exports) => {
                    function = exports
                        .into_iter()
                        .filter_map(Result::ok)
                        .find(|export| export.name == name && export.kind == ExternalKind::Func)
                        .map(|export| export.index);
                }
                _ => {}
            }
        }
        let function = function?;
        let of = types.get(*functions.get(function as usize)? as usize)?;
        Some(Found {
            function,
            of: of.clone(),
            memory_bytes,
        })
    }

    fn has_type_of(&self, signature: &Signature) -> bool {
        let parameters = flat::parameters(signature);
        let parameters = parameters.iter().map(|(_, of)| of.0);
        self.of.params().iter().copied().eq(parameters)
            && self.of.results() == [flat::result(signature).0]
    }
}

/// How the sandbox calls function number `function`: arguments lie in memory, and a slot of sixteen bytes has their address
/// and, behind it, room for an answer of fixed size. Space is found above the first `memory_bytes`, in pages of its own, so
/// that a solution may let its memory grow, too.
fn support(signature: &Signature, function: u32, memory_bytes: u64) -> String {
    let loads: String = match flat::arguments(signature) {
        Some(parts) => parts
            .iter()
            .map(|Flat { offset, of, .. }| {
                format!("({} offset={offset} (local.get $at)) ", super::load(*of))
            })
            .collect(),
        None => "(local.get $at) ".to_owned(),
    };
    let call = format!("(call {function} {loads})");
    let answer = match Flat::of(&signature.result).as_slice() {
        [only] => format!(
            "({} offset=8 (local.get $slot) {call}) (i32.add (local.get $slot) (i32.const 8))",
            super::store(only.of)
        ),
        _ => call,
    };
    format!(
        r#"(func (export "lab_allocate") (param $bytes i32) (param $alignment i32) (result i32)
  (local $start i32) (local $pages i32) (local $old i32)
  (local.set $start (i32.and
    (i32.add (global.get $lab_next) (i32.sub (local.get $alignment) (i32.const 1)))
    (i32.sub (i32.const 0) (local.get $alignment))))
  (if (i64.gt_u
        (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (local.get $bytes)))
        (i64.extend_i32_u (global.get $lab_end)))
    (then
      (local.set $pages (i32.add (i32.shr_u (local.get $bytes) (i32.const 16)) (i32.const 2)))
      (local.set $old (memory.grow (local.get $pages)))
      (if (i32.eq (local.get $old) (i32.const -1)) (then unreachable))
      (if (i32.ne (i32.shl (local.get $old) (i32.const 16)) (global.get $lab_end))
        (then (local.set $start (i32.shl (local.get $old) (i32.const 16)))))
      (global.set $lab_end (i32.shl (i32.add (local.get $old) (local.get $pages)) (i32.const 16)))))
  (global.set $lab_next (i32.add (local.get $start) (local.get $bytes)))
  (local.get $start))
(global $lab_next (mut i32) (i32.const {memory_bytes}))
(global $lab_end (mut i32) (i32.const {memory_bytes}))
(func (export "lab_prepare") (param $at i32) (result i32)
  (local $slot i32)
  (local.set $slot (call $lab_slot))
  (i32.store (local.get $slot) (local.get $at))
  (local.get $slot))
(func $lab_slot (result i32)
  (local $slot i32)
  (local.set $slot (i32.and (i32.add (global.get $lab_next) (i32.const 7)) (i32.const -8)))
  (if (i32.gt_u (i32.add (local.get $slot) (i32.const 16)) (global.get $lab_end))
    (then
      (local.set $slot (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
      (if (i32.eq (local.get $slot) (i32.const 0xffff0000)) (then unreachable))
      (global.set $lab_end (i32.add (local.get $slot) (i32.const 65536)))))
  (global.set $lab_next (i32.add (local.get $slot) (i32.const 16)))
  (local.get $slot))
(func (export "lab_call") (param $slot i32) (result i32)
  (local $at i32)
  (local.set $at (i32.load (local.get $slot)))
  {answer})
(func (export "lab_result") (param $at i32) (result i32) (local.get $at))"#
    )
}

/// The failure of a text with something wrong at a byte.
fn complaint(source: &str, at: usize, message: &str) -> Failure {
    let before = &source[..source.floor_char_boundary(at)];
    let line = before.matches('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count();
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    let shown = source.lines().nth(line).unwrap_or_default();
    // A word is marked whole.
    let is_part = |character: &char| !character.is_whitespace() && !"();".contains(*character);
    let length = shown
        .chars()
        .skip(column)
        .take_while(is_part)
        .count()
        .max(1);
    let text = format!(
        "{FILE}:{}:{}: {message}\n    {shown}\n    {}{}",
        number(line),
        number(column),
        " ".repeat(column),
        "^".repeat(length)
    );
    let (text, cut) = beginning(printable(&text), MESSAGE_BYTES);
    Failure::Compiler {
        text,
        cut,
        places: vec![Place {
            line: number(line),
            column: number(column),
            end_line: number(line),
            end_column: number(column + length),
            message: beginning(printable(message), PLACE_MESSAGE_BYTES).0,
        }],
    }
}

/// The failure of a module that is not valid, at the instruction that is wrong, if one is.
fn invalid(
    source: &str,
    module: &Module<'_>,
    wasm: &[u8],
    error: &wasmparser::BinaryReaderError,
) -> Failure {
    let span = instruction(wasm, error.offset())
        .and_then(|(function, instruction)| span_of(module, function, instruction));
    match span {
        Some(at) => complaint(source, at, error.message()),
        None => Failure::Compiler {
            text: beginning(printable(error.message()), MESSAGE_BYTES).0,
            cut: false,
            places: Vec::new(),
        },
    }
}

/// Which instruction of which function of a module's own lies at an offset: the last that begins there or before.
fn instruction(wasm: &[u8], offset: usize) -> Option<(usize, usize)> {
    let bodies = WasmParser::new(0)
        .parse_all(wasm)
        .filter_map(|payload| match payload {
            Ok(Payload::CodeSectionEntry(body)) => Some(body),
            _ => None,
        });
    let (function, body) = bodies
        .enumerate()
        .find(|(_, body)| body.range().contains(&offset) || body.range().end == offset)?;
    let operators = body.get_operators_reader().ok()?;
    let before = operators
        .into_iter_with_offsets()
        .map_while(Result::ok)
        .take_while(|&(_, at)| at <= offset)
        .count();
    Some((function, before.checked_sub(1)?))
}

/// Where an instruction of a function stands in the text; behind the last one is the function itself.
fn span_of(module: &Module<'_>, function: usize, instruction: usize) -> Option<usize> {
    let ModuleKind::Text(fields) = &module.kind else {
        return None;
    };
    let own = fields.iter().filter_map(|field| match field {
        ModuleField::Func(Func {
            kind: FuncKind::Inline { expression, .. },
            span,
            ..
        }) => Some((expression, span)),
        _ => None,
    });
    let (expression, span) = own.into_iter().nth(function)?;
    let of_instruction = expression
        .instr_spans
        .as_ref()
        .and_then(|spans| spans.get(instruction));
    Some(of_instruction.unwrap_or(span).offset())
}
