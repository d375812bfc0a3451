//! Programs as machine code, in the worker's scratch folder.
//!
//! 1. A source is compiled to WebAssembly ([`crate::compile`]).
//! 2. The module is judged ([`crate::precheck`]).
//! 3. It is translated to machine code in a sandbox of its own.
//!
//! The author's programs are kept under a name made from everything that they depend on, so that they are built once;
//! a learner's live as long as their job.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::GraderError;
use crate::child::{self, MODULE_FILE, Task};
use crate::compile::{LineTables, compile};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::{CompilerLimit, Failure};
use crate::grade::Tools;
use crate::language::Language;
use crate::precheck::{Fingerprint, hex, precheck_in};
use crate::sandbox::{Finished, Limits, PROCESSOR_TIME, SIGNALLED};
use crate::signature::Signature;
use crate::strip::strip;
use crate::world::Style;

/// The largest translation, in bytes.
const TRANSLATION_BYTES: u64 = 64 << 20;

/// What translating may use.
const LIMITS: Limits = Limits {
    address_space_bytes: None,
    data_bytes: 1 << 30,
    processor_seconds: 2,
    file_bytes: TRANSLATION_BYTES,
    wall: Duration::from_secs(6),
    output_bytes: 64 << 10,
};

/// A translated program.
#[derive(Clone, Debug)]
pub struct Artifact {
    folder: PathBuf,
    /// What identifies its code.
    pub fingerprint: Fingerprint,
    /// The size of its module without custom sections.
    pub module_bytes: u64,
}

/// The name of the file that keeps what is known of the module, as JSON.
const MODULE_FACTS_FILE: &str = "module.json";

impl Artifact {
    /// The machine code for a purpose that it was built for.
    pub fn translation(&self, purpose: Purpose) -> PathBuf {
        self.folder.join(child::translation_file_name(purpose))
    }

    /// The code for a purpose in a file of its own below a new `folder`: it lies elsewhere in the machine's memory.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn copy(&self, purpose: Purpose, folder: &Path) -> io::Result<Artifact> {
        let copy = Artifact {
            folder: folder.to_owned(),
            ..self.clone()
        };
        fs::create_dir_all(folder)?;
        fs::copy(self.translation(purpose), copy.translation(purpose))?;
        Ok(copy)
    }

    /// The module itself, which is kept of a program that is built to be profiled.
    pub fn module(&self) -> PathBuf {
        self.folder.join(MODULE_FILE)
    }

    /// Builds a program in an empty folder.
    ///
    /// # Errors
    /// The outer error is ours, the inner one the source's.
    pub fn build(
        tools: &Tools,
        source: (Language, &str),
        signature: &Signature,
        memory_bytes: u64,
        purposes: &[Purpose],
        folder: &Path,
    ) -> Result<Result<Artifact, Failure>, GraderError> {
        let compiling = folder.join("compile");
        fs::create_dir(&compiling)?;
        let line_tables = if purposes.contains(&Purpose::Profiling) {
            LineTables::Kept
        } else {
            LineTables::Left
        };
        let wasm = match compile(tools, source, line_tables, signature, &compiling)? {
            Ok(wasm) => wasm,
            Err(failure) => return Ok(Err(failure)),
        };
        fs::remove_dir_all(compiling)?;
        Artifact::of_module(tools, &wasm, memory_bytes, purposes, folder)
    }

    /// Judges a module and translates it into an empty folder.
    ///
    /// # Errors
    /// The outer error is ours, the inner one the module's.
    pub fn of_module(
        tools: &Tools,
        wasm: &[u8],
        memory_bytes: u64,
        purposes: &[Purpose],
        folder: &Path,
    ) -> Result<Result<Artifact, Failure>, GraderError> {
        Artifact::of_module_in(None, tools, wasm, memory_bytes, purposes, folder)
    }

    /// The same for a module that runs in a world of this style.
    ///
    /// # Errors
    /// The outer error is ours, the inner one the module's.
    pub(crate) fn of_module_in(
        style: Option<Style>,
        tools: &Tools,
        wasm: &[u8],
        memory_bytes: u64,
        purposes: &[Purpose],
        folder: &Path,
    ) -> Result<Result<Artifact, Failure>, GraderError> {
        let stripped = strip(wasm);
        // Line tables are nothing that runs, and far larger than any program may be.
        let is_profiled = purposes.contains(&Purpose::Profiling);
        let judged = if is_profiled { &stripped } else { wasm };
        let fingerprint = match precheck_in(style, judged, memory_bytes) {
            Ok(fingerprint) => fingerprint,
            Err(failure) => return Ok(Err(failure)),
        };
        if let Err(failure) = translate(tools, wasm, purposes, folder)? {
            return Ok(Err(failure));
        }
        if is_profiled {
            fs::write(folder.join(MODULE_FILE), wasm)?;
        }
        let module_bytes = stripped.len() as u64;
        let facts = serde_json::to_vec(&(&fingerprint, module_bytes)).map_err(io::Error::from)?;
        fs::write(folder.join(MODULE_FACTS_FILE), facts)?;
        Ok(Ok(Artifact {
            folder: folder.to_owned(),
            fingerprint,
            module_bytes,
        }))
    }

    /// The author's program with this source: from the scratch folder, where it is built on first use.
    ///
    /// # Errors
    /// When it cannot be built, which is the author's mistake or ours.
    pub fn of_author(
        tools: &Tools,
        (name, language, source): (&str, Language, &str),
        signature: &Signature,
        memory_bytes: u64,
        purposes: &[Purpose],
    ) -> Result<Artifact, GraderError> {
        let key = key(
            &tools.toolchain.sha256_of(language),
            language,
            source,
            signature,
            memory_bytes,
            purposes,
        );
        Artifact::kept(tools, name, key, |folder| {
            Artifact::build(
                tools,
                (language, source),
                signature,
                memory_bytes,
                purposes,
                folder,
            )
        })
    }

    /// The author's program under a key of all that it depends on: from the scratch folder, where it is built on first
    /// use.
    ///
    /// # Errors
    /// When it cannot be built, which is the author's mistake or ours.
    pub(crate) fn kept(
        tools: &Tools,
        name: &str,
        key: String,
        build: impl FnOnce(&Path) -> Result<Result<Artifact, Failure>, GraderError>,
    ) -> Result<Artifact, GraderError> {
        let folder = tools.scratch.join("artifacts").join(key);
        if let Ok(facts) = fs::read(folder.join(MODULE_FACTS_FILE)) {
            let (fingerprint, module_bytes) =
                serde_json::from_slice(&facts).map_err(io::Error::from)?;
            return Ok(Artifact {
                folder,
                fingerprint,
                module_bytes,
            });
        }
        // Built beside its place and then moved there, so that nobody ever sees a part of it. Where two workers build
        // the same, the second keeps the first one's.
        let building = tools.job_folder()?;
        let built = build(building.path())?;
        let built = built.map_err(|failure| {
            GraderError::Exercise(format!(
                "the {name} does not become a program: {}",
                failure.message()
            ))
        })?;
        fs::create_dir_all(tools.scratch.join("artifacts"))?;
        match fs::rename(building.path(), &folder) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err(error.into()),
            _ => Ok(Artifact { folder, ..built }),
        }
    }
}

/// Translates a module into `folder`.
///
/// # Errors
/// The outer error is ours, the inner one the module's.
pub(crate) fn translate(
    tools: &Tools,
    wasm: &[u8],
    purposes: &[Purpose],
    folder: &Path,
) -> Result<Result<(), Failure>, GraderError> {
    let (input, output) = (folder.join("translate-in"), folder.join("translate-out"));
    fs::create_dir(&input)?;
    fs::create_dir(&output)?;
    fs::write(input.join(MODULE_FILE), wasm)?;
    let mut process = tools.child_process(LIMITS, &Task::Precompile(purposes.to_vec()))?;
    process
        .read_only
        .push((input.clone(), child::INPUT_FOLDER.to_owned()));
    process.writable = Some((output.clone(), child::OUTPUT_FOLDER.to_owned()));
    let finished = tools.sandbox.run(&process)?;
    if let Some(reason) = stopped(&finished) {
        return Ok(Err(Failure::CompilerLimit { reason }));
    }
    let translated: Result<(), String> = tools.answer(&finished)?;
    if translated.is_err() {
        // The module is valid, so this is the translator's own limit on the size of a function.
        return Ok(Err(Failure::CompilerLimit {
            reason: CompilerLimit::Translation,
        }));
    }
    for purpose in purposes {
        let file = child::translation_file_name(*purpose);
        let metadata = fs::symlink_metadata(output.join(file))?;
        if !metadata.is_file() {
            return Err(GraderError::Sandbox(format!(
                "the translator left no file {file}"
            )));
        }
        fs::rename(output.join(file), folder.join(file))?;
    }
    fs::remove_dir_all(input)?;
    fs::remove_dir_all(output)?;
    Ok(Ok(()))
}

/// What the translator ran out of, if it was stopped rather than done. Translating is the one thing of ours that a module
/// can make arbitrarily hard, so however that ends, it is the module's doing.
fn stopped(finished: &Finished) -> Option<CompilerLimit> {
    match finished.code {
        PROCESSOR_TIME => Some(CompilerLimit::TranslationTime {
            limit_milliseconds: LIMITS.processor_seconds * 1_000,
        }),
        code if code > SIGNALLED => Some(CompilerLimit::TranslationMemory {
            limit_bytes: LIMITS.data_bytes,
        }),
        _ => None,
    }
}

/// The name of an author's program: SHA-256 of all that its translation depends on.
fn key(
    toolchain: &str,
    language: Language,
    source: &str,
    signature: &Signature,
    memory_bytes: u64,
    purposes: &[Purpose],
) -> String {
    let parts = (
        (crate::RUNNER_VERSION, toolchain),
        language,
        language.flags(),
        language.files(signature),
        source,
        memory_bytes,
        engine_hashes(purposes),
    );
    let parts = serde_json::to_vec(&parts).expect("the parts of a key are plain data");
    hex(&Sha256::digest(parts))
}

/// What the translations for these purposes depend on in the engine.
pub(crate) fn engine_hashes(purposes: &[Purpose]) -> Vec<(Purpose, u64)> {
    let engine_hash = |&purpose: &Purpose| {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        engine(purpose, Compiler::Present)
            .precompile_compatibility_hash()
            .hash(&mut hasher);
        (purpose, hasher.finish())
    };
    purposes.iter().map(engine_hash).collect()
}
