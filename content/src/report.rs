//! Collects what is wrong with one file.

use std::ops::Range;

use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    source::Source,
};

/// More problems than anybody would read at once; a file with more is not what its author thinks it is.
const MOST_DIAGNOSTICS: usize = 1_000;

/// The diagnostics of one file as they are found.
pub(crate) struct Report<'s> {
    source: &'s Source,
    diagnostics: Vec<Diagnostic>,
    has_errors: bool,
}

impl<'s> Report<'s> {
    /// Nothing is wrong yet.
    pub(crate) fn new(source: &'s Source) -> Report<'s> {
        Report {
            source,
            diagnostics: Vec::new(),
            has_errors: false,
        }
    }

    /// Notes a problem at a range of bytes of the source; of several lines, the first is marked.
    pub(crate) fn add(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.has_errors |= code.severity() == Severity::Error;
        if self.diagnostics.len() >= MOST_DIAGNOSTICS {
            return;
        }
        let place = self.source.place(at);
        self.diagnostics.push(Diagnostic {
            severity: code.severity(),
            code: code.name(),
            line: place.line,
            column: place.column,
            length: place.length,
            message: message.into(),
            hint: Some(hint.into()),
        });
    }

    /// The line of a byte of the source, from 1.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        self.source.place(byte..byte).line
    }

    /// Whether anything keeps the lesson from being published.
    pub(crate) fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// Everything that was found, in the order of the file.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics
            .sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        self.diagnostics
    }
}
