//! Failures as English sentences: what happened, what is allowed, what to do.

mod world;

use crate::failure::{CompilerLimit, Failure, Part, TimeLimit, TrapCause, Unit};

impl Failure {
    /// What happened, what is expected and what to do, in English.
    pub fn message(&self) -> String {
        match self {
            Failure::NotUtf8 { valid_bytes } => {
                format!("The source is not UTF-8: byte {} cannot be read. Save the file as UTF-8.", valid_bytes + 1)
            }
            Failure::Nul { line } => format!("Line {line} has a NUL character. Remove it."),
            Failure::TooLarge { what, found, limit } => {
                let unit = match what.unit() {
                    Unit::Bytes => " bytes",
                    Unit::Elements => "",
                };
                format!("Too large: {} {found}{unit}, and {limit} are allowed. Make it smaller.", part(*what))
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
            Failure::Feature { names } => format!(
                "The compiled program uses what is off in the sandbox: {}. Do without it.",
                names.join(", ")
            ),
            Failure::NoExport { name } => format!(
                "The compiled program does not export `{name}` as the sandbox calls it. Leave the exercise's own part \
                 as it was."
            ),
            Failure::Damaged { valid_bytes, detail } => {
                format!("The compiled program is not WebAssembly from byte {valid_bytes} on: {detail}.")
            }
            Failure::Compiler { text, cut: false, .. } => text.clone(),
            Failure::Compiler { text, cut: true, .. } => {
                format!("{text}\n… (the rest is left out; mend these errors first)")
            }
            Failure::CompilerLimit { reason } => compiler_limit(*reason),
            Failure::Trap { cause, place, frames } => {
                let stopped = match place {
                    Some((line, column)) => format!("The program stopped at line {line}, column {column}"),
                    None => "The program stopped".to_owned(),
                };
                let within = match frames.as_slice() {
                    [] => String::new(),
                    frames => format!("\nin: {}", frames.join(" ← ")),
                };
                let advice = if cause.is_of_platform() {
                    ". The sandbox has one thread and no clock, files or network: compute the answer without them"
                } else {
                    ""
                };
                format!("{stopped}: {}{advice}{within}", trap_cause(cause))
            }
            Failure::TimeLimit { limit } => format!(
                "The program takes too long: {}. Look for a loop that does not end, or for repeated work.",
                time_limit(*limit)
            ),
            Failure::MemoryLimit { asked_bytes, limit_bytes } => format!(
                "The program asked for {:.1} MiB of memory in all, and {:.1} MiB are allowed. Keep less at a time.",
                mebibytes(*asked_bytes),
                mebibytes(*limit_bytes)
            ),
            Failure::OutputLimit { found_bytes, limit_bytes } => format!(
                "The answer has {:.1} MiB or more, and {:.1} MiB are allowed. Return what was asked for.",
                mebibytes(*found_bytes),
                mebibytes(*limit_bytes)
            ),
            Failure::WrongExample { input, expected, got } => {
                format!("The answer to an example is wrong.\ninput: {input}\nexpected: {expected}\ngot: {got}")
            }
            Failure::World { broken } => world::sentence(broken),
            Failure::WrongHidden { size, place } if place.is_empty() => {
                format!("The answer is wrong for a hidden input of size {size}.")
            }
            Failure::WrongHidden { size, place } => {
                format!("The answer is wrong for a hidden input of size {size}: the first difference is at {place}.")
            }
        }
    }
}

/// A part, up to the verb before its size.
fn part(part: Part) -> String {
    match part {
        Part::Source => "the source has".to_owned(),
        Part::Module => "the compiled program has".to_owned(),
        Part::Functions => "the number of functions in the compiled program is".to_owned(),
        Part::FunctionBody { number } => format!("function {number} of the compiled program has"),
        Part::Locals { number } => {
            format!("the number of local variables in function {number} of the compiled program is")
        }
        Part::Memory => "the memory that the program starts with has".to_owned(),
        Part::Table => "the number of entries in the program's table of functions is".to_owned(),
        Part::Exports => "the number of names that the compiled program exports is".to_owned(),
        Part::Data => "the program's constant data have".to_owned(),
        Part::DataSegments => "the number of pieces of constant data is".to_owned(),
        Part::Types => "the number of function types in the compiled program is".to_owned(),
        Part::Globals => "the number of global variables in the compiled program is".to_owned(),
    }
}

fn compiler_limit(limit: CompilerLimit) -> String {
    match limit {
        CompilerLimit::ProcessorTime { limit_seconds } => format!(
            "The compiler was stopped: it used more than the {limit_seconds} seconds of processor time that it may \
             use. Make the program simpler to compile."
        ),
        CompilerLimit::Memory { limit_bytes } => format!(
            "The compiler was stopped: it wanted more than the {} MiB of memory that it may use. Make the program \
             simpler to compile.",
            limit_bytes >> 20
        ),
        CompilerLimit::Crash => {
            "The compiler crashed (signal 11), as it does when something is nested too deeply. Nest less.".to_owned()
        }
        CompilerLimit::Silence => {
            "The compiler gave up without an error of its own. Make the program simpler to compile.".to_owned()
        }
        CompilerLimit::TranslationTime { limit_milliseconds } => format!(
            "Translating the program to machine code took longer than the {} seconds that it may take. Make its \
             functions smaller.",
            seconds(limit_milliseconds)
        ),
        CompilerLimit::TranslationMemory { limit_bytes } => format!(
            "Translating the program to machine code took more than the {} MiB of memory that it may take. Make its \
             functions smaller.",
            limit_bytes >> 20
        ),
        CompilerLimit::Translation => {
            "A function of the program is too large to be translated to machine code. Make it smaller.".to_owned()
        }
    }
}

fn time_limit(limit: TimeLimit) -> String {
    match limit {
        TimeLimit::WorkFactor { factor, fuel } => format!(
            "one call did more than {factor} times the work of the starter, which is about {} million instructions",
            fuel / 1_000_000
        ),
        TimeLimit::Work { fuel } => format!(
            "one call ran more than the {} million instructions or so that it may run",
            fuel / 1_000_000
        ),
        TimeLimit::Start { fuel } => format!(
            "before its first call it ran more than the {} thousand instructions or so that it may run there; do the work when \
             the function is called",
            fuel / 1_000
        ),
        TimeLimit::AllCalls { milliseconds } => {
            format!(
                "all its calls together took more than the {} seconds that they may take",
                seconds(milliseconds)
            )
        }
        TimeLimit::Batch { milliseconds } => {
            format!(
                "the calls of one sample took more than the {} seconds that they may take",
                seconds(milliseconds)
            )
        }
    }
}

fn trap_cause(cause: &TrapCause) -> String {
    match cause {
        TrapCause::Panic { message, .. } if message.is_empty() => "it panicked without a message".to_owned(),
        TrapCause::Panic { message, cut: false } => message.clone(),
        TrapCause::Panic { message, cut: true } => format!("{message}…"),
        TrapCause::Abort => "it gave up without a message (`abort`, or an `unreachable` instruction)".to_owned(),
        TrapCause::StackOverflow { limit_bytes } => format!(
            "the recursion is too deep: the stack holds {} KiB. Recurse less deeply, or use a loop.",
            limit_bytes >> 10
        ),
        TrapCause::MemoryOutOfBounds { access } => {
            let access = match access {
                Some((address, size)) => format!(": address {address}, and the memory has {size} bytes"),
                None => String::new(),
            };
            format!(
                "it reached outside its memory{access}. Wrong `unsafe` code does that, and so does a recursion that is \
                 too deep."
            )
        }
        TrapCause::DivisionByZero => "a whole number was divided by zero".to_owned(),
        TrapCause::IntegerOverflow => "the result of a division does not fit its type".to_owned(),
        TrapCause::BadConversion => {
            "a fraction that is not a number, or too large, was converted to a whole number".to_owned()
        }
        TrapCause::UndefinedFunction => "it called a function through a pointer to none".to_owned(),
        TrapCause::WrongFunctionType => {
            "it called a function through a pointer of another type: other parameters, or another result".to_owned()
        }
        TrapCause::TableOutOfBounds => "it reached beyond the end of its table of functions".to_owned(),
        TrapCause::NoRoomForArguments => "the place that it gave for the arguments is not in its memory".to_owned(),
        TrapCause::ResultOutside { pointer, bytes, memory_bytes } => format!(
            "the result lies outside its memory: {bytes} bytes at address {pointer}, and the memory has \
             {memory_bytes} bytes"
        ),
        TrapCause::ResultMisaligned { pointer } => format!("the result's address {pointer} is not aligned"),
        TrapCause::ResultNotUtf8 => "the result has a text that is not UTF-8".to_owned(),
        TrapCause::Other { detail } => detail.clone(),
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Seconds with one decimal place where they are not whole.
fn seconds(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1_000) {
        (milliseconds / 1_000).to_string()
    } else {
        format!("{:.1}", milliseconds as f64 / 1e3)
    }
}
