//! What is wrong with an exercise's folder, where, and what to do about it.

use serde::Serialize;

/// How bad it is. Exercises with errors are not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Offered, but the author probably meant something else.
    Warning,
    /// Not offered.
    Error,
}

/// One thing to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A permanent name of the kind of problem, such as `file-missing`.
    pub code: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it covers on that line, at least 1.
    pub length: u32,
    /// What was found and what was expected.
    pub message: String,
    /// What to do now.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at a range of bytes of a file's text.
    pub(crate) fn error(
        text: &str,
        range: std::ops::Range<usize>,
        code: &'static str,
        message: String,
    ) -> Diagnostic {
        let start = text.floor_char_boundary(range.start);
        let end = text.floor_char_boundary(range.end).max(start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let covered = text[start..end].lines().next().unwrap_or_default();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Diagnostic {
            severity: Severity::Error,
            code,
            line: count(before.matches('\n').count() + 1),
            column: count(before[line_start..].chars().count() + 1),
            length: count(covered.chars().count().max(1)),
            message,
            hint: None,
        }
    }

    /// The same with what to do.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Diagnostic {
        Diagnostic {
            hint: Some(hint.into()),
            ..self
        }
    }
}
