//! WAT, WebAssembly's text format: no compiler of the installation's, but the `wast` crate in our own child.
//!
//! A solution is a whole module that exports its memory and the exercise's function, whose type is the signature flattened
//! as the component model's canonical ABI does it (`CanonicalABI.md`, "Flattening"). It may import `lab.allocate`, which
//! gives memory above what the module itself starts with. Profiles know its functions by their names, not its lines.

use std::fmt::Write as _;
use std::io;

use super::{Budget, Description, File, snake_case};
use crate::child::Task;
use crate::compile::{Build, stopped};
use crate::failure::Failure;
use crate::signature::{Primitive, Signature, Type};
use crate::toolchain::Toolchain;

mod assemble;
mod flat;

pub(crate) use assemble::AssembleTask;
use flat::Flat;

/// The version of the `wast` crate that `Cargo.toml` names.
const VERSION: &str = "wast 254";

/// What a solution calls to get memory: a module's name and an import's.
const ALLOCATE: (&str, &str) = ("lab", "allocate");

/// The language.
pub(super) struct Wat;

impl Description for Wat {
    fn name(&self) -> &'static str {
        "wat"
    }

    fn title(&self) -> &'static str {
        "WebAssembly (WAT)"
    }

    fn extension(&self) -> &'static str {
        "wat"
    }

    fn flags(&self) -> &'static [&'static str] {
        &[]
    }

    fn budget(&self) -> Budget {
        Budget {
            processor_seconds: 2,
            memory_bytes: 1 << 30,
            address_space_bytes: None,
        }
    }

    fn version(&self, _toolchain: &Toolchain) -> Result<String, String> {
        Ok(VERSION.to_owned())
    }

    fn compiler_sha256<'a>(&self, _toolchain: &'a Toolchain) -> Option<&'a str> {
        Some(VERSION)
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        &[]
    }

    fn refuses(&self, _of: &Type) -> Option<&'static str> {
        None
    }

    fn entry(&self, signature: &Signature) -> String {
        signature.name.clone()
    }

    fn declaration(&self, signature: &Signature) -> String {
        let mut text = format!("(func (export \"{}\")", signature.name);
        for (name, of) in flat::parameters(signature) {
            write!(text, " (param ${name} {})", of.name())
                .expect("writing to a string cannot fail");
        }
        write!(text, " (result {}))", flat::result(signature).name())
            .expect("writing to a string cannot fail");
        text
    }

    fn surroundings(&self, signature: &Signature) -> String {
        let mut text = format!(
            "(import \"{}\" \"{}\" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))\n\
             (memory (export \"memory\") 1)\n",
            ALLOCATE.0, ALLOCATE.1
        );
        let mut note = |line: String| {
            text.push_str(";; ");
            text.push_str(&line);
            text.push('\n');
        };
        for record in &signature.records {
            note(layout(
                &record.name,
                &Type::Record(record.clone()),
                &record.names,
            ));
        }
        for parameter in &signature.parameters {
            let name = format!("${}", snake_case(&parameter.name));
            note(format!("{name}: {}{}", parameter.of, steps(&parameter.of)));
        }
        let behind = if Flat::of(&signature.result).len() == 1 {
            String::new()
        } else {
            " *".to_owned()
        };
        note(format!(
            "result{behind}: {}{}",
            signature.result,
            steps(&signature.result)
        ));
        text
    }

    fn files(&self, _signature: &Signature) -> Vec<File> {
        Vec::new()
    }

    fn compile(&self, build: &Build<'_>) -> io::Result<Result<Vec<u8>, Failure>> {
        let task = Task::Assemble(AssembleTask {
            signature: build.signature.clone(),
        });
        let finished = build.run_child(&task, self.budget())?;
        if let Some(reason) = stopped(&finished, self.budget()) {
            return Ok(Err(Failure::CompilerLimit { reason }));
        }
        let assembled: Result<(), Failure> = build
            .tools
            .answer(&finished)
            .map_err(|error| io::Error::other(error.to_string()))?;
        match assembled {
            Ok(()) => build.module().map(Ok),
            Err(failure) => Ok(Err(failure)),
        }
    }
}

/// How many bytes one element takes from the last, of lists; how a text lies in memory.
fn steps(of: &Type) -> String {
    match of {
        Type::List(element) => {
            let size = element.size();
            let inner = steps(element);
            format!("; {element} +0, +{size}, +{}, …{inner}", 2 * size)
        }
        Type::String => "; UTF-8".to_owned(),
        Type::Tuple(members) => {
            let names: Vec<String> = (0..members.len()).map(|index| index.to_string()).collect();
            format!("; {}", layout("tuple", of, &names))
        }
        Type::Primitive(_) | Type::Record(_) => String::new(),
    }
}

/// The fields of a record or tuple with their offsets.
fn layout(name: &str, of: &Type, names: &[String]) -> String {
    let parts = of.parts().unwrap_or_default();
    let fields: Vec<String> = Type::members(parts)
        .zip(names)
        .map(|((offset, field), name)| format!("{name}: {field} +{offset}"))
        .collect();
    format!("{name}[{}]: {}", of.size(), fields.join(", "))
}

/// The instruction that loads a value of fixed size.
fn load(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Bool | Primitive::U8 => "i32.load8_u",
        Primitive::S8 => "i32.load8_s",
        Primitive::U16 => "i32.load16_u",
        Primitive::S16 => "i32.load16_s",
        Primitive::S32 | Primitive::U32 => "i32.load",
        Primitive::S64 | Primitive::U64 => "i64.load",
        Primitive::F32 => "f32.load",
        Primitive::F64 => "f64.load",
    }
}

/// The instruction that stores one.
fn store(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Bool | Primitive::U8 | Primitive::S8 => "i32.store8",
        Primitive::U16 | Primitive::S16 => "i32.store16",
        Primitive::S32 | Primitive::U32 => "i32.store",
        Primitive::S64 | Primitive::U64 => "i64.store",
        Primitive::F32 => "f32.store",
        Primitive::F64 => "f64.store",
    }
}
