//! What running in the sandbox costs: the kernels as WebAssembly against the same sources as programs for this machine's
//! own processor, from the same compiler with the same flags.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Kernel;
use crate::GraderError;
use crate::exercise::Exercise;
use crate::grade::Grader;
use crate::language::Language;
use crate::statistics::median;

/// How often both are timed, in turn.
const ROUNDS: usize = 5;

/// Times a kernel both ways and gives the time as WebAssembly ÷ the native time, of the fastest call each: the median of
/// several rounds, and the smallest and the largest of them.
///
/// # Errors
/// When a program is not built or does not run.
pub fn against_native(grader: &Grader, kernel: &Kernel) -> Result<(f64, [f64; 2]), GraderError> {
    let folder = tempfile::tempdir()?;
    let source = kernel.source();
    let program = compile(folder.path(), kernel.name, &kernel.native_timer(&source))?;
    let exercise = kernel.exercise();
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let native = succeed(&mut Command::new(&program))?;
        let native_ns: f64 = native.trim().parse().map_err(|error| {
            GraderError::Sandbox(format!("the native program said {native:?}: {error}"))
        })?;
        let timed = grader.time_one_after_the_other(&exercise, Language::Rust, &source)?;
        let samples_ns = timed.blocks.iter().flatten().map(|pair| pair.before_ns);
        let fastest_ns = samples_ns.min().unwrap_or_default() as f64;
        ratios.push(fastest_ns / f64::from(timed.calls_per_sample) / native_ns);
    }
    let smallest = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = ratios.iter().copied().fold(0.0, f64::max);
    Ok((median(&ratios), [smallest, largest]))
}

/// The time of an exercise's reference as WebAssembly ÷ its native time, of the fastest call each, on the exercise's own
/// inputs.
///
/// # Errors
/// When a program is not built or does not run, such as one that uses what only WebAssembly has.
pub(super) fn of_reference(
    grader: &Grader,
    exercise: &Exercise,
    reference: &str,
) -> Result<f64, GraderError> {
    let folder = tempfile::tempdir()?;
    let program = compile(folder.path(), "reference", &timer(exercise, reference))?;
    let native = succeed(&mut Command::new(&program))?;
    let native_ns: f64 = native.trim().parse().map_err(|error| {
        GraderError::Sandbox(format!("the native program said {native:?}: {error}"))
    })?;
    let timed = grader.time_one_after_the_other(exercise, Language::Rust, reference)?;
    let samples_ns = timed.blocks.iter().flatten().map(|pair| pair.after_ns);
    let fastest_ns = samples_ns.min().unwrap_or_default() as f64;
    Ok(fastest_ns / f64::from(timed.calls_per_sample) / native_ns)
}

/// How many calls the native program makes: the fastest of so many was disturbed by nobody.
const NATIVE_CALLS: u32 = 300;

/// A program that prints how many nanoseconds the fastest call took.
fn timer(exercise: &Exercise, reference: &str) -> String {
    let entry = Language::Rust.entry(&exercise.signature);
    let arguments: Vec<String> = (0..exercise.signature.parameters.len())
        .map(|index| format!("argument_{index}"))
        .collect();
    let pattern = match arguments.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(", ")),
    };
    format!(
        "mod solution {{\n{reference}\n}}\nmod generator {{\n{generator}\n}}\n\
         fn main() {{\n\
             let time = |seed| {{\n\
                 let {pattern} = std::hint::black_box(generator::generate(seed, {size}));\n\
                 let started = std::time::Instant::now();\n\
                 std::hint::black_box(solution::{entry}({arguments}));\n\
                 started.elapsed().as_nanos().max(1)\n\
             }};\n\
             println!(\"{{}}\", (0..{NATIVE_CALLS}).map(time).min().unwrap_or_default());\n\
         }}\n",
        generator = exercise.generator,
        size = exercise.inputs.measured_size,
        arguments = arguments.join(", "),
    )
}

/// Builds a native program from its source, unless that was done before, and gives its place.
pub(super) fn compile(folder: &Path, name: &str, source: &str) -> Result<PathBuf, GraderError> {
    let program = folder.join(name);
    if !program.exists() {
        let file = program.with_extension("rs");
        fs::write(&file, source)?;
        let flags = Language::Rust.flags().iter();
        let flags = flags.filter(|flag| !flag.starts_with("--target"));
        succeed(
            Command::new("rustc")
                .args(flags)
                .arg("-o")
                .args([&program, &file]),
        )?;
    }
    Ok(program)
}

/// Runs a command to its good end, and gives what it printed.
pub(super) fn succeed(command: &mut Command) -> Result<String, GraderError> {
    let program = command.get_program().display().to_string();
    let output = command
        .output()
        .map_err(|error| GraderError::Sandbox(format!("{program} cannot be started: {error}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(GraderError::Sandbox(format!("{program} failed: {said}")))
}
