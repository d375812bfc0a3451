//! Rust: `rustc` for `wasm32-unknown-unknown`.
//!
//! 1. The source is compiled by itself, as a library: what fails here is `compile_error`.
//! 2. The glue is compiled around it: what fails here lacks the exercise's function, which is `rejected`.

use std::fmt::Write as _;
use std::io;

use super::{Budget, Description, File, SOLUTION, pascal_case, snake_case};
use crate::child::OUTPUT_FOLDER;
use crate::compile::{Build, LineTables, Tool};
use crate::failure::Failure;
use crate::sandbox::Finished;
use crate::signature::{Record, Signature, Type};
use crate::toolchain::Toolchain;

mod messages;

/// The support that every Rust solution is linked with.
pub(crate) const SUPPORT: &str = include_str!("../glue/support.rs");

/// The most members of a tuple that the support can hand over, and the most parameters.
const TUPLE_MEMBERS: usize = 16;

/// What the flags of a build that is profiled have after the others: the code stays the same, and its lines are kept.
const LINE_TABLE_FLAGS: [&str; 2] = ["-Cstrip=none", "-Cdebuginfo=line-tables-only"];

/// The language.
pub(super) struct Rust;

impl Description for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn title(&self) -> &'static str {
        "Rust"
    }

    fn extension(&self) -> &'static str {
        "rs"
    }

    fn flags(&self) -> &'static [&'static str] {
        // One unit of code, so that equal sources give equal programs; debug information of the standard library would be
        // ninety times the program.
        &[
            "--edition=2024",
            "--target=wasm32-unknown-unknown",
            "-Copt-level=3",
            "-Ccodegen-units=1",
            "-Cpanic=abort",
            "-Cstrip=debuginfo",
        ]
    }

    fn budget(&self) -> Budget {
        Budget {
            processor_seconds: 4,
            memory_bytes: 1 << 30,
            address_space_bytes: Some(2 << 30),
        }
    }

    fn version(&self, toolchain: &Toolchain) -> Result<String, String> {
        Ok(format!("rustc {}", toolchain.rustc_version))
    }

    fn compiler_sha256<'a>(&self, _toolchain: &'a Toolchain) -> Option<&'a str> {
        None
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        &[
            "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
            "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
            "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
            "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
            "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
        ]
    }

    fn refuses(&self, of: &Type) -> Option<&'static str> {
        match of {
            Type::Tuple(members) if members.len() > TUPLE_MEMBERS => {
                Some("a tuple has at most 16 members")
            }
            Type::Record(record) if record.types.len() > TUPLE_MEMBERS => {
                Some("a record has at most 16 fields")
            }
            _ => None,
        }
    }

    fn entry(&self, signature: &Signature) -> String {
        snake_case(&signature.name)
    }

    fn declaration(&self, signature: &Signature) -> String {
        let parameters: Vec<String> = signature
            .parameters
            .iter()
            .map(|parameter| {
                format!(
                    "{}: {}",
                    snake_case(&parameter.name),
                    type_of(&parameter.of, "")
                )
            })
            .collect();
        format!(
            "pub fn {}({}) -> {}",
            self.entry(signature),
            parameters.join(", "),
            type_of(&signature.result, "")
        )
    }

    fn surroundings(&self, signature: &Signature) -> String {
        let records = signature.records.iter().map(|record| {
            let fields =
                fields(record).map(|(name, of)| format!("    pub {name}: {},\n", type_of(of, "")));
            let fields: String = fields.collect();
            format!("pub struct {} {{\n{fields}}}\n", pascal_case(&record.name))
        });
        records.collect::<Vec<_>>().join("\n")
    }

    fn files(&self, signature: &Signature) -> Vec<File> {
        vec![File {
            name: "glue.rs",
            text: glue(signature),
        }]
    }

    fn compile(&self, build: &Build<'_>) -> io::Result<Result<Vec<u8>, Failure>> {
        compile_source(build, &[], &self.declaration(build.signature))
    }
}

/// The same for a source that uses a module of ours, whose file `<name>.rs` is among those beside it; its function is declared
/// like this.
///
/// # Errors
/// The outer error is ours, the inner one the source's.
pub(crate) fn compile_with(
    build: &Build<'_>,
    module: &str,
    declaration: &str,
) -> io::Result<Result<Vec<u8>, Failure>> {
    let place = library(module);
    let file = format!("{module}.rs");
    let arguments = [
        "--crate-type=rlib",
        "--crate-name",
        module,
        "-o",
        &place,
        &file,
    ];
    let own = rustc(build, &arguments)?;
    if own.code != 0 {
        let said = String::from_utf8_lossy(&own.errors).into_owned();
        return Err(io::Error::other(format!(
            "the module `{module}` does not compile: {said}"
        )));
    }
    let with_module = format!("{module}={place}");
    compile_source(build, &["--extern", &with_module], declaration)
}

/// Where a library lies until it is linked, as the sandbox shows it.
fn library(name: &str) -> String {
    format!("{OUTPUT_FOLDER}/lib{name}.rlib")
}

fn compile_source(
    build: &Build<'_>,
    with: &[&str],
    declaration: &str,
) -> io::Result<Result<Vec<u8>, Failure>> {
    let place = library(SOLUTION);
    let mut arguments = vec!["--crate-type=rlib", "--crate-name", SOLUTION];
    arguments.extend(with);
    arguments.extend(["-o", &place, "solution.rs"]);
    let own = rustc(build, &arguments)?;
    if own.code != 0 {
        return Ok(Err(messages::failure_of_source(&own, Rust.budget())));
    }
    let module = build.module_place();
    let linked = format!("{SOLUTION}={place}");
    // The glue may name a module of ours nowhere, and has to find it all the same.
    let beside = format!("-Ldependency={OUTPUT_FOLDER}");
    let mut arguments = vec![
        "--crate-type=cdylib",
        // What is undefined becomes an import, which the pre-check refuses by its name; not every version does so by
        // itself.
        "-Clink-arg=--allow-undefined",
        "--crate-name=glue",
        &beside,
    ];
    arguments.extend(with);
    arguments.extend(["--extern", &linked, "-o", &module, "glue.rs"]);
    let glued = rustc(build, &arguments)?;
    if glued.code != 0 {
        let budget = Rust.budget();
        return Ok(Err(messages::failure_of_glue(&glued, budget, declaration)));
    }
    build.module().map(Ok)
}

/// A run of the compiler.
fn rustc(build: &Build<'_>, arguments: &[&str]) -> io::Result<Finished> {
    let mut command = vec!["/usr/bin/rustc", "--error-format=json", "-Awarnings"];
    command.extend(Rust.flags());
    if build.line_tables == LineTables::Kept {
        command.extend(LINE_TABLE_FLAGS);
    }
    let toolchain = &build.tools.toolchain;
    let linker = toolchain
        .linker
        .as_ref()
        .map(|linker| format!("-Clinker={linker}"));
    if let Some(linker) = &linker {
        command.extend(["-Clinker-flavor=wasm-ld", linker]);
    }
    command.extend(arguments);
    build.run(&Tool {
        usr: &toolchain.usr,
        command: &command,
        budget: Rust.budget(),
        environment: &[],
    })
}

/// The program around a solution: it hands the arguments over and takes the answer.
pub(crate) fn glue(signature: &Signature) -> String {
    let own = format!("{SOLUTION}::");
    let types: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| type_of(&parameter.of, &own))
        .collect();
    let types = types.join(", ");
    let members: Vec<String> = (0..signature.parameters.len())
        .map(|index| format!("arguments.{index}"))
        .collect();
    let entry = Rust.entry(signature);
    let mut glue = SUPPORT.to_owned();
    write!(
        glue,
        "\ntype Arguments = ({types},);\ntype Answer = {};\n\
         const ENTRY: fn({types}) -> Answer = {SOLUTION}::{entry};\n\
         fn answer(arguments: Arguments) -> Answer {{\n    ENTRY({})\n}}\n",
        type_of(&signature.result, &own),
        members.join(", "),
    )
    .expect("writing to a string cannot fail");
    for record in &signature.records {
        glue += &stored_record(record, &own);
    }
    glue
}

/// How a record, which is the solution's own type, lies in memory: as the tuple of its fields.
fn stored_record(record: &Record, own: &str) -> String {
    let name = format!("{own}{}", pascal_case(&record.name));
    let names: Vec<String> = fields(record).map(|(name, _)| name).collect();
    let names = names.join(", ");
    let types: Vec<String> = fields(record).map(|(_, of)| type_of(of, own)).collect();
    let tuple = format!("({},)", types.join(", "));
    format!(
        "\nimpl Stored for {name} {{\n    \
         const SIZE: usize = <{tuple} as Stored>::SIZE;\n    \
         const ALIGNMENT: usize = <{tuple} as Stored>::ALIGNMENT;\n\n    \
         unsafe fn load(at: *const u8) -> Self {{\n        \
         let ({names},) = unsafe {{ <{tuple} as Stored>::load(at) }};\n        \
         {name} {{ {names} }}\n    }}\n\n    \
         unsafe fn store(self, at: *mut u8) {{\n        \
         let {name} {{ {names} }} = self;\n        \
         unsafe {{ ({names},).store(at) }}\n    }}\n}}\n"
    )
}

fn fields(record: &Record) -> impl Iterator<Item = (String, &Type)> {
    record
        .names
        .iter()
        .map(|name| snake_case(name))
        .zip(&record.types)
}

/// A type as Rust writes it; the solution's own types stand behind the path `own`.
fn type_of(of: &Type, own: &str) -> String {
    match of {
        Type::Primitive(primitive) => primitive.name().replacen('s', "i", 1),
        Type::String => "String".to_owned(),
        Type::List(element) => format!("Vec<{}>", type_of(element, own)),
        Type::Tuple(members) => {
            let members: Vec<String> = members.iter().map(|member| type_of(member, own)).collect();
            format!("({},)", members.join(", "))
        }
        Type::Record(record) => format!("{own}{}", pascal_case(&record.name)),
    }
}
