//! From a source that uses the module `world` to a program: the module, the source beside it, and the glue around both.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::GraderError;
use crate::artifacts::{Artifact, engine_hashes};
use crate::compile::{LineTables, MODULE_BYTES, messages, rustc};
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::Failure;
use crate::grade::Tools;
use crate::language::{Language, RUST_SUPPORT, SOLUTION};
use crate::precheck::hex;
use crate::sandbox::{Finished, read_output};
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
    let wasm = match compile(tools, exercise, world, source, &compiling)? {
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
        Style::Call => Language::Rust.glue(&exercise.signature),
        Style::Event => format!("{RUST_SUPPORT}{}", prelude::event_glue()),
    }
}

/// How a learner declares the exercise's function.
pub fn declaration(exercise: &Exercise, world: &World, language: Language) -> String {
    match world.style {
        Style::Call => language.entry_declaration(&exercise.signature),
        Style::Event => prelude::EVENT_DECLARATION.to_owned(),
    }
}

fn compile(
    tools: &Tools,
    exercise: &Exercise,
    world: &World,
    source: &str,
    folder: &Path,
) -> io::Result<Result<Vec<u8>, Failure>> {
    let (input, output) = (folder.join("in"), folder.join("out"));
    fs::create_dir(&input)?;
    fs::create_dir(&output)?;
    fs::write(input.join("world.rs"), prelude::source(world))?;
    fs::write(input.join("solution.rs"), source)?;
    fs::write(input.join("glue.rs"), glue(exercise, world))?;
    let run = |arguments: &[&str]| -> io::Result<Finished> {
        let how = (Language::Rust, LineTables::Left);
        let places = (input.as_path(), output.as_path());
        tools
            .sandbox
            .run(&rustc(&tools.toolchain, how, arguments, places))
    };
    let place = |file: &str| format!("{}/{file}", crate::child::OUTPUT_FOLDER);
    let library = |name: &str| place(&format!("lib{name}.rlib"));
    let (world_place, solution_place) = (library(prelude::NAME), library(SOLUTION));
    let with_world = format!("{}={world_place}", prelude::NAME);
    let with_solution = format!("{SOLUTION}={solution_place}");

    let own = run(&[
        "--crate-type=rlib",
        "--crate-name",
        prelude::NAME,
        "-o",
        &world_place,
        "world.rs",
    ])?;
    if own.code != 0 {
        let said = String::from_utf8_lossy(&own.errors).into_owned();
        return Err(io::Error::other(format!(
            "the module `world` does not compile: {said}"
        )));
    }
    let solution = run(&[
        "--crate-type=rlib",
        "--crate-name",
        SOLUTION,
        "--extern",
        &with_world,
        "-o",
        &solution_place,
        "solution.rs",
    ])?;
    if solution.code != 0 {
        return Ok(Err(messages::failure_of_source(&solution)));
    }
    // The glue of call style names the module nowhere, and has to find it all the same.
    let beside = format!("-Ldependency={}", crate::child::OUTPUT_FOLDER);
    let glued = run(&[
        "--crate-type=cdylib",
        &beside,
        "-Clink-arg=--allow-undefined",
        "--crate-name=glue",
        "--extern",
        &with_world,
        "--extern",
        &with_solution,
        "-o",
        &place("module.wasm"),
        "glue.rs",
    ])?;
    if glued.code != 0 {
        let declaration = declaration(exercise, world, Language::Rust);
        return Ok(Err(messages::failure_of_glue(&glued, &declaration)));
    }
    read_output(&output.join("module.wasm"), MODULE_BYTES).map(Ok)
}
