//! From a source that uses the module `world` to a program: the module, the source beside it, and the glue around both.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::GraderError;
use crate::artifacts::{Artifact, engine_hashes};
use crate::compile::{Build, LineTables};
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::Failure;
use crate::grade::Tools;
use crate::language::{File, Language, rust};
use crate::precheck::hex;
use crate::world::description::{Style, World};
use crate::world::prelude;

/// Worlds are counted, never timed.
const PURPOSES: [Purpose; 1] = [Purpose::Checking];

/// Builds a program in an empty folder.
///
/// # Errors
/// The outer error is ours, the inner one the source's.
pub fn build(
    tools: &Tools,
    exercise: &Exercise,
    world: &World,
    source: &str,
    folder: &Path,
) -> Result<Result<Artifact, Failure>, GraderError> {
    let compiling = folder.join("compile");
    fs::create_dir(&compiling)?;
    let files = [
        ("world.rs", prelude::source(world)),
        ("glue.rs", glue(exercise, world)),
    ]
    .map(|(name, text)| File { name, text });
    let line_tables = LineTables::Left;
    let signature = &exercise.signature;
    let sources = Build::prepare(
        tools,
        (Language::Rust, source),
        line_tables,
        signature,
        &files,
        &compiling,
    )?;
    let declaration = declaration(exercise, world, Language::Rust);
    let wasm = match rust::compile_with(&sources, prelude::NAME, &declaration)? {
        Ok(wasm) => wasm,
        Err(failure) => return Ok(Err(failure)),
    };
    fs::remove_dir_all(compiling)?;
    let memory_bytes = exercise.limits.memory_bytes;
    Artifact::of_module_in(
        Some(world.style),
        tools,
        &wasm,
        memory_bytes,
        &PURPOSES,
        folder,
    )
}

/// The author's program, which is built once.
///
/// # Errors
/// When it cannot be built, which is the author's mistake or ours.
pub fn of_author(
    tools: &Tools,
    exercise: &Exercise,
    world: &World,
    (name, source): (&str, &str),
) -> Result<Artifact, GraderError> {
    let parts = (
        ("world", crate::RUNNER_VERSION, &tools.toolchain.sha256),
        Language::Rust.flags(),
        prelude::source(world),
        glue(exercise, world),
        source,
        exercise.limits.memory_bytes,
        engine_hashes(&PURPOSES),
    );
    let parts = serde_json::to_vec(&parts).map_err(io::Error::from)?;
    let key = hex(&Sha256::digest(parts));
    Artifact::kept(tools, name, key, |folder| {
        build(tools, exercise, world, source, folder)
    })
}

/// The program around a solution.
fn glue(exercise: &Exercise, world: &World) -> String {
    match world.style {
        Style::Call => rust::glue(&exercise.signature),
        Style::Event => format!("{}{}", rust::SUPPORT, prelude::event_glue()),
    }
}

/// How a learner declares the exercise's function.
pub fn declaration(exercise: &Exercise, world: &World, language: Language) -> String {
    match world.style {
        Style::Call => language.entry_declaration(&exercise.signature),
        Style::Event => prelude::EVENT_DECLARATION.to_owned(),
    }
}
