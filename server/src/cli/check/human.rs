//! Findings as a compiler prints them: the line, what is wrong in it, and what to do.

use std::{
    io::{self, IsTerminal},
    ops::Range,
};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::collect::{Finding, Findings, Severity};

/// Prints every finding, then how many there are.
pub(super) fn print(findings: &Findings) {
    // https://no-color.org: any value but none at all.
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let renderer = if io::stdout().is_terminal() && !no_colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    for finding in findings.all() {
        println!("{}\n", rendered(&renderer, &finding));
    }
    let (errors, warnings) = (findings.errors(), findings.warnings());
    println!(
        "{} lessons, {} exercises: {errors} errors, {warnings} warnings",
        findings.files.len(),
        findings.exercises.len()
    );
}

fn rendered(renderer: &Renderer, finding: &Finding<'_>) -> String {
    let found = finding.found;
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::HELP,
    };
    let path = finding.path.display().to_string();
    let number = usize::try_from(found.line).unwrap_or(usize::MAX);
    let line = finding
        .source
        .lines()
        .nth(number.saturating_sub(1))
        .unwrap_or_default();
    let snippet = Snippet::source(line)
        .path(path)
        .line_start(number)
        .annotation(AnnotationKind::Primary.span(span(line, found.column, found.length)));
    let mut group = level
        .primary_title(found.message.as_str())
        .id(found.code)
        .element(snippet);
    if let Some(hint) = &found.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// The bytes that the characters from `column` on take in `line`.
fn span(line: &str, column: u32, length: u32) -> Range<usize> {
    let offset = |characters: usize| {
        line.char_indices()
            .nth(characters)
            .map_or(line.len(), |(offset, _)| offset)
    };
    let start = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    offset(start)..offset(start.saturating_add(length))
}
