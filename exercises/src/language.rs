//! The languages that exercises can be solved in. Everything that is particular to one of them stands here or in its
//! glue, so that a new language is a variant of [`Language`] and an arm in each `match`.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::signature::{Signature, Type};

/// A language that exercises can be solved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Rust, edition 2024.
    Rust,
}

/// The name that a solution's file has inside the sandbox, without its extension.
pub const SOLUTION: &str = "solution";

/// The support that every Rust solution is linked with.
pub(crate) const RUST_SUPPORT: &str = include_str!("glue/support.rs");

impl Language {
    /// Every language.
    pub const ALL: [Language; 1] = [Language::Rust];

    /// The word for it on command lines, in JSON and as the name of its folder in an exercise.
    pub fn name(self) -> &'static str {
        match self {
            Language::Rust => "rust",
        }
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Language::Rust => "rs",
        }
    }

    /// The language with this name.
    pub fn from_name(name: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.name() == name)
    }

    /// The language whose files have this extension.
    pub fn from_extension(extension: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.extension() == extension)
    }

    /// The compiler's flags that matter to the speed of a program, as learners are told them.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            // One unit of code, so that equal sources give equal programs; debug information of the standard library
            // would be ninety times the program.
            Language::Rust => &[
                "--edition=2024",
                "--target=wasm32-unknown-unknown",
                "-Copt-level=3",
                "-Ccodegen-units=1",
                "-Cpanic=abort",
                "-Cstrip=debuginfo",
            ],
        }
    }

    /// What the flags of a build that is profiled have after those of [`Language::flags`]: the code stays the same, and
    /// its lines are kept.
    pub fn line_table_flags(self) -> &'static [&'static str] {
        match self {
            Language::Rust => &["-Cstrip=none", "-Cdebuginfo=line-tables-only"],
        }
    }

    /// The name of an exercise's function in this language.
    pub fn entry(self, signature: &Signature) -> String {
        match self {
            Language::Rust => signature.name.replace('-', "_"),
        }
    }

    /// The first line of an exercise's function, as its author and its learners write it.
    pub fn entry_declaration(self, signature: &Signature) -> String {
        match self {
            Language::Rust => {
                let parameters: Vec<String> = signature
                    .parameters
                    .iter()
                    .map(|parameter| {
                        format!(
                            "{}: {}",
                            parameter.name.replace('-', "_"),
                            rust_type(&parameter.of)
                        )
                    })
                    .collect();
                let result = rust_type(&signature.result);
                format!(
                    "pub fn {}({}) -> {result}",
                    self.entry(signature),
                    parameters.join(", ")
                )
            }
        }
    }

    /// The program around a solution: it hands the arguments over and takes the answer.
    pub fn glue(self, signature: &Signature) -> String {
        match self {
            Language::Rust => {
                let types: Vec<String> = signature
                    .parameters
                    .iter()
                    .map(|parameter| rust_type(&parameter.of))
                    .collect();
                let members: Vec<String> = (0..types.len())
                    .map(|index| format!("arguments.{index}"))
                    .collect();
                let entry = self.entry(signature);
                let result = rust_type(&signature.result);
                let mut glue = RUST_SUPPORT.to_owned();
                write!(
                    glue,
                    "\ntype Arguments = ({},);\ntype Answer = {result};\n\
                     const ENTRY: fn({}) -> Answer = {SOLUTION}::{entry};\n\
                     fn answer(arguments: Arguments) -> Answer {{\n    ENTRY({})\n}}\n",
                    types.join(", "),
                    types.join(", "),
                    members.join(", "),
                )
                .expect("writing to a string cannot fail");
                glue
            }
        }
    }
}

/// A type as Rust writes it.
fn rust_type(of: &Type) -> String {
    match of {
        Type::Primitive(primitive) => primitive.name().replacen('s', "i", 1),
        Type::String => "String".to_owned(),
        Type::List(element) => format!("Vec<{}>", rust_type(element)),
        Type::Tuple(members) => {
            let members: Vec<String> = members.iter().map(rust_type).collect();
            format!("({},)", members.join(", "))
        }
    }
}
