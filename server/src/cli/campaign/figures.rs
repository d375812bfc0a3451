//! `campaign --catalog`: a row for each exercise and language.

use anyhow::Context;
use exercises::{
    Report,
    campaign::{Figures, figures},
};

use super::{Arguments, open};
use crate::cli::{Outcome, places};

/// Grades every reference, and prints a row as soon as it is known.
pub(super) fn print(arguments: &Arguments) -> Outcome {
    let root = places::existing_folder(&arguments.exercises.exercises, "--exercises")?;
    let (exercises, _) = exercises::load_catalog(root);
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = open(arguments, scratch.path())?;
    if !arguments.json {
        println!("{}", HEADINGS.join(" | "));
    }
    let mut all = Vec::new();
    for exercise in &exercises {
        for language in exercise.programs.keys() {
            let found = figures(&grader, exercise, *language)
                .with_context(|| format!("{} in {}", exercise.slug, language.name()))?;
            if !arguments.json {
                println!("{}", row(&found).join(" | "));
            }
            all.push(found);
        }
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&all)?);
    }
    Ok(())
}

const HEADINGS: [&str; 8] = [
    "exercise",
    "language",
    "compiling",
    "starter p50",
    "reference p50",
    "speed-up",
    "stars",
    "wasm ÷ native",
];

fn row(found: &Figures) -> [String; 8] {
    let Report {
        before,
        after,
        speedup,
        interval,
        stars,
        ..
    } = &found.report;
    let none = || "–".to_owned();
    let typical = |of: &Option<exercises::verdict::Percentiles>| {
        of.map_or_else(none, |of| format!("{:.1} µs", of.p50_ns / 1e3))
    };
    [
        found.exercise.clone(),
        found.language.name().to_owned(),
        format!("{:.0} ms", found.compiling_milliseconds),
        typical(before),
        typical(after),
        speedup
            .zip(*interval)
            .map_or_else(none, |(speedup, [low, high])| {
                format!("{speedup:.2} ({low:.2} to {high:.2})")
            }),
        stars.map_or_else(none, |stars| stars.to_string()),
        found
            .wasm_to_native
            .map_or_else(none, |ratio| format!("{ratio:.2}")),
    ]
}
