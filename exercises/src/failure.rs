//! Why a learner's program has no time to compare: each way to fail as data, and the contract's word for it.
//!
//! Nothing here is prose but what the learner's own program or compiler said, so that every page can say the rest in
//! its reader's language; `english.rs` has the sentences of the command line and of JSON.

use serde::{Deserialize, Serialize};

use crate::verdict::Verdict;
use crate::world::Broken;

mod cause;
mod english;

pub use cause::{CompilerLimit, Part, TimeLimit, TrapCause, Unit};

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
        /// What is too large; it also knows the unit of the two numbers.
        what: Part,
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
    /// The program uses parts of WebAssembly that are off here.
    Feature {
        /// The proposals that brought them, by their names, such as `threads`.
        names: Vec<String>,
    },
    /// The program lacks what the sandbox calls it by.
    NoExport {
        /// The name of the export.
        name: String,
    },
    /// The program is not WebAssembly.
    Damaged {
        /// How many bytes of it make sense, from the start.
        valid_bytes: usize,
        /// What the validator says, in its own words.
        detail: String,
    },
    /// The compiler refused the source.
    Compiler {
        /// Its own words, with lines and columns.
        text: String,
        /// Whether they are only the beginning of what it said.
        #[serde(default)]
        cut: bool,
        /// The places in the source that it complains about, at most [`PLACES`].
        #[serde(default)]
        places: Vec<Place>,
    },
    /// The compiler was stopped.
    CompilerLimit {
        /// What it ran out of, or how it ended.
        reason: CompilerLimit,
    },
    /// The program stopped itself, or did something that cannot be done.
    Trap {
        /// What it did.
        cause: TrapCause,
        /// Where in the source, as line and column from 1, if known.
        place: Option<(u32, u32)>,
        /// The functions that it was in, the innermost first; none where the place says enough.
        #[serde(default)]
        frames: Vec<String>,
    },
    /// The program takes too long.
    TimeLimit {
        /// The limit that was reached.
        limit: TimeLimit,
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
        /// How long it is, at least.
        found_bytes: u64,
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
    /// The program broke a rule of the simulated world that it ran in.
    World {
        /// The rule, and where.
        broken: Broken,
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
    /// A stop at run time of which neither place nor functions are known.
    pub(crate) fn trap(cause: TrapCause) -> Failure {
        Failure::Trap {
            cause,
            place: None,
            frames: Vec::new(),
        }
    }

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
            | Failure::Feature { .. }
            | Failure::NoExport { .. }
            | Failure::Damaged { .. } => Verdict::Rejected,
            Failure::Compiler { .. } | Failure::CompilerLimit { .. } => Verdict::CompileError,
            Failure::Trap { .. } => Verdict::Trap,
            Failure::TimeLimit { .. } => Verdict::TimeLimit,
            Failure::MemoryLimit { .. } => Verdict::MemoryLimit,
            Failure::OutputLimit { .. } => Verdict::OutputLimit,
            Failure::WrongExample { .. } | Failure::WrongHidden { .. } | Failure::World { .. } => {
                Verdict::WrongAnswer
            }
        }
    }
}
