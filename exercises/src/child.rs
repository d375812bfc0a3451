//! The process inside the sandbox: it gets one task on standard input, answers on standard output and ends.
//!
//! Translating, checking and timing each have a process of their own, so that a program that breaks its process, or
//! whatever it leaves behind there, touches nothing else.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::check::{CheckTask, ExamplesTask};
use crate::engine::{Compiler, Purpose, engine};
use crate::guest::Program;
use crate::language::wat::AssembleTask;
use crate::measure::MeasureTask;
use crate::probe;
use crate::profile::ProfileTask;
use crate::program::PrintTask;
use crate::world::sweep::SweepTask;
use crate::world::task::WorldTask;

/// The first argument that turns a program that embeds this crate into the child; its `main` then calls
/// [`sandboxed_child_main`] before anything else.
pub const CHILD_ARGUMENT: &str = "sandboxed-child";

/// Where the sandbox shows a task's files, read-only.
pub const INPUT_FOLDER: &str = "/job/in";

/// Where a task may write.
pub const OUTPUT_FOLDER: &str = "/job/out";

/// The stack of the thread that runs a task: a solution's stack and the host's own frames, with room to spare.
pub const STACK_BYTES: usize = 16 << 20;

/// The module that [`Task::Precompile`] translates.
pub const MODULE_FILE: &str = "module.wasm";

/// One task.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Try to get out.
    Probe,
    /// Make a module of a solution in the text format.
    Assemble(AssembleTask),
    /// Translate a module to machine code.
    Precompile(Vec<Purpose>),
    /// Compare a solution's answers with the reference's.
    Check(CheckTask),
    /// Answer the visible examples.
    Examples(ExamplesTask),
    /// Time a solution and the starter.
    Measure(MeasureTask),
    /// See where the time of a solution and the starter goes.
    Profile(ProfileTask),
    /// Run a program of a lesson.
    Print(PrintTask),
    /// Compare a solution and the starter in a simulated world.
    World(WorldTask),
    /// See what a simulated world comes to under one load after the other.
    Sweep(SweepTask),
}

/// A program of an exercise, as the child finds it among its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Makes inputs.
    Generator,
    /// Judges answers that need not be equal.
    Checker,
    /// *Before*.
    Starter,
    /// Knows the right answers.
    Reference,
    /// *After*.
    Solution,
}

impl Role {
    /// The name of its translated code in [`INPUT_FOLDER`].
    pub fn file_name(self) -> &'static str {
        match self {
            Role::Generator => "generator.cwasm",
            Role::Checker => "checker.cwasm",
            Role::Starter => "starter.cwasm",
            Role::Reference => "reference.cwasm",
            Role::Solution => "solution.cwasm",
        }
    }

    /// The name of its module there, where it is profiled.
    pub fn module_name(self) -> &'static str {
        match self {
            Role::Generator => "generator.wasm",
            Role::Checker => "checker.wasm",
            Role::Starter => "starter.wasm",
            Role::Reference => "reference.wasm",
            Role::Solution => "solution.wasm",
        }
    }

    /// Loads it.
    pub(crate) fn load(
        self,
        engine: &wasmtime::Engine,
        purpose: Purpose,
    ) -> Result<Program, String> {
        let file = Path::new(INPUT_FOLDER).join(self.file_name());
        Program::load(engine, purpose, &file)
            .map_err(|error| format!("{}: {error:#}", file.display()))
    }
}

/// The name of a module's translation for a purpose.
pub fn translation_file_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Checking => "checking.cwasm",
        Purpose::Timing => "timing.cwasm",
        Purpose::Profiling => "profiling.cwasm",
    }
}

/// What a child answers: its result, or what went wrong through no fault of a learner's.
pub type Answer<T> = Result<T, String>;

/// Reads an answer.
pub(crate) fn read_answer<T: DeserializeOwned>(
    output: &[u8],
) -> Result<Answer<T>, serde_json::Error> {
    serde_json::from_slice(output)
}

/// The child's `main`.
pub fn sandboxed_child_main() -> ExitCode {
    let worker = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(answer_one_task);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) => {
            eprintln!("the sandboxed child failed: {error}");
            ExitCode::FAILURE
        }
        Ok(Err(_panic)) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the sandboxed child has no thread to work on: {error}");
            ExitCode::FAILURE
        }
    }
}

fn answer_one_task() -> std::io::Result<()> {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input)?;
    match serde_json::from_slice(&input)? {
        Task::Probe => write_answer(&Answer::Ok(probe::escapes())),
        Task::Assemble(task) => write_answer(&task.run()),
        Task::Precompile(purposes) => write_answer(&precompile(&purposes)),
        Task::Check(task) => write_answer(&task.run()),
        Task::Examples(task) => write_answer(&task.run()),
        Task::Measure(task) => write_answer(&task.run()),
        Task::Profile(task) => write_answer(&task.run()),
        Task::Print(task) => write_answer(&task.run()),
        Task::World(task) => write_answer(&task.run()),
        Task::Sweep(task) => write_answer(&task.run()),
    }
}

fn write_answer<T: Serialize>(answer: &Answer<T>) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    serde_json::to_writer(&mut output, answer)?;
    output.flush()
}

/// Translates the module for each purpose, side by side. An error is what the translator says of the module.
fn precompile(purposes: &[Purpose]) -> Answer<Result<(), String>> {
    let wasm = std::fs::read(Path::new(INPUT_FOLDER).join(MODULE_FILE))
        .map_err(|error| error.to_string())?;
    let wasm = wasm.as_slice();
    let translated = std::thread::scope(|scope| {
        let threads: Vec<_> = purposes
            .iter()
            .map(|&purpose| {
                (
                    purpose,
                    scope.spawn(move || engine(purpose, Compiler::Present).precompile_module(wasm)),
                )
            })
            .collect();
        threads
            .into_iter()
            .map(|(purpose, thread)| (purpose, thread.join()))
            .collect::<Vec<_>>()
    });
    for (purpose, translated) in translated {
        let code = match translated.map_err(|_panic| "the translator panicked".to_owned())? {
            Ok(code) => code,
            Err(error) => return Ok(Err(format!("{error:#}"))),
        };
        let file: PathBuf = Path::new(OUTPUT_FOLDER).join(translation_file_name(purpose));
        std::fs::write(&file, code).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(Ok(()))
}
