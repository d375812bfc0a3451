//! Programs of lessons: whole Rust programs with a `main`, which print.
//!
//! 1. The macros that print are given to the program by [`source`], since its target has nothing to print to.
//! 2. It is compiled, judged and translated as a solution is, with one import more: [`PRINT`].
//! 3. It runs in a process of its own, with limits of work, memory and output ([`OUTPUT_BYTES`]).
//!
//! Lines of messages are those of the program as its author wrote it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::GraderError;
use crate::artifacts::translate;
use crate::child::{self, Answer, Role, Task};
use crate::compile::{LineTables, compile, source_text};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::{Failure, TimeLimit};
use crate::grade::Grader;
use crate::language::Language;
use crate::precheck::precheck_program;
use crate::sandbox::{Limits, PROCESSOR_TIME};
use crate::signature::{Primitive, Signature};
use crate::value::Value;
use crate::verdict::Verdict;

/// The module and name of the host's function that prints: where the text is, and its length.
pub const PRINT: (&str, &str) = ("lab", "print");

/// The most that a program may print, in bytes.
pub const OUTPUT_BYTES: usize = 64 << 10;

/// How much memory a program may hold, in bytes.
const MEMORY_BYTES: u64 = 64 << 20;

/// How much work it may do: some seconds of it.
const FUEL: u64 = 4_000_000_000;

/// What running it may use.
const LIMITS: Limits = Limits {
    address_space_bytes: None,
    data_bytes: 1 << 30,
    processor_seconds: 6,
    file_bytes: 0,
    wall: Duration::from_secs(12),
    output_bytes: 1 << 20,
};

/// What came of running a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramReport {
    /// What it printed, up to its end, whatever that was.
    pub output: String,
    /// Why it did not come to its own end, in the contract's word.
    pub verdict: Option<Verdict>,
    /// The same as a sentence.
    pub message: Option<String>,
    /// The same as data.
    pub failure: Option<Failure>,
}

impl ProgramReport {
    fn new(output: String, failure: Option<Failure>) -> ProgramReport {
        ProgramReport {
            output,
            verdict: failure.as_ref().map(Failure::verdict),
            message: failure.as_ref().map(Failure::message),
            failure,
        }
    }
}

/// Run a program that prints.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrintTask {
    signature: Signature,
}

/// What a program printed, and why it ended early.
#[derive(Debug, Serialize, Deserialize)]
struct Printed {
    output: String,
    failure: Option<Failure>,
}

impl PrintTask {
    pub(crate) fn run(&self) -> Answer<impl Serialize + use<>> {
        let engine = engine(Purpose::Checking, Compiler::Absent);
        let program = Role::Solution.load(&engine, Purpose::Checking)?;
        let mut running = match program.start(MEMORY_BYTES) {
            Ok(running) => running,
            Err(failure) => {
                return Ok(Printed {
                    output: String::new(),
                    failure: Some(failure),
                });
            }
        };
        let limit = TimeLimit::Work { fuel: FUEL };
        let nothing = Value::Tuple(vec![Value::Primitive(Primitive::Bool, 0)]);
        let ended = running
            .prepare(&nothing, &self.signature.arguments())
            .and_then(|prepared| running.call_counted(prepared, FUEL, limit));
        Ok(Printed {
            output: String::from_utf8_lossy(running.printed()).into_owned(),
            failure: ended.err(),
        })
    }
}

impl Grader {
    /// Compiles and runs a program.
    ///
    /// # Errors
    /// Failures of ours, which say nothing about the program.
    pub fn run_program(&self, program: &str) -> Result<ProgramReport, GraderError> {
        let failed = |failure| Ok(ProgramReport::new(String::new(), Some(failure)));
        if let Err(failure) = source_text(program.as_bytes()) {
            return failed(failure);
        }
        let tools = self.tools();
        let job = tools.job_folder()?;
        let compiling = job.path().join("compile");
        std::fs::create_dir(&compiling)?;
        let signature: Signature = SIGNATURE.parse().expect("it is a signature");
        let compiled = compile(
            tools,
            (Language::Rust, &source(program)),
            LineTables::Left,
            &signature,
            &compiling,
        )?;
        let wasm = match compiled {
            Ok(wasm) => wasm,
            Err(failure) => return failed(failure),
        };
        if let Err(failure) = precheck_program(&wasm, MEMORY_BYTES) {
            return failed(failure);
        }
        if let Err(failure) = translate(tools, &wasm, &[Purpose::Checking], job.path())? {
            return failed(failure);
        }
        let mut process = tools.child_process(LIMITS, &Task::Print(PrintTask { signature }))?;
        process.read_only.push((
            job.path()
                .join(child::translation_file_name(Purpose::Checking)),
            format!("{}/{}", child::INPUT_FOLDER, Role::Solution.file_name()),
        ));
        let finished = tools.sandbox.run(&process)?;
        if finished.code == PROCESSOR_TIME {
            return failed(Failure::TimeLimit {
                limit: TimeLimit::AllCalls {
                    milliseconds: LIMITS.processor_seconds * 1_000,
                },
            });
        }
        let printed: Printed = tools.answer(&finished)?;
        Ok(ProgramReport::new(printed.output, printed.failure))
    }
}

/// To the pipeline a program is a function; neither its argument nor its answer means anything.
const SIGNATURE: &str = "lab-program: func(nothing: bool) -> bool";

/// Macros that print, on one line, so that the lines behind it keep their numbers. They hide those of the standard
/// library, which print to nowhere on this target.
const MACROS: &str = "macro_rules! print { ($($t:tt)*) => { crate::lab_print::text(::std::format!($($t)*)) } } \
    macro_rules! println { () => { crate::lab_print::text(\"\\n\") }; \
    ($($t:tt)*) => { crate::lab_print::text(::std::format!($($t)*) + \"\\n\") } } \
    macro_rules! eprint { ($($t:tt)*) => { print!($($t)*) } } \
    macro_rules! eprintln { ($($t:tt)*) => { println!($($t)*) } } \
    macro_rules! dbg { () => { println!(\"[{}:{}]\", ::std::file!(), ::std::line!()) }; \
    ($v:expr $(,)?) => { match $v { v => { println!(\"[{}:{}] {} = {:#?}\", ::std::file!(), ::std::line!(), \
    ::std::stringify!($v), &v); v } } }; ($($v:expr),+ $(,)?) => { ($(dbg!($v)),+,) } } ";

/// What stands behind the program: the function that the pipeline calls, and the way to the host.
const ENDING: &str = "
pub fn lab_program(_: bool) -> bool {
    lab_print::Ending::end(main())
}

#[allow(dead_code)]
mod lab_print {
    #[link(wasm_import_module = \"lab\")]
    unsafe extern \"C\" {
        fn print(text: *const u8, length: usize);
    }

    pub fn text(text: impl AsRef<str>) {
        let text = text.as_ref();
        unsafe { print(text.as_ptr(), text.len()) }
    }

    /// What `main` may give.
    pub trait Ending {
        fn end(self) -> bool;
    }

    impl Ending for () {
        fn end(self) -> bool {
            true
        }
    }

    impl<T: Ending, E: std::fmt::Debug> Ending for Result<T, E> {
        fn end(self) -> bool {
            match self {
                Ok(ended) => ended.end(),
                Err(error) => {
                    text(format!(\"Error: {error:?}\\n\"));
                    false
                }
            }
        }
    }
}
";

/// A program as it is compiled. The macros come behind what has to stand first in a file: comments and attributes of the
/// whole.
fn source(program: &str) -> String {
    let mut first = 0;
    for line in program.split_inclusive('\n') {
        let text = line.trim_start();
        if !(text.trim().is_empty() || text.starts_with("//") || text.starts_with("#![")) {
            break;
        }
        first += line.len();
    }
    let (head, body) = program.split_at(first);
    format!("{head}{MACROS}{body}{ENDING}")
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn the_lines_of_a_program_keep_their_numbers() {
        let program = "//! About.\n#![allow(unused)]\n\nfn main() {\n    println!(\"x\");\n}\n";
        let compiled = source(program);
        let line = |text: &str| compiled.lines().position(|line| line.contains(text));
        assert_eq!(line("#![allow(unused)]"), Some(1));
        assert_eq!(line("fn main()"), Some(3));
        assert!(line("macro_rules! print ") >= Some(3));
    }
}
