//! What each exercise of a catalogue comes to on this machine: how long its reference takes to compile and to run, what it
//! gains, and what running in the sandbox costs it.

use super::native;
use crate::GraderError;
use crate::exercise::Exercise;
use crate::grade::Grader;
use crate::language::Language;
use crate::verdict::{Report, Stage};

/// The figures of a reference.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Figures {
    /// The exercise.
    pub exercise: String,
    /// The language of the reference.
    pub language: Language,
    /// How long compiling took, in milliseconds.
    pub compiling_milliseconds: f64,
    /// The reference's verdict.
    pub report: Report,
    /// The reference's time in the sandbox ÷ that of the same source built for this machine; none where it is not in Rust, or
    /// uses what only WebAssembly has.
    pub wasm_to_native: Option<f64>,
}

/// Grades the reference of an exercise in a language, and times it as a program of this machine as well.
///
/// # Errors
/// Failures of ours or of the exercise's author.
pub fn figures(
    grader: &Grader,
    exercise: &Exercise,
    language: Language,
) -> Result<Figures, GraderError> {
    let reference = exercise
        .programs
        .get(&language)
        .map(|programs| programs.reference.as_str())
        .unwrap_or_default();
    grader.prepare(exercise, language)?;
    let report = grader.grade(exercise, language, reference.as_bytes(), &mut |_| {})?;
    let compiling = report
        .stages
        .iter()
        .find(|stage| stage.name == Stage::Compiling);
    Ok(Figures {
        exercise: exercise.slug.to_string(),
        language,
        compiling_milliseconds: compiling.map_or(0.0, |stage| stage.milliseconds),
        wasm_to_native: match language {
            Language::Rust => native::of_reference(grader, exercise, reference).ok(),
            Language::C | Language::AssemblyScript | Language::Wat => None,
        },
        report,
    })
}
