//! The type of an exercise's function, written in WIT's type syntax: `answer-all: func(queries: list<u32>) -> list<u64>`,
//! with the records that it names before it: `record point { x: f64, y: f64 } nearest: func(points: list<point>) -> u32`.
//!
//! 1. [`Signature::from_str`] reads that text with a small recursive parser.
//! 2. [`Type::size`] and [`Type::alignment`] lay a type out in a program's memory as the component model's canonical
//!    ABI does (`CanonicalABI.md`, "Alignment" and "Element Size").

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

mod parser;
#[cfg(test)]
mod tests;

pub use parser::SignatureError;

/// A value of fixed size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// True or false, in one byte.
    Bool,
    /// Signed, 8 bits.
    S8,
    /// Unsigned, 8 bits.
    U8,
    /// Signed, 16 bits.
    S16,
    /// Unsigned, 16 bits.
    U16,
    /// Signed, 32 bits.
    S32,
    /// Unsigned, 32 bits.
    U32,
    /// Signed, 64 bits.
    S64,
    /// Unsigned, 64 bits.
    U64,
    /// IEEE 754, 32 bits.
    F32,
    /// IEEE 754, 64 bits.
    F64,
}

impl Primitive {
    /// Every primitive.
    pub const ALL: [Primitive; 11] = [
        Primitive::Bool,
        Primitive::S8,
        Primitive::U8,
        Primitive::S16,
        Primitive::U16,
        Primitive::S32,
        Primitive::U32,
        Primitive::S64,
        Primitive::U64,
        Primitive::F32,
        Primitive::F64,
    ];

    /// Its name in WIT.
    pub fn name(self) -> &'static str {
        match self {
            Primitive::Bool => "bool",
            Primitive::S8 => "s8",
            Primitive::U8 => "u8",
            Primitive::S16 => "s16",
            Primitive::U16 => "u16",
            Primitive::S32 => "s32",
            Primitive::U32 => "u32",
            Primitive::S64 => "s64",
            Primitive::U64 => "u64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
        }
    }

    /// Its size in bytes, which is also its alignment.
    pub fn size(self) -> u32 {
        match self {
            Primitive::Bool | Primitive::S8 | Primitive::U8 => 1,
            Primitive::S16 | Primitive::U16 => 2,
            Primitive::S32 | Primitive::U32 | Primitive::F32 => 4,
            Primitive::S64 | Primitive::U64 | Primitive::F64 => 8,
        }
    }
}

/// A type that arguments and results can have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A value of fixed size.
    Primitive(Primitive),
    /// UTF-8 text.
    String,
    /// Any number of values of one type.
    List(Box<Type>),
    /// One or more values of different types.
    Tuple(Vec<Type>),
    /// One or more values of different types, each with a name.
    Record(Arc<Record>),
}

/// A type with named fields, which lies in memory as the tuple of its fields.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// Its name, in kebab case.
    pub name: String,
    /// The names of its fields, in kebab case.
    pub names: Arc<[String]>,
    /// The types of its fields.
    pub types: Vec<Type>,
}

impl Type {
    /// The alignment in memory, in bytes.
    pub fn alignment(&self) -> u32 {
        match self {
            Type::Primitive(primitive) => primitive.size(),
            Type::String | Type::List(_) => 4,
            Type::Tuple(members) => alignment(members),
            Type::Record(record) => alignment(&record.types),
        }
    }

    /// The size in memory, in bytes: strings and lists are a pointer and a length.
    pub fn size(&self) -> u32 {
        match self {
            Type::Primitive(primitive) => primitive.size(),
            Type::String | Type::List(_) => 8,
            Type::Tuple(members) => size(members),
            Type::Record(record) => size(&record.types),
        }
    }

    /// The members of a tuple or a record.
    pub fn parts(&self) -> Option<&[Type]> {
        match self {
            Type::Tuple(members) => Some(members),
            Type::Record(record) => Some(&record.types),
            Type::Primitive(_) | Type::String | Type::List(_) => None,
        }
    }

    /// Each member of a tuple with its offset in bytes.
    pub fn members(members: &[Type]) -> impl Iterator<Item = (u32, &Type)> {
        members.iter().scan(0, |end: &mut u32, member| {
            let offset = end.next_multiple_of(member.alignment());
            *end = offset + member.size();
            Some((offset, member))
        })
    }
}

/// The alignment of a tuple of these types, in bytes.
fn alignment(members: &[Type]) -> u32 {
    members.iter().map(Type::alignment).max().unwrap_or(1)
}

/// The size of a tuple of these types, in bytes.
fn size(members: &[Type]) -> u32 {
    let end = members.iter().fold(0, |offset: u32, member| {
        offset.next_multiple_of(member.alignment()) + member.size()
    });
    end.next_multiple_of(alignment(members))
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Primitive(primitive) => formatter.write_str(primitive.name()),
            Type::String => formatter.write_str("string"),
            Type::List(element) => write!(formatter, "list<{element}>"),
            Type::Tuple(members) => {
                formatter.write_str("tuple<")?;
                for (index, member) in members.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{member}")?;
                }
                formatter.write_str(">")
            }
            Type::Record(record) => formatter.write_str(&record.name),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "record {} {{", self.name)?;
        for (index, (name, of)) in self.names.iter().zip(&self.types).enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(formatter, "{separator} {name}: {of}")?;
        }
        formatter.write_str(" }")
    }
}

/// A parameter of an exercise's function.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// Its name, in kebab case.
    pub name: String,
    /// Its type.
    pub of: Type,
}

/// The name, parameters and result of an exercise's function.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature {
    /// The records that are named in it, each before those that contain it.
    pub records: Vec<Arc<Record>>,
    /// The function's name, in kebab case.
    pub name: String,
    /// Its parameters; there is at least one, since every call gets a new input.
    pub parameters: Vec<Parameter>,
    /// What it gives back.
    pub result: Type,
}

impl Signature {
    /// The parameters as one type, as they lie in memory.
    pub fn arguments(&self) -> Type {
        Type::Tuple(
            self.parameters
                .iter()
                .map(|parameter| parameter.of.clone())
                .collect(),
        )
    }

    /// What the exercise's generator has to offer: the arguments of one call from a seed and a size.
    pub fn of_generator(&self) -> Signature {
        let number = |name: &str, primitive| Parameter {
            name: name.to_owned(),
            of: Type::Primitive(primitive),
        };
        Signature {
            records: self.records.clone(),
            name: "generate".to_owned(),
            parameters: vec![
                number("seed", Primitive::U64),
                number("size", Primitive::U32),
            ],
            result: match self.parameters.as_slice() {
                [only] => only.of.clone(),
                _ => self.arguments(),
            },
        }
    }

    /// What the exercise's checker has to offer: whether an answer is right, and the place of the first value that is not.
    /// It gets the arguments, the expected answer and the answer to judge.
    pub fn of_checker(&self) -> Signature {
        let answer = |name: &str| Parameter {
            name: name.to_owned(),
            of: self.result.clone(),
        };
        let answers = [answer("expected"), answer("answer")];
        Signature {
            records: self.records.clone(),
            name: "check".to_owned(),
            parameters: self.parameters.iter().cloned().chain(answers).collect(),
            result: Type::Tuple(vec![Type::Primitive(Primitive::Bool), Type::String]),
        }
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for record in &self.records {
            write!(formatter, "{record} ")?;
        }
        write!(formatter, "{}: func(", self.name)?;
        for (index, parameter) in self.parameters.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(formatter, "{separator}{}: {}", parameter.name, parameter.of)?;
        }
        write!(formatter, ") -> {}", self.result)
    }
}

impl FromStr for Signature {
    type Err = SignatureError;

    fn from_str(text: &str) -> Result<Signature, SignatureError> {
        parser::signature(text)
    }
}

impl TryFrom<String> for Signature {
    type Error = SignatureError;

    fn try_from(text: String) -> Result<Signature, SignatureError> {
        text.parse()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> String {
        signature.to_string()
    }
}
