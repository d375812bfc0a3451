//! The languages that exercises can be solved in. All that is particular to one of them stands in its module below, as a
//! [`Description`]; a new language is a module, a variant of [`Language`] and an arm of [`Language::description`]
//! (`LANGUAGES.md` beside the crate's manifest goes through it).

use std::io;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::compile::Build;
use crate::failure::Failure;
use crate::signature::{Signature, Type};
use crate::toolchain::Toolchain;

mod assemblyscript;
mod c;
mod expressible;
pub(crate) mod rust;
pub(crate) mod wat;

pub use expressible::Inexpressible;

/// A language that exercises can be solved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Rust, edition 2024.
    Rust,
    /// C23.
    C,
    /// AssemblyScript: TypeScript's syntax, WebAssembly's types.
    AssemblyScript,
    /// WebAssembly's text format.
    Wat,
}

/// The name that a solution's file has inside the sandbox, without its extension.
pub const SOLUTION: &str = "solution";

/// A file that is put beside a solution.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub text: String,
}

/// What each run of a compiler may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Processor time, in seconds.
    pub processor_seconds: u64,
    /// Memory that it can write to, in bytes.
    pub memory_bytes: u64,
    /// Addresses, in bytes, of which its own code takes some hundred megabytes; none where it reserves far more than it
    /// touches.
    pub address_space_bytes: Option<u64>,
}

/// All that is particular to one language.
pub(crate) trait Description: Sync {
    /// The word for it on command lines, in JSON and as the name of its folder in an exercise.
    fn name(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> &'static str;

    /// The extension of its files, without the dot.
    fn extension(&self) -> &'static str;

    /// The compiler's flags that matter to the speed of a program, as learners are told them.
    fn flags(&self) -> &'static [&'static str];

    /// What each run of its compiler may use.
    fn budget(&self) -> Budget;

    /// The version of its compiler, with the compiler's name.
    ///
    /// # Errors
    /// Why it is not installed here, as a sentence.
    fn version(&self, toolchain: &Toolchain) -> Result<String, String>;

    /// SHA-256 of its compiler, where that is not the one which also compiles generators.
    fn compiler_sha256<'a>(&self, toolchain: &'a Toolchain) -> Option<&'a str>;

    /// Words that no function, parameter, record or field may be named by.
    fn reserved_words(&self) -> &'static [&'static str];

    /// Why it cannot express a type, apart from the types that it is made of.
    fn refuses(&self, of: &Type) -> Option<&'static str>;

    /// The name of an exercise's function.
    fn entry(&self, signature: &Signature) -> String;

    /// The first line of an exercise's function, as its author and its learners write it.
    fn declaration(&self, signature: &Signature) -> String;

    /// What a learner has to know besides, in the language itself: the types that the declaration names, or how values lie
    /// in memory. May be empty.
    fn surroundings(&self, signature: &Signature) -> String;

    /// The files around a solution: how the sandbox hands arguments over and takes the answer.
    fn files(&self, signature: &Signature) -> Vec<File>;

    /// From source to WebAssembly, with the files beside it.
    ///
    /// # Errors
    /// The outer error is ours, the inner one the source's.
    fn compile(&self, build: &Build<'_>) -> io::Result<Result<Vec<u8>, Failure>>;
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 4] = [
        Language::Rust,
        Language::C,
        Language::AssemblyScript,
        Language::Wat,
    ];

    /// Where everything about it stands.
    pub(crate) fn description(self) -> &'static dyn Description {
        match self {
            Language::Rust => &rust::Rust,
            Language::C => &c::C,
            Language::AssemblyScript => &assemblyscript::AssemblyScript,
            Language::Wat => &wat::Wat,
        }
    }

    /// The word for it on command lines, in JSON and as the name of its folder in an exercise.
    pub fn name(self) -> &'static str {
        self.description().name()
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.description().title()
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        self.description().extension()
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
        self.description().flags()
    }

    /// What each run of its compiler may use.
    pub fn budget(self) -> Budget {
        self.description().budget()
    }

    /// The name of an exercise's function in this language.
    pub fn entry(self, signature: &Signature) -> String {
        self.description().entry(signature)
    }

    /// The first line of an exercise's function, as its author and its learners write it.
    pub fn entry_declaration(self, signature: &Signature) -> String {
        self.description().declaration(signature)
    }

    /// What a learner has to know besides, in the language itself; may be empty.
    pub fn surroundings(self, signature: &Signature) -> String {
        self.description().surroundings(signature)
    }

    /// The files around a solution.
    pub fn files(self, signature: &Signature) -> Vec<File> {
        self.description().files(signature)
    }

    /// What of a signature cannot be said in this language, if anything; the range is that in the signature's `text`.
    pub fn inexpressible(
        self,
        signature: &Signature,
        text: &str,
    ) -> Option<(Range<usize>, Inexpressible)> {
        expressible::find(self.description(), signature, text)
    }
}

/// A name in kebab case as most languages write it.
fn snake_case(name: &str) -> String {
    name.replace('-', "_")
}

/// A name in kebab case with its words joined by capitals, the first word's included.
fn pascal_case(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}
