//! Exercises: source code in, verdict out.
//!
//! - [`catalog`] reads exercises from folders; an [`Exercise`] is self-contained.
//! - [`Grader`] takes an exercise and a source through the steps of [`grade`]: compiling, checking, measuring.
//! - [`worker`] does that for jobs that arrive over a [`link`].
//! - [`child`] is the process inside the [`sandbox`] in which everything runs that a learner wrote.
//!
//! A learner's failure is a [`Report`] with one of the contract's words; a failure of ours, or of an exercise's author,
//! is a [`GraderError`]. Nothing here knows of learners, requests, databases or dates.

pub mod artifacts;
mod author;
pub mod campaign;
pub mod catalog;
pub mod check;
pub mod child;
pub mod compile;
pub mod diagnostic;
pub mod engine;
pub mod exercise;
pub mod failure;
#[cfg(test)]
mod fuzz;
pub mod grade;
pub mod guest;
pub mod language;
pub mod link;
pub mod manifest;
pub mod measure;
pub mod precheck;
mod probe;
pub mod profile;
pub mod program;
pub mod samples;
pub mod sandbox;
pub mod signature;
pub mod skeleton;
pub mod statistics;
mod strip;
mod text;
pub mod toolchain;
pub mod value;
pub mod verdict;
pub mod worker;
pub mod world;

pub use catalog::load_catalog;
pub use child::{CHILD_ARGUMENT, sandboxed_child_main};
pub use diagnostic::{Diagnostic, Severity};
pub use exercise::{Exercise, Slug};
pub use failure::Failure;
pub use grade::{Compiler, EqualCode, ExampleReport, Graded, Grader, Submission, Unavailable};
pub use language::Language;
pub use profile::Profile;
pub use program::ProgramReport;
pub use samples::Samples;
pub use toolchain::Toolchain;
pub use verdict::{Report, Stage, Verdict};

use sha2::{Digest, Sha256};

/// A failure that is not the learner's.
#[derive(Debug, thiserror::Error)]
pub enum GraderError {
    /// The machine: no space, no process, no file.
    #[error("the machine failed: {0}")]
    Machine(#[from] std::io::Error),
    /// A process in the sandbox did not do its task.
    #[error("the sandbox failed: {0}")]
    Sandbox(String),
    /// The language's compiler is not installed here, for this reason.
    #[error("{title} is not installed here: {reason}", title = .language.title())]
    NotInstalled {
        /// The language.
        language: Language,
        /// Why, as a sentence.
        reason: String,
    },
    /// The exercise's own programs are wrong.
    #[error("the exercise is broken: {0}")]
    Exercise(String),
}

/// Changes whenever the way of grading changes, so that a verdict of the old way is not taken for one of the new.
pub const RUNNER_VERSION: u32 = 4;

/// SHA-256 of everything that a verdict depends on: the same key, the same verdict.
pub fn verdict_key(
    exercise: &Exercise,
    language: Language,
    source: &[u8],
    toolchain_sha256: &str,
) -> String {
    let mut hash = Sha256::new();
    let parts = [
        &RUNNER_VERSION.to_string(),
        &exercise.grading_hash(language),
        toolchain_sha256,
    ];
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(source);
    precheck::hex(&hash.finalize())
}
