//! `check --grade`: programs of lessons are compiled and run, and print what their lessons say.

use std::path::Path;

use anyhow::{Context, anyhow};
use exercises::Grader;

use super::collect::{Found, LessonFile, Severity};
use crate::lessons::files::Judged;

/// Runs every program and adds what is not as written. `files` are the first of `examined`, in the same order.
///
/// # Errors
/// There are programs, and nothing can be run on this machine.
pub(super) fn check(
    toolchain: &Path,
    files: &[Judged],
    examined: &mut [LessonFile],
) -> anyhow::Result<()> {
    let has_programs = |judged: &Judged| {
        let lesson = judged.file.parsed.lesson.as_ref();
        lesson.is_some_and(|lesson| !lesson.programs.is_empty())
    };
    if !files.iter().any(has_programs) {
        return Ok(());
    }
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = Grader::open(toolchain, scratch.path(), &std::env::current_exe()?)
        .map_err(|unavailable| anyhow!(unavailable.missing))?;
    for (judged, examined) in files.iter().zip(examined) {
        let lesson = judged.file.parsed.lesson.iter();
        for program in lesson.flat_map(|lesson| &lesson.programs) {
            eprintln!("running {}:{}", examined.path.display(), program.line);
            let (code, message, hint) = match grader.run_program(&program.source) {
                Err(error) => (
                    "not-gradable",
                    format!("this program cannot be run: {error}"),
                    None,
                ),
                Ok(report) => match report.message {
                    Some(message) => (
                        "program-fails",
                        format!("this program does not come to its end: {message}"),
                        None,
                    ),
                    None if program.is_output(&report.output) => continue,
                    None => (
                        "output-differs",
                        "this program prints something else than its lesson says".to_owned(),
                        Some(format!("it prints: {}", report.output.trim_end())),
                    ),
                },
            };
            examined.diagnostics.push(Found {
                severity: Severity::Error,
                code,
                line: program.line,
                column: 1,
                message,
                hint,
                length: 3,
            });
        }
    }
    Ok(())
}
