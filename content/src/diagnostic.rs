//! What is wrong with a file, where, and what to do about it.

use serde::Serialize;

/// How bad it is. Lessons with errors are not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Published, but the author probably meant something else.
    Warning,
    /// Not published.
    Error,
}

/// One thing to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A permanent name of the kind of problem, such as `section-missing`.
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
