//! Findings as one JSON document.

use content::Counts;
use serde::Serialize;

use super::collect::{Findings, Found};

#[derive(Serialize)]
struct Document<'a> {
    files: Vec<File<'a>>,
    exercises: Vec<Exercise<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct File<'a> {
    path: String,
    lang: Option<&'static str>,
    number: Option<u32>,
    title: Option<&'a str>,
    counts: &'a Counts,
    diagnostics: &'a [Found],
}

#[derive(Serialize)]
struct Exercise<'a> {
    slug: &'a str,
    languages: &'a [String],
    diagnostics: &'a [Found],
}

/// Prints the document.
pub(super) fn print(findings: &Findings) -> serde_json::Result<()> {
    let files = findings.files.iter().map(|file| File {
        path: file.path.display().to_string(),
        lang: file.language.map(|language| language.code()),
        number: file.number,
        title: file.title.as_deref(),
        counts: &file.counts,
        diagnostics: &file.diagnostics,
    });
    let exercises = findings.exercises.iter().map(|exercise| Exercise {
        slug: &exercise.slug,
        languages: &exercise.languages,
        diagnostics: &exercise.diagnostics,
    });
    let document = Document {
        files: files.collect(),
        exercises: exercises.collect(),
        errors: findings.errors(),
        warnings: findings.warnings(),
    };
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}
