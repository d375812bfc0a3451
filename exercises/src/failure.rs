//! Why a learner's program has no time to compare: each way to fail, the contract's word for it, and a sentence.

use serde::{Deserialize, Serialize};

use crate::verdict::Verdict;

/// What went wrong with a learner's program. Always theirs: a failure of ours is an [`crate::GraderError`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    /// The source is not UTF-8.
    NotUtf8 {
        /// How many bytes are, from the start.
        valid_bytes: usize,
    },
    /// The source has a NUL character.
    Nul {
        /// The line, from 1.
        line: usize,
    },
    /// The source, or something in the compiled program, is larger than allowed.
    TooLarge {
        /// What is too large.
        what: String,
        /// The unit of the two numbers.
        unit: String,
        /// How large it is.
        found: u64,
        /// How large it may be.
        limit: u64,
    },
    /// There is no function with the exercise's name.
    NoEntry {
        /// How its first line has to read.
        declaration: String,
    },
    /// The function with the exercise's name is not public.
    PrivateEntry {
        /// How its first line has to read.
        declaration: String,
    },
    /// The exercise's function has other parameters or another result.
    WrongSignature {
        /// How its first line has to read.
        declaration: String,
    },
    /// The source brings a memory allocator of its own.
    Allocator,
    /// The program wants something from outside the sandbox.
    Import {
        /// The module that it asks.
        module: String,
        /// What it asks for.
        name: String,
    },
    /// The program wants to run before it is called.
    StartSection,
    /// The program is not the WebAssembly that the sandbox runs.
    Feature {
        /// What the validator says.
        detail: String,
    },
    /// The compiler refused the source.
    Compiler {
        /// Its own words, with lines and columns.
        text: String,
        /// The places in the source that it complains about, at most [`PLACES`].
        #[serde(default)]
        places: Vec<Place>,
    },
    /// The compiler was stopped.
    CompilerLimit {
        /// What it ran out of, or how it ended.
        reason: String,
    },
    /// The program stopped itself, or did something that cannot be done.
    Trap {
        /// The panic's message, or what cannot be done.
        message: String,
        /// Where in the source, as line and column from 1, if known.
        place: Option<(u32, u32)>,
    },
    /// The program takes too long.
    TimeLimit {
        /// The limit that was reached, in words.
        limit: String,
    },
    /// The program stopped because it was refused memory.
    MemoryLimit {
        /// How much it wanted in all.
        asked_bytes: u64,
        /// How much it may have.
        limit_bytes: u64,
    },
    /// The answer is longer than allowed.
    OutputLimit {
        /// How long it may be.
        limit_bytes: u64,
    },
    /// The answer to a visible example is wrong.
    WrongExample {
        /// The arguments.
        input: String,
        /// The right answer.
        expected: String,
        /// The program's answer.
        got: String,
    },
    /// The answer to a hidden input is wrong.
    WrongHidden {
        /// The input's size, as the exercise counts it.
        size: u32,
        /// The first place in the answer that differs; empty for the whole answer.
        place: String,
    },
}

/// How many of a compiler's complaints are kept as places.
pub const PLACES: usize = 50;

/// A range of the source with something wrong in it. Lines and columns count from 1, columns in characters; the end is not
/// part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first line.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
    /// What is wrong, in the compiler's words.
    pub message: String,
}

impl Failure {
    /// The contract's word for it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Failure::NotUtf8 { .. }
            | Failure::Nul { .. }
            | Failure::TooLarge { .. }
            | Failure::NoEntry { .. }
            | Failure::PrivateEntry { .. }
            | Failure::WrongSignature { .. }
            | Failure::Allocator
            | Failure::Import { .. }
            | Failure::StartSection
            | Failure::Feature { .. } => Verdict::Rejected,
            Failure::Compiler { .. } | Failure::CompilerLimit { .. } => Verdict::CompileError,
            Failure::Trap { .. } => Verdict::Trap,
            Failure::TimeLimit { .. } => Verdict::TimeLimit,
            Failure::MemoryLimit { .. } => Verdict::MemoryLimit,
            Failure::OutputLimit { .. } => Verdict::OutputLimit,
            Failure::WrongExample { .. } | Failure::WrongHidden { .. } => Verdict::WrongAnswer,
        }
    }

    /// What happened, what is expected and what to do, in English.
    pub fn message(&self) -> String {
        match self {
            Failure::NotUtf8 { valid_bytes } => {
                format!("The source is not UTF-8: byte {} cannot be read. Save the file as UTF-8.", valid_bytes + 1)
            }
            Failure::Nul { line } => format!("Line {line} has a NUL character. Remove it."),
            Failure::TooLarge { what, unit, found, limit } => {
                format!("Too large: {what} has {found} {unit}, and {limit} are allowed. Make it smaller.")
            }
            Failure::NoEntry { declaration } => {
                format!("The exercise's function is missing. Write `{declaration}`.")
            }
            Failure::PrivateEntry { declaration } => {
                format!("The exercise's function is private. Put `pub` in front of it: `{declaration}`.")
            }
            Failure::WrongSignature { declaration } => {
                format!("The exercise's function has other parameters or another result. Write `{declaration}`.")
            }
            Failure::Allocator => {
                "The program brings an allocator of its own, which would work outside the clock. Remove the \
                 `#[global_allocator]`."
                    .to_owned()
            }
            Failure::Import { module, name } => format!(
                "The program asks for `{module}.{name}`, and nothing from outside is available to it. Remove the \
                 external function."
            ),
            Failure::StartSection => {
                "The program wants to run before it is called. Do all work in the exercise's function.".to_owned()
            }
            Failure::Feature { detail } => {
                format!("The compiled program is not WebAssembly that the sandbox runs: {detail}.")
            }
            Failure::Compiler { text, .. } => text.clone(),
            Failure::CompilerLimit { reason } => {
                format!("The compiler was stopped: {reason}. Make the program simpler to compile.")
            }
            Failure::Trap { message, place: Some((line, column)) } => {
                format!("The program stopped at line {line}, column {column}: {message}")
            }
            Failure::Trap { message, place: None } => format!("The program stopped: {message}"),
            Failure::TimeLimit { limit } => {
                format!("The program takes too long: {limit}. Look for a loop that does not end, or for repeated work.")
            }
            Failure::MemoryLimit { asked_bytes, limit_bytes } => format!(
                "The program asked for {:.1} MiB of memory in all, and {:.1} MiB are allowed. Keep less at a time.",
                mebibytes(*asked_bytes),
                mebibytes(*limit_bytes)
            ),
            Failure::OutputLimit { limit_bytes } => {
                format!("The answer is longer than {:.1} MiB. Return what was asked for.", mebibytes(*limit_bytes))
            }
            Failure::WrongExample { input, expected, got } => {
                format!("The answer to an example is wrong.\ninput: {input}\nexpected: {expected}\ngot: {got}")
            }
            Failure::WrongHidden { size, place } if place.is_empty() => {
                format!("The answer is wrong for a hidden input of size {size}.")
            }
            Failure::WrongHidden { size, place } => {
                format!("The answer is wrong for a hidden input of size {size}: the first difference is at {place}.")
            }
        }
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
