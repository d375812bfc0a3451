//! AssemblyScript: its compiler `asc` in Node.
//!
//! One run compiles the glue, which imports the source: what is wrong in the source is `compile_error`, and what is wrong in
//! the glue only is that the exercise's function is not there, or not of its type, which is `rejected`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use super::expressible::camel_case;
use super::{Budget, Description, File, pascal_case};
use crate::compile::{Build, Tool};
use crate::failure::Failure;
use crate::signature::{Primitive, Record, Signature, Type};
use crate::toolchain::Toolchain;

mod messages;

const SUPPORT: &str = include_str!("../glue/support.ts");
const DRIVER: &str = include_str!("../glue/assemblyscript.mjs");

/// The language.
pub(super) struct AssemblyScript;

impl Description for AssemblyScript {
    fn name(&self) -> &'static str {
        "assemblyscript"
    }

    fn title(&self) -> &'static str {
        "AssemblyScript"
    }

    fn extension(&self) -> &'static str {
        "ts"
    }

    fn flags(&self) -> &'static [&'static str] {
        // An instance lives for a few calls, so nothing is collected: the incremental runtime would note every reference on a
        // stack of its own, and make each access of a list a call.
        &["-O3", "--runtime=minimal", "--enable=simd"]
    }

    fn budget(&self) -> Budget {
        Budget {
            processor_seconds: 6,
            memory_bytes: 1 << 30,
            // Its own WebAssembly and its heap reserve far more than they touch.
            address_space_bytes: None,
        }
    }

    fn version(&self, toolchain: &Toolchain) -> Result<String, String> {
        toolchain
            .assemblyscript
            .as_ref()
            .map(|compiler| compiler.version.clone())
            .map_err(Clone::clone)
    }

    fn compiler_sha256<'a>(&self, toolchain: &'a Toolchain) -> Option<&'a str> {
        let compiler = toolchain.assemblyscript.as_ref();
        Some(compiler.map_or("", |compiler| &compiler.sha256))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        &[
            "abstract",
            "any",
            "as",
            "async",
            "await",
            "bool",
            "boolean",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "constructor",
            "continue",
            "debugger",
            "declare",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "export",
            "extends",
            "false",
            "finally",
            "for",
            "from",
            "function",
            "get",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "is",
            "keyof",
            "let",
            "module",
            "namespace",
            "never",
            "new",
            "null",
            "number",
            "of",
            "package",
            "private",
            "protected",
            "public",
            "readonly",
            "return",
            "set",
            "static",
            "string",
            "super",
            "switch",
            "symbol",
            "this",
            "throw",
            "true",
            "try",
            "type",
            "typeof",
            "undefined",
            "var",
            "void",
            "while",
            "with",
            "yield",
        ]
    }

    fn refuses(&self, of: &Type) -> Option<&'static str> {
        match of {
            Type::Tuple(_) => Some("it has no tuples; a record can take the place of one"),
            _ => None,
        }
    }

    fn entry(&self, signature: &Signature) -> String {
        camel_case(&signature.name)
    }

    fn declaration(&self, signature: &Signature) -> String {
        format!(
            "export function {}({}): {}",
            self.entry(signature),
            parameters(signature),
            type_of(&signature.result)
        )
    }

    fn surroundings(&self, signature: &Signature) -> String {
        let records = signature.records.iter().map(|record| {
            let fields: String = fields(record)
                .map(|(name, of)| format!("  {name}: {}{};\n", type_of(of), initial(of)))
                .collect();
            format!(
                "export class {} {{\n{fields}}}\n",
                pascal_case(&record.name)
            )
        });
        records.collect::<Vec<_>>().join("\n")
    }

    fn files(&self, signature: &Signature) -> Vec<File> {
        vec![
            File {
                name: "glue.ts",
                text: glue(signature),
            },
            File {
                name: "compile.mjs",
                text: DRIVER.to_owned(),
            },
        ]
    }

    fn compile(&self, build: &Build<'_>) -> io::Result<Result<Vec<u8>, Failure>> {
        let Ok(compiler) = &build.tools.toolchain.assemblyscript else {
            return Err(io::Error::other("AssemblyScript is not installed here"));
        };
        let out = format!("--outFile={}", build.module_place());
        let mut command = vec![
            "/usr/bin/node",
            // The compiler's own WebAssembly runs for a second: optimising it would take longer.
            "--liftoff-only",
            "--max-old-space-size=512",
            "compile.mjs",
        ];
        command.extend(self.flags());
        command.extend([
            // The names of functions, which cost nothing; there are no lines besides.
            "--debug",
            "--use=abort=glue/labAbort",
            // What runs before everything else, instead of by itself.
            "--exportStart=lab_start",
            &out,
        ]);
        let finished = build.run(&Tool {
            usr: &compiler.usr,
            command: &command,
            budget: self.budget(),
            environment: &[],
        })?;
        if finished.code == 0 {
            return build.module().map(Ok);
        }
        Ok(Err(messages::failure(
            &finished,
            self.budget(),
            &self.declaration(build.signature),
            build.source,
        )))
    }
}

/// The parameters as they are declared.
fn parameters(signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| {
            format!(
                "{}: {}",
                camel_case(&parameter.name),
                type_of(&parameter.of)
            )
        })
        .collect();
    parameters.join(", ")
}

/// The program around a solution.
fn glue(signature: &Signature) -> String {
    let entry = AssemblyScript.entry(signature);
    let result = type_of(&signature.result);
    let (answer, taken) = if matches!(signature.result, Type::Primitive(_)) {
        (format!("answer: {result} = 0"), "slot.answer")
    } else {
        (format!("answer: {result} | null = null"), "slot.answer!")
    };
    let answer = if signature.result == Type::Primitive(Primitive::Bool) {
        "answer: bool = false".to_owned()
    } else {
        answer
    };
    let mut conversions = Conversions::default();
    let arguments = signature.arguments();
    let mut constructed = Vec::new();
    let mut members = Vec::new();
    let mut loads = Vec::new();
    for (index, (offset, of)) in Type::members(arguments.parts().unwrap_or_default()).enumerate() {
        constructed.push(format!("public a{index}: {}", type_of(of)));
        members.push(format!("slot.a{index}"));
        loads.push(conversions.load(of, &format!("at + {offset}")));
    }
    let stored = conversions.store(&signature.result, "at", taken);
    let imported: Vec<String> = [entry.clone()]
        .into_iter()
        .chain(
            signature
                .records
                .iter()
                .map(|record| pascal_case(&record.name)),
        )
        .collect();
    format!(
        "import {{ {} }} from \"./solution\";\n\n{SUPPORT}\n\
         class LabSlot {{\n  {answer};\n  constructor({}) {{}}\n}}\n\n\
         function labSlot(at: usize): LabSlot {{\n  \
         const declared: ({}) => {result} = {entry};\n  \
         return new LabSlot({});\n}}\n\n\
         function labAnswer(slot: LabSlot): {result} {{\n  return {entry}({});\n}}\n\n\
         function labResult(slot: LabSlot): usize {{\n  const at = heap.alloc({});\n  {stored};\n  return at;\n}}\n{}",
        imported.join(", "),
        constructed.join(", "),
        parameters(signature),
        loads.join(", "),
        members.join(", "),
        signature.result.size(),
        conversions.text,
    )
}

/// Functions that load values from memory and store them there, one of each for each type that needs one.
#[derive(Default)]
struct Conversions {
    made: BTreeSet<String>,
    text: String,
}

impl Conversions {
    /// An expression that makes a value of what lies at an address.
    fn load(&mut self, of: &Type, at: &str) -> String {
        match of {
            Type::Primitive(_) => format!("load<{}>({at})", type_of(of)),
            Type::String => format!("labLoadString({at})"),
            Type::List(element) => match &**element {
                Type::Primitive(_) => format!("labLoadNumbers<{}>({at})", type_of(element)),
                element => {
                    self.list(element);
                    format!("labLoadList{}({at})", word(element))
                }
            },
            Type::Tuple(_) | Type::Record(_) => {
                self.record(of);
                format!("labLoad{}({at})", word(of))
            }
        }
    }

    /// A statement that puts a value at an address.
    fn store(&mut self, of: &Type, at: &str, value: &str) -> String {
        match of {
            Type::Primitive(_) => format!("store<{}>({at}, {value})", type_of(of)),
            Type::String => format!("labStoreString({at}, {value})"),
            Type::List(element) => match &**element {
                Type::Primitive(_) => {
                    format!("labStoreNumbers<{}>({at}, {value})", type_of(element))
                }
                element => {
                    self.list(element);
                    format!("labStoreList{}({at}, {value})", word(element))
                }
            },
            Type::Tuple(_) | Type::Record(_) => {
                self.record(of);
                format!("labStore{}({at}, {value})", word(of))
            }
        }
    }

    /// The functions for lists of a type of variable size, or of records.
    fn list(&mut self, element: &Type) {
        let name = format!("List{}", word(element));
        if !self.made.insert(name.clone()) {
            return;
        }
        let of = type_of(element);
        let size = element.size();
        let load = self.load(element, &format!("from + index * {size}"));
        let store = self.store(element, &format!("to + index * {size}"), "list[index]");
        write!(
            self.text,
            "\nfunction labLoad{name}(at: usize): Array<{of}> {{\n  \
             const from = load<usize>(at);\n  const length = load<i32>(at, 4);\n  \
             const list = new Array<{of}>(length);\n  \
             for (let index = 0; index < length; index++) list[index] = {load};\n  \
             heap.free(from);\n  return list;\n}}\n\n\
             function labStore{name}(at: usize, list: Array<{of}>): void {{\n  \
             const length = list.length;\n  const to = heap.alloc(length * {size});\n  \
             for (let index = 0; index < length; index++) {store};\n  \
             store<usize>(at, to);\n  store<i32>(at, length, 4);\n}}\n"
        )
        .expect("writing to a string cannot fail");
    }

    /// The functions for a record; its object is made without its constructor, which is the solution's.
    fn record(&mut self, of: &Type) {
        let Type::Record(record) = of else {
            return;
        };
        let name = word(of);
        if !self.made.insert(name.clone()) {
            return;
        }
        let (mut loads, mut stores) = (String::new(), String::new());
        for ((field, of), (offset, _)) in fields(record).zip(Type::members(&record.types)) {
            let load = self.load(of, &format!("at + {offset}"));
            let store = self.store(of, &format!("at + {offset}"), &format!("value.{field}"));
            writeln!(loads, "  value.{field} = {load};").expect("writing to a string cannot fail");
            writeln!(stores, "  {store};").expect("writing to a string cannot fail");
        }
        write!(
            self.text,
            "\nfunction labLoad{name}(at: usize): {name} {{\n  \
             const value = changetype<{name}>(__new(offsetof<{name}>(), idof<{name}>()));\n\
             {loads}  return value;\n}}\n\n\
             function labStore{name}(at: usize, value: {name}): void {{\n{stores}}}\n"
        )
        .expect("writing to a string cannot fail");
    }
}

fn fields(record: &Record) -> impl Iterator<Item = (String, &Type)> {
    record
        .names
        .iter()
        .map(|name| camel_case(name))
        .zip(&record.types)
}

/// What a field starts with, where it has to start with something.
fn initial(of: &Type) -> &'static str {
    match of {
        Type::Primitive(Primitive::Bool) => " = false",
        Type::Primitive(_) => " = 0",
        Type::String => " = \"\"",
        Type::List(_) => " = []",
        // An object of another class: the solution says which.
        Type::Tuple(_) | Type::Record(_) => "",
    }
}

/// A type as AssemblyScript writes it.
fn type_of(of: &Type) -> String {
    match of {
        Type::Primitive(primitive) => primitive.name().replacen('s', "i", 1),
        Type::String => "string".to_owned(),
        Type::List(element) => format!("{}[]", type_of(element)),
        Type::Tuple(_) | Type::Record(_) => word(of),
    }
}

/// A type as part of a name.
fn word(of: &Type) -> String {
    match of {
        Type::Primitive(primitive) => pascal_case(primitive.name()),
        Type::String => "String".to_owned(),
        Type::List(element) => format!("List{}", word(element)),
        Type::Tuple(members) => members.iter().map(word).collect(),
        Type::Record(record) => pascal_case(&record.name),
    }
}
