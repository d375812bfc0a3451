//! C: `clang` for `wasm32-wasi`, with the headers and the library of wasi-libc, of which nothing works that needs a system.
//!
//! 1. The source is compiled by itself: what fails here is `compile_error`.
//! 2. What it defines is looked at: an allocator of its own is refused.
//! 3. The glue, which includes the source, is compiled and linked: what fails here lacks the exercise's function, which is
//!    `rejected`.
//!
//! C lays values out as the canonical ABI does, so nothing is copied on the way in and out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use super::{Budget, Description, File, snake_case};
use crate::child::OUTPUT_FOLDER;
use crate::compile::{Build, LineTables, Tool};
use crate::failure::Failure;
use crate::sandbox::Finished;
use crate::signature::{Primitive, Signature, Type};
use crate::toolchain::Toolchain;

mod messages;
mod object;

const SUPPORT: &str = include_str!("../glue/support.c");
const ASSERT: &str = include_str!("../glue/assert.h");

/// The name of the header that declares an exercise's types.
const HEADER: &str = "exercise.h";

/// The language.
pub(super) struct C;

impl Description for C {
    fn name(&self) -> &'static str {
        "c"
    }

    fn title(&self) -> &'static str {
        "C"
    }

    fn extension(&self) -> &'static str {
        "c"
    }

    fn flags(&self) -> &'static [&'static str] {
        &["--target=wasm32-wasi", "-std=c23", "-O3"]
    }

    fn budget(&self) -> Budget {
        Budget {
            processor_seconds: 4,
            memory_bytes: 1 << 30,
            address_space_bytes: Some(2 << 30),
        }
    }

    fn version(&self, toolchain: &Toolchain) -> Result<String, String> {
        toolchain
            .c
            .as_ref()
            .map(|compiler| compiler.version.clone())
            .map_err(Clone::clone)
    }

    fn compiler_sha256<'a>(&self, toolchain: &'a Toolchain) -> Option<&'a str> {
        Some(toolchain.c.as_ref().map_or("", |compiler| &compiler.sha256))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        &[
            "alignas",
            "alignof",
            "auto",
            "bool",
            "break",
            "case",
            "char",
            "const",
            "constexpr",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extern",
            "false",
            "float",
            "for",
            "goto",
            "if",
            "inline",
            "int",
            "long",
            "nullptr",
            "register",
            "restrict",
            "return",
            "short",
            "signed",
            "sizeof",
            "static",
            "static_assert",
            "string",
            "struct",
            "switch",
            "thread_local",
            "true",
            "typedef",
            "typeof",
            "typeof_unqual",
            "union",
            "unsigned",
            "void",
            "volatile",
            "while",
            "main",
            "malloc",
            "calloc",
            "realloc",
            "free",
        ]
    }

    fn refuses(&self, _of: &Type) -> Option<&'static str> {
        None
    }

    fn entry(&self, signature: &Signature) -> String {
        snake_case(&signature.name)
    }

    fn declaration(&self, signature: &Signature) -> String {
        let parameters: Vec<String> = signature
            .parameters
            .iter()
            .map(|parameter| format!("{} {}", type_of(&parameter.of), snake_case(&parameter.name)))
            .collect();
        format!(
            "{} {}({})",
            type_of(&signature.result),
            self.entry(signature),
            parameters.join(", ")
        )
    }

    fn surroundings(&self, signature: &Signature) -> String {
        let types = definitions(signature);
        format!(
            "#include \"{HEADER}\"\n{}{types}",
            if types.is_empty() { "" } else { "\n" }
        )
    }

    fn files(&self, signature: &Signature) -> Vec<File> {
        let header = format!(
            "// Written by Latency Lab from the exercise's signature. Arguments are yours to change, and may be part of the\n\
             // answer; they are not yours to free. What the answer points to is never freed.\n\
             #pragma once\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n{}",
            definitions(signature)
        );
        vec![
            File {
                name: HEADER,
                text: header,
            },
            File {
                name: "assert.h",
                text: ASSERT.to_owned(),
            },
            File {
                name: "glue.c",
                text: glue(signature),
            },
        ]
    }

    fn compile(&self, build: &Build<'_>) -> io::Result<Result<Vec<u8>, Failure>> {
        let Ok(compiler) = &build.tools.toolchain.c else {
            return Err(io::Error::other("C is not installed here"));
        };
        let run = |arguments: &[&str]| clang(build, &compiler.usr, arguments);
        let object = format!("{OUTPUT_FOLDER}/solution.o");
        let own = run(&["-c", "solution.c", "-o", &object])?;
        if own.code != 0 {
            return Ok(Err(messages::failure_of_source(
                &own,
                self.budget(),
                build.source,
            )));
        }
        if object::defines_allocator(&build.output("solution.o")?) {
            return Ok(Err(Failure::Allocator));
        }
        let module = build.module_place();
        let strip: &[&str] = match build.line_tables {
            LineTables::Left => &["-Wl,--strip-debug"],
            LineTables::Kept => &[],
        };
        let link = [
            "-fuse-ld=/usr/bin/wasm-ld",
            "-nostartfiles",
            "-Wl,--no-entry",
            // What is undefined becomes an import, which the pre-check refuses by its name.
            "-Wl,--allow-undefined",
            // As large as Rust's, and below everything else, so that what overflows it traps.
            "-Wl,-z,stack-size=1048576",
            "-Wl,--stack-first",
            "glue.c",
            "-o",
            &module,
        ];
        let glued = run(&[strip, link.as_slice()].concat())?;
        if glued.code != 0 {
            return Ok(Err(messages::failure_of_glue(
                &glued,
                self.budget(),
                &self.declaration(build.signature),
                build.source,
            )));
        }
        build.module().map(Ok)
    }
}

/// A run of the compiler.
fn clang(build: &Build<'_>, usr: &std::path::Path, arguments: &[&str]) -> io::Result<Finished> {
    let mut command = vec!["/usr/bin/clang"];
    command.extend(C.flags());
    command.extend([
        "-w",
        "-I.",
        "-fno-color-diagnostics",
        // It would compile once more to describe its own crash, which takes as long again.
        "-fno-crash-diagnostics",
        "-fdiagnostics-print-source-range-info",
        "-ferror-limit=50",
    ]);
    if build.line_tables == LineTables::Kept {
        command.push("-gline-tables-only");
    }
    command.extend(arguments);
    build.run(&Tool {
        usr,
        command: &command,
        budget: C.budget(),
        environment: &[],
    })
}

/// The program around a solution.
fn glue(signature: &Signature) -> String {
    let entry = C.entry(signature);
    let answer = type_of(&signature.result);
    let types: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| type_of(&parameter.of))
        .collect();
    let fields: String = types
        .iter()
        .enumerate()
        .map(|(index, of)| format!("  {of} a{index};\n"))
        .collect();
    let arguments: Vec<String> = (0..types.len())
        .map(|index| format!("arguments->a{index}"))
        .collect();
    format!(
        "#include \"{HEADER}\"\n#include \"solution.c\"\n\n\
         _Static_assert(__builtin_types_compatible_p(__typeof__(&{entry}), {answer} (*)({})));\n\n\
         struct lab_arguments {{\n{fields}}};\n\
         typedef {answer} lab_answer_type;\n\
         struct lab_slot {{\n  struct lab_arguments *arguments;\n  lab_answer_type answer;\n}};\n\
         static inline lab_answer_type lab_answer(struct lab_arguments *arguments) {{\n  return {entry}({});\n}}\n\n{SUPPORT}",
        types.join(", "),
        arguments.join(", "),
    )
}

/// The types of a signature, each before those that contain it.
fn definitions(signature: &Signature) -> String {
    let mut text = String::new();
    let mut defined = BTreeSet::new();
    let fields = signature.records.iter().flat_map(|record| {
        let whole = Type::Record(record.clone());
        record.types.iter().cloned().chain([whole])
    });
    let parameters = signature
        .parameters
        .iter()
        .map(|parameter| parameter.of.clone());
    for of in fields.chain(parameters).chain([signature.result.clone()]) {
        define(&of, &mut defined, &mut text);
    }
    text
}

fn define(of: &Type, defined: &mut BTreeSet<String>, text: &mut String) {
    let fields: Vec<(String, String)> = match of {
        Type::Primitive(_) => return,
        Type::String => vec![
            ("char *".to_owned(), "bytes".to_owned()),
            ("size_t ".to_owned(), "length".to_owned()),
        ],
        Type::List(element) => {
            define(element, defined, text);
            vec![
                (format!("{} *", type_of(element)), "items".to_owned()),
                ("size_t ".to_owned(), "length".to_owned()),
            ]
        }
        Type::Tuple(members) => {
            members
                .iter()
                .for_each(|member| define(member, defined, text));
            let numbered = members.iter().enumerate();
            numbered
                .map(|(index, member)| (type_of(member) + " ", format!("f{index}")))
                .collect()
        }
        // Its fields' types stand before it in the signature.
        Type::Record(record) => record
            .names
            .iter()
            .zip(&record.types)
            .map(|(name, of)| (type_of(of) + " ", snake_case(name)))
            .collect(),
    };
    let name = type_of(of);
    if !defined.insert(name.clone()) {
        return;
    }
    let fields: String = fields
        .iter()
        .map(|(of, name)| format!("  {of}{name};\n"))
        .collect();
    write!(text, "typedef struct {name} {{\n{fields}}} {name};\n")
        .expect("writing to a string cannot fail");
}

/// A type as C writes it.
fn type_of(of: &Type) -> String {
    match of {
        Type::Primitive(primitive) => match primitive {
            Primitive::Bool => "bool".to_owned(),
            Primitive::F32 => "float".to_owned(),
            Primitive::F64 => "double".to_owned(),
            _ => {
                primitive
                    .name()
                    .replacen('u', "uint", 1)
                    .replacen('s', "int", 1)
                    + "_t"
            }
        },
        _ => word(of),
    }
}

/// A type as part of a name.
fn word(of: &Type) -> String {
    match of {
        Type::Primitive(primitive) => primitive.name().to_owned(),
        Type::String => "string".to_owned(),
        Type::List(element) => format!("list_{}", word(element)),
        Type::Tuple(members) => {
            let members: Vec<String> = members.iter().map(word).collect();
            format!("tuple_{}", members.join("_"))
        }
        Type::Record(record) => snake_case(&record.name),
    }
}
