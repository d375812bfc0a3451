//! What grading is given, and what it gives.

use crate::exercise::Exercise;
use crate::language::Language;
use crate::samples::Samples;
use crate::verdict::Report;

/// What to grade, and how.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The language of the source.
    pub language: Language,
    /// The learner's source.
    pub source: &'a [u8],
    /// The samples of an inconclusive grading of the same source, which is to be continued with one further look.
    pub earlier: Option<&'a Samples>,
    /// What to do when nothing that runs was changed.
    pub equal_code: EqualCode,
}

/// What to do with a program that is the starter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EqualCode {
    /// Equal code is `same`, without more ado.
    IsSame,
    /// It is timed in full, each side loaded from its own translation, to find out how honest the timing is.
    IsTimed,
}

/// A verdict with what it was computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// The verdict.
    pub report: Report,
    /// What was measured, if anything was.
    pub samples: Option<Samples>,
}
