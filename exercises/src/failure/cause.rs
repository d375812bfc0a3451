//! The particulars of a failure that a page has to put into words.

use serde::{Deserialize, Serialize};

/// Something whose size is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The source.
    Source,
    /// The compiled program.
    Module,
    /// The functions of the compiled program.
    Functions,
    /// The code of one of them.
    FunctionBody {
        /// Which one, from 1.
        number: u32,
    },
    /// The local variables of one of them.
    Locals {
        /// Which one, from 1.
        number: u32,
    },
    /// The memory that the program starts with.
    Memory,
    /// The program's table of functions.
    Table,
    /// The list of names that the program offers.
    Exports,
    /// The program's constant data.
    Data,
    /// The pieces that the constant data consists of.
    DataSegments,
    /// The types of functions that the program distinguishes.
    Types,
    /// The program's global variables.
    Globals,
}

/// What the size of a [`Part`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Members, whatever they are.
    Elements,
}

impl Part {
    /// What its size is counted in.
    pub fn unit(self) -> Unit {
        match self {
            Part::Source | Part::Module | Part::FunctionBody { .. } | Part::Memory | Part::Data => {
                Unit::Bytes
            }
            Part::Functions
            | Part::Locals { .. }
            | Part::Table
            | Part::Exports
            | Part::DataSegments
            | Part::Types
            | Part::Globals => Unit::Elements,
        }
    }
}

/// Why a compiler, or the translation to machine code after it, came to no end of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompilerLimit {
    /// It worked for too long. Verdicts from before processor time was counted may say `time`.
    #[serde(alias = "time")]
    ProcessorTime {
        /// What it may use, in seconds of processor time.
        limit_seconds: u64,
    },
    /// It wanted too much memory.
    Memory {
        /// What it may use, in bytes.
        limit_bytes: u64,
    },
    /// It crashed, as it does when something is nested too deeply.
    Crash,
    /// It ended without a word.
    Silence,
    /// Translating the program to machine code took too long.
    TranslationTime {
        /// What it may take, in milliseconds of processor time.
        limit_milliseconds: u64,
    },
    /// Translating the program to machine code took too much memory, or crashed.
    TranslationMemory {
        /// What it may use, in bytes.
        limit_bytes: u64,
    },
    /// The program has a part that is too large to translate.
    Translation,
}

/// A limit of time that a program reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeLimit {
    /// One call did more work than the exercise's starter by this factor.
    WorkFactor {
        /// How many times the starter's work is allowed.
        factor: u64,
        /// The same in fuel.
        fuel: u64,
    },
    /// One call did more work than any may.
    Work {
        /// How much is allowed, in fuel.
        fuel: u64,
    },
    /// What is done before the first call, which is not timed, was more than may be done there.
    Start {
        /// How much is allowed, in fuel.
        fuel: u64,
    },
    /// All calls together took too long.
    AllCalls {
        /// How long they may take, in milliseconds of processor time.
        milliseconds: u64,
    },
    /// The calls that are timed together took too long.
    Batch {
        /// How long they may take, in milliseconds of processor time.
        milliseconds: u64,
    },
}

impl TrapCause {
    /// Whether it asked for what the sandbox does not have: Rust's library then panics with a message of its own, such as
    /// "time not implemented on this platform".
    pub fn is_of_platform(&self) -> bool {
        matches!(self, TrapCause::Panic { message, .. } if message.contains(" on this platform"))
    }
}

/// How a program stopped at run time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrapCause {
    /// It said why itself.
    Panic {
        /// The panic's own message.
        message: String,
        /// Whether that is only its beginning.
        cut: bool,
    },
    /// It gave up without a message.
    Abort,
    /// Its calls are nested too deeply.
    StackOverflow {
        /// How large the stack is, in bytes.
        limit_bytes: u64,
    },
    /// It read or wrote outside its memory.
    MemoryOutOfBounds {
        /// The address and the size of the memory, where the machine tells them.
        access: Option<(u64, u64)>,
    },
    /// It divided a whole number by zero.
    DivisionByZero,
    /// The result of a division does not fit its type.
    IntegerOverflow,
    /// It made a whole number of a fraction that is not a number, or too large.
    BadConversion,
    /// It called a function by a number that none has.
    UndefinedFunction,
    /// It called a function as if it had other parameters.
    WrongFunctionType,
    /// It used a table or a list of the machine beyond its end.
    TableOutOfBounds,
    /// The memory for the arguments that it offered is not its own.
    NoRoomForArguments,
    /// Its result does not lie in its memory.
    ResultOutside {
        /// Where the result is said to be.
        pointer: u32,
        /// How many bytes it is said to have.
        bytes: u64,
        /// How many bytes the memory has.
        memory_bytes: u64,
    },
    /// Its result lies at an address that such a value cannot have.
    ResultMisaligned {
        /// The address.
        pointer: u32,
    },
    /// A text in its result is not UTF-8.
    ResultNotUtf8,
    /// Anything else.
    Other {
        /// What the machine calls it.
        detail: String,
    },
}
