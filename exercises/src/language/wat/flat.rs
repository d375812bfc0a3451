//! Signatures flattened to the types that WebAssembly's functions have (`CanonicalABI.md`, "Flattening").

use wasmparser::ValType;

use super::snake_case;
use crate::signature::{Primitive, Signature, Type};

/// More parameters than this are handed over as the address of a tuple of them.
const PARAMETERS: usize = 16;

/// A part of a value that becomes a parameter or a result of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flat {
    /// What is behind the name of the value in its own name: nothing, `_length`, `_x`.
    pub suffix: String,
    /// Where it lies in the value, in bytes.
    pub offset: u32,
    /// What lies there.
    pub of: Primitive,
}

/// A type that a parameter or a result of a function has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Core(pub ValType);

impl Core {
    /// Its name in the text format.
    pub(super) fn name(self) -> &'static str {
        match self.0 {
            ValType::I64 => "i64",
            ValType::F32 => "f32",
            ValType::F64 => "f64",
            _ => "i32",
        }
    }

    fn of(primitive: Primitive) -> Core {
        Core(match primitive {
            Primitive::S64 | Primitive::U64 => ValType::I64,
            Primitive::F32 => ValType::F32,
            Primitive::F64 => ValType::F64,
            _ => ValType::I32,
        })
    }
}

/// An address.
const ADDRESS: Core = Core(ValType::I32);

impl Flat {
    /// The parts of a value.
    pub(super) fn of(of: &Type) -> Vec<Flat> {
        let mut parts = Vec::new();
        add(of, 0, String::new(), &mut parts);
        parts
    }
}

fn add(of: &Type, offset: u32, suffix: String, parts: &mut Vec<Flat>) {
    match of {
        Type::Primitive(primitive) => parts.push(Flat {
            suffix,
            offset,
            of: *primitive,
        }),
        Type::String | Type::List(_) => {
            parts.push(Flat {
                suffix: suffix.clone(),
                offset,
                of: Primitive::U32,
            });
            parts.push(Flat {
                suffix: suffix + "_length",
                offset: offset + 4,
                of: Primitive::U32,
            });
        }
        Type::Tuple(members) => {
            for (index, (at, member)) in Type::members(members).enumerate() {
                add(member, offset + at, format!("{suffix}_{index}"), parts);
            }
        }
        Type::Record(record) => {
            for ((at, member), name) in Type::members(&record.types).zip(record.names.iter()) {
                add(
                    member,
                    offset + at,
                    format!("{suffix}_{}", snake_case(name)),
                    parts,
                );
            }
        }
    }
}

/// The parts of all arguments as they lie in memory, unless there are so many that only their address is handed over.
pub(super) fn arguments(signature: &Signature) -> Option<Vec<Flat>> {
    let mut parts = Vec::new();
    let types: Vec<Type> = signature
        .parameters
        .iter()
        .map(|parameter| parameter.of.clone())
        .collect();
    for ((offset, of), parameter) in Type::members(&types).zip(&signature.parameters) {
        add(of, offset, snake_case(&parameter.name), &mut parts);
    }
    (parts.len() <= PARAMETERS).then_some(parts)
}

/// The parameters of the function, each with its name.
pub(super) fn parameters(signature: &Signature) -> Vec<(String, Core)> {
    match arguments(signature) {
        Some(parts) => parts
            .into_iter()
            .map(|part| (part.suffix, Core::of(part.of)))
            .collect(),
        None => vec![("arguments".to_owned(), ADDRESS)],
    }
}

/// The result of the function: the value itself where it has one part, else its address.
pub(super) fn result(signature: &Signature) -> Core {
    match Flat::of(&signature.result).as_slice() {
        [only] => Core::of(only.of),
        _ => ADDRESS,
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::signature::Signature;

    fn declaration(text: &str) -> String {
        let signature: Signature = text.parse().expect("the signature is well formed");
        Language::Wat.entry_declaration(&signature)
    }

    #[test]
    fn lists_are_an_address_and_a_length_and_long_results_an_address() {
        insta::assert_snapshot!(
            declaration("answer-all: func(queries: list<u32>, scale: f64) -> list<u64>"),
            @r#"(func (export "answer-all") (param $queries i32) (param $queries_length i32) (param $scale f64) (result i32))"#
        );
    }

    #[test]
    fn the_fields_of_records_are_parameters_of_their_own() {
        insta::assert_snapshot!(
            declaration("record point { x: f64, name: string } find: func(at: point, among: tuple<u64, bool>) -> s64"),
            @r#"(func (export "find") (param $at_x f64) (param $at_name i32) (param $at_name_length i32) (param $among_0 i64) (param $among_1 i32) (result i64))"#
        );
    }

    #[test]
    fn more_than_sixteen_parameters_are_one_address() {
        let tuple = format!("tuple<{}u8>", "u8, ".repeat(16));
        insta::assert_snapshot!(
            declaration(&format!("sum: func(a: {tuple}) -> u32")),
            @r#"(func (export "sum") (param $arguments i32) (result i32))"#
        );
    }
}
