//! From source to WebAssembly, by the installation's compilers in the sandbox.
//!
//! 1. The source is judged as text ([`source_text`]): its size, its encoding.
//! 2. It is written into a folder together with the files that its language puts around it.
//! 3. The language compiles it ([`crate::language`]): what fails by itself is `compile_error`, what lacks the exercise's
//!    function is `rejected`.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::child::{INPUT_FOLDER, OUTPUT_FOLDER};
use crate::failure::{CompilerLimit, Failure, Part};
use crate::grade::Tools;
use crate::language::{Budget, File, Language, SOLUTION};
use crate::sandbox::{Finished, Limits, PROCESSOR_TIME, Process, SIGNALLED, read_output};
use crate::signature::Signature;

/// The longest source, in bytes.
pub const SOURCE_BYTES: usize = 64 << 10;

/// The longest message of a compiler's, in bytes.
pub(crate) const MESSAGE_BYTES: usize = 64 << 10;

/// The longest message at one place, in bytes.
pub(crate) const PLACE_MESSAGE_BYTES: usize = 1 << 10;

/// The largest module that is read from the sandbox, in bytes; the pre-check judges its size.
pub(crate) const MODULE_BYTES: u64 = 32 << 20;

/// The name of the file that a compiler leaves its module in.
const MODULE_NAME: &str = "module.wasm";

/// How much longer than its processor time a compiler is waited for.
const PATIENCE: u32 = 3;

/// Whether a program keeps the lines of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineTables {
    /// It does not: what is checked and timed.
    Left,
    /// It does: what is profiled.
    Kept,
}

/// A source on its way to a module.
pub(crate) struct Build<'a> {
    /// What compilers run in and with.
    pub tools: &'a Tools,
    /// The source.
    pub source: &'a str,
    /// Whether the module keeps the source's lines.
    pub line_tables: LineTables,
    /// The exercise's function.
    pub signature: &'a Signature,
    /// Where compilers read from, and where they write to.
    folder: &'a Path,
}

/// A run of a compiler.
pub(crate) struct Tool<'a> {
    /// The folder of the toolchain that it sees as `/usr`.
    pub usr: &'a Path,
    /// The program and its arguments.
    pub command: &'a [&'a str],
    /// What it may use.
    pub budget: Budget,
    /// Its environment besides the path and the temporary folder.
    pub environment: &'a [(&'a str, &'a str)],
}

/// Compiles a source that [`source_text`] let through; `folder` is empty, and used for the compiler's files.
///
/// # Errors
/// The outer error is ours, the inner one the source's.
pub fn compile(
    tools: &Tools,
    (language, source): (Language, &str),
    line_tables: LineTables,
    signature: &Signature,
    folder: &Path,
) -> io::Result<Result<Vec<u8>, Failure>> {
    let files = language.files(signature);
    let build = Build::prepare(
        tools,
        (language, source),
        line_tables,
        signature,
        &files,
        folder,
    )?;
    language.description().compile(&build)
}

impl<'a> Build<'a> {
    /// Puts a source and the files beside it into a folder, which is empty, for compilers to read.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub(crate) fn prepare(
        tools: &'a Tools,
        (language, source): (Language, &'a str),
        line_tables: LineTables,
        signature: &'a Signature,
        files: &[File],
        folder: &'a Path,
    ) -> io::Result<Build<'a>> {
        let input = folder.join("in");
        fs::create_dir(&input)?;
        fs::create_dir(folder.join("out"))?;
        let solution = format!("{SOLUTION}.{}", language.extension());
        fs::write(input.join(solution), source)?;
        for file in files {
            fs::write(input.join(file.name), &file.text)?;
        }
        Ok(Build {
            tools,
            source,
            line_tables,
            signature,
            folder,
        })
    }

    /// Where a compiler has to put its module, as the sandbox shows it.
    pub(crate) fn module_place(&self) -> String {
        format!("{OUTPUT_FOLDER}/{MODULE_NAME}")
    }

    /// The module that a compiler left.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn module(&self) -> io::Result<Vec<u8>> {
        self.output(MODULE_NAME)
    }

    /// Any file that a compiler left.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn output(&self, name: &str) -> io::Result<Vec<u8>> {
        read_output(&self.folder.join("out").join(name), MODULE_BYTES)
    }

    /// Runs a compiler in the folder of the source.
    ///
    /// # Errors
    /// When the sandbox fails.
    pub(crate) fn run(&self, tool: &Tool<'_>) -> io::Result<Finished> {
        let own = [("PATH", "/usr/bin"), ("TMPDIR", OUTPUT_FOLDER)];
        let environment = own.iter().chain(tool.environment);
        self.tools.sandbox.run(&Process {
            command: tool.command.iter().map(|&word| word.to_owned()).collect(),
            read_only: vec![
                (tool.usr.to_owned(), "/usr".to_owned()),
                (self.folder.join("in"), INPUT_FOLDER.to_owned()),
            ],
            links: vec![
                ("usr/lib".to_owned(), "/lib".to_owned()),
                ("usr/lib64".to_owned(), "/lib64".to_owned()),
            ],
            writable: Some((self.folder.join("out"), OUTPUT_FOLDER.to_owned())),
            folder: INPUT_FOLDER.to_owned(),
            environment: environment
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            input: Vec::new(),
            limits: limits(tool.budget),
            pinned: false,
        })
    }

    /// Lets our own child make the module from the source.
    ///
    /// # Errors
    /// When the sandbox fails.
    pub(crate) fn run_child(
        &self,
        task: &crate::child::Task,
        budget: Budget,
    ) -> io::Result<Finished> {
        let mut process = self.tools.child_process(limits(budget), task)?;
        process
            .read_only
            .push((self.folder.join("in"), INPUT_FOLDER.to_owned()));
        process.writable = Some((self.folder.join("out"), OUTPUT_FOLDER.to_owned()));
        self.tools.sandbox.run(&process)
    }
}

/// The limits of a compiler's process.
fn limits(budget: Budget) -> Limits {
    Limits {
        address_space_bytes: budget.address_space_bytes,
        data_bytes: budget.memory_bytes,
        processor_seconds: budget.processor_seconds,
        file_bytes: MODULE_BYTES,
        wall: Duration::from_secs(budget.processor_seconds) * PATIENCE,
        output_bytes: 1 << 20,
    }
}

/// A source as text.
///
/// # Errors
/// When it is too large, or no text that the compilers read.
pub fn source_text(source: &[u8]) -> Result<&str, Failure> {
    if source.len() > SOURCE_BYTES {
        return Err(Failure::TooLarge {
            what: Part::Source,
            found: source.len() as u64,
            limit: SOURCE_BYTES as u64,
        });
    }
    let text = std::str::from_utf8(source).map_err(|error| Failure::NotUtf8 {
        valid_bytes: error.valid_up_to(),
    })?;
    match text.find('\0') {
        Some(at) => Err(Failure::Nul {
            line: text[..at].matches('\n').count() + 1,
        }),
        None => Ok(text),
    }
}

/// What a compiler ran out of, if it was stopped rather than done.
pub(crate) fn stopped(finished: &Finished, budget: Budget) -> Option<CompilerLimit> {
    const ABORT: i32 = SIGNALLED + libc::SIGABRT;
    const KILL: i32 = SIGNALLED + libc::SIGKILL;
    const SEGMENTATION: i32 = SIGNALLED + libc::SIGSEGV;
    match finished.code {
        PROCESSOR_TIME => Some(CompilerLimit::ProcessorTime {
            limit_seconds: budget.processor_seconds,
        }),
        ABORT | KILL => Some(CompilerLimit::Memory {
            limit_bytes: budget.memory_bytes,
        }),
        SEGMENTATION => Some(CompilerLimit::Crash),
        _ => None,
    }
}
