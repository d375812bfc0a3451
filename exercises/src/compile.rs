//! From source to WebAssembly, by the installation's compiler in the sandbox.
//!
//! 1. The source is judged as text ([`source_text`]): its size, its encoding.
//! 2. It is compiled by itself: what fails here is `compile_error`.
//! 3. The glue is compiled around it: what fails here lacks the exercise's function, which is `rejected`.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::failure::{CompilerLimit, Failure, Part};
use crate::language::{Language, SOLUTION};
use crate::sandbox::{Finished, Limits, PROCESSOR_TIME, Process, SIGNALLED, Sandbox, read_output};
use crate::signature::Signature;
use crate::toolchain::Toolchain;

pub(crate) mod messages;

/// The longest source, in bytes.
pub const SOURCE_BYTES: usize = 64 << 10;

/// The largest module that is read from the sandbox, in bytes; the pre-check judges its size.
pub(crate) const MODULE_BYTES: u64 = 32 << 20;

/// Processor time of each run of the compiler, in seconds; its memory, in bytes; and its addresses, of which its own code
/// takes some hundred megabytes.
const PROCESSOR_SECONDS: u64 = 4;
const MEMORY_BYTES: u64 = 1 << 30;
const ADDRESS_SPACE_BYTES: u64 = 2 << 30;

/// How long each run is waited for.
const WALL: Duration = Duration::from_secs(12);

/// Whether a program keeps the lines of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineTables {
    /// It does not: what is checked and timed.
    Left,
    /// It does: what is profiled.
    Kept,
}

/// Compiles a source that [`source_text`] let through; `folder` is empty, and used for the compiler's files.
///
/// # Errors
/// The outer error is ours, the inner one the source's.
pub fn compile(
    sandbox: &Sandbox,
    toolchain: &Toolchain,
    (language, source): (Language, &str),
    line_tables: LineTables,
    signature: &Signature,
    folder: &Path,
) -> io::Result<Result<Vec<u8>, Failure>> {
    let (input, output) = (folder.join("in"), folder.join("out"));
    fs::create_dir(&input)?;
    fs::create_dir(&output)?;
    let extension = language.extension();
    fs::write(input.join(format!("{SOLUTION}.{extension}")), source)?;
    fs::write(
        input.join(format!("glue.{extension}")),
        language.glue(signature),
    )?;
    let run = |arguments: &[&str]| {
        sandbox.run(&rustc(
            toolchain,
            (language, line_tables),
            arguments,
            (&input, &output),
        ))
    };

    let library = format!("{}/lib{SOLUTION}.rlib", crate::child::OUTPUT_FOLDER);
    let own = run(&[
        "--crate-type=rlib",
        "--crate-name",
        SOLUTION,
        "-o",
        &library,
        "solution.rs",
    ])?;
    if own.code != 0 {
        return Ok(Err(messages::failure_of_source(&own)));
    }
    let module = format!("{}/module.wasm", crate::child::OUTPUT_FOLDER);
    let linked = format!("{SOLUTION}={library}");
    let glued = run(&[
        "--crate-type=cdylib",
        // What is undefined becomes an import, which the pre-check refuses by its name; not every version does so by
        // itself.
        "-Clink-arg=--allow-undefined",
        "--crate-name=glue",
        "--extern",
        &linked,
        "-o",
        &module,
        "glue.rs",
    ])?;
    if glued.code != 0 {
        return Ok(Err(messages::failure_of_glue(
            &glued,
            &language.entry_declaration(signature),
        )));
    }
    read_output(&output.join("module.wasm"), MODULE_BYTES).map(Ok)
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

/// A run of the Rust compiler.
pub(crate) fn rustc(
    toolchain: &Toolchain,
    (language, line_tables): (Language, LineTables),
    arguments: &[&str],
    (input, output): (&Path, &Path),
) -> Process {
    let mut command = vec![
        "/usr/bin/rustc".to_owned(),
        "--error-format=json".to_owned(),
        "-Awarnings".to_owned(),
    ];
    let mut flags = language.flags().to_vec();
    if line_tables == LineTables::Kept {
        flags.extend(language.line_table_flags());
    }
    command.extend(flags.into_iter().map(str::to_owned));
    if let Some(linker) = &toolchain.linker {
        command.extend([
            "-Clinker-flavor=wasm-ld".to_owned(),
            format!("-Clinker={linker}"),
        ]);
    }
    command.extend(arguments.iter().map(|&argument| argument.to_owned()));
    Process {
        command,
        read_only: vec![
            (toolchain.usr.clone(), "/usr".to_owned()),
            (input.to_owned(), crate::child::INPUT_FOLDER.to_owned()),
        ],
        links: vec![
            ("usr/lib".to_owned(), "/lib".to_owned()),
            ("usr/lib64".to_owned(), "/lib64".to_owned()),
        ],
        writable: Some((output.to_owned(), crate::child::OUTPUT_FOLDER.to_owned())),
        folder: crate::child::INPUT_FOLDER.to_owned(),
        environment: vec![
            ("PATH".to_owned(), "/usr/bin".to_owned()),
            ("TMPDIR".to_owned(), crate::child::OUTPUT_FOLDER.to_owned()),
        ],
        input: Vec::new(),
        limits: Limits {
            address_space_bytes: Some(ADDRESS_SPACE_BYTES),
            data_bytes: MEMORY_BYTES,
            processor_seconds: PROCESSOR_SECONDS,
            file_bytes: MODULE_BYTES,
            wall: WALL,
            output_bytes: 1 << 20,
        },
        pinned: false,
    }
}

/// What the compiler ran out of, if it was stopped rather than done.
fn stopped(finished: &Finished) -> Option<CompilerLimit> {
    const ABORT: i32 = SIGNALLED + libc::SIGABRT;
    const KILL: i32 = SIGNALLED + libc::SIGKILL;
    const SEGMENTATION: i32 = SIGNALLED + libc::SIGSEGV;
    match finished.code {
        PROCESSOR_TIME => Some(CompilerLimit::ProcessorTime {
            limit_seconds: PROCESSOR_SECONDS,
        }),
        ABORT | KILL => Some(CompilerLimit::Memory {
            limit_bytes: MEMORY_BYTES,
        }),
        SEGMENTATION => Some(CompilerLimit::Crash),
        _ => None,
    }
}
