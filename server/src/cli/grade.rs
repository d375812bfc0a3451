//! `latency-lab grade SLUG FILE`: the verdict on the command line, in the words of the browser.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use exercises::{Exercise, Grader, Language, Report, Stage};

use super::{Failure, Outcome, places};

/// The arguments of `grade`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The exercise's folder name
    slug: String,
    /// The solution
    file: PathBuf,
    /// The programming language [default: by the file's extension]
    #[arg(long)]
    language: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    toolchain: places::Toolchain,
}

/// Grades the file. A learner's failure is a verdict and exit code 0.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    places::existing_folder(&arguments.exercises.exercises, "--exercises")?;
    let language = language(arguments)?;
    let exercise = exercise(arguments, language)?;
    let source = fs::read(&arguments.file)
        .with_context(|| format!("the file {} cannot be read", arguments.file.display()))
        .map_err(Failure::Usage)?;
    // Temporary: what is kept between gradings belongs to a worker, not to a command that may run anywhere.
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = Grader::open(
        &arguments.toolchain.toolchain,
        scratch.path(),
        &std::env::current_exe()?,
    )
    .map_err(|unavailable| anyhow!(unavailable.missing))?;
    let mut on_stage = |stage: Stage| tracing::debug!(?stage, "grading");
    let report = grader.grade(&exercise, language, &source, &mut on_stage)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report);
    }
    Ok(())
}

fn language(arguments: &Arguments) -> Result<Language, Failure> {
    let offered = Language::ALL.map(Language::name).join(", ");
    match &arguments.language {
        Some(name) => Language::from_name(name)
            .ok_or_else(|| Failure::Usage(anyhow!("there is no language `{name}`: name one of {offered}"))),
        None => arguments
            .file
            .extension()
            .and_then(|extension| Language::from_extension(extension.to_str()?))
            .ok_or_else(|| {
                let file = arguments.file.display();
                Failure::Usage(anyhow!("the extension of {file} tells no language: add `--language` with one of {offered}"))
            }),
    }
}

fn exercise(arguments: &Arguments, language: Language) -> Result<Exercise, Failure> {
    let (exercises, diagnostics) = exercises::load_catalog(&arguments.exercises.exercises);
    let known = exercises
        .iter()
        .map(|exercise| exercise.slug.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let slug = &arguments.slug;
    let Some(exercise) = exercises
        .iter()
        .find(|exercise| exercise.slug.as_str() == slug)
    else {
        let broken = diagnostics
            .iter()
            .any(|(path, _)| path.parent().is_some_and(|folder| folder.ends_with(slug)));
        return Err(Failure::Usage(if broken {
            anyhow!("the exercise `{slug}` has errors: run `latency-lab check` to see them")
        } else {
            anyhow!("there is no exercise `{slug}`: name one of {known}")
        }));
    };
    if !exercise.programs.contains_key(&language) {
        return Err(Failure::Usage(anyhow!(
            "the exercise `{slug}` is not offered in {}",
            language.name()
        )));
    }
    Ok(exercise.clone())
}

fn print(report: &Report) {
    println!(
        "{}{}",
        report.verdict.word(),
        if report.passed { ", passed" } else { "" }
    );
    if let (Some(speedup), Some([low, high])) = (report.speedup, report.interval) {
        println!(
            "speed-up  {speedup:.2}x, 99 % sure between {low:.2}x and {high:.2}x (target {:.2}x)",
            report.target
        );
    }
    for (name, percentiles) in [("before", report.before), ("after", report.after)] {
        if let Some(of) = percentiles {
            println!(
                "{name:<8}  p50 {:.1} us, p95 {:.1} us, p99 {:.1} us a call",
                of.p50_ns / 1e3,
                of.p95_ns / 1e3,
                of.p99_ns / 1e3
            );
        }
    }
    if let (Some(before), Some(after)) = (report.fuel_before, report.fuel_after) {
        println!("fuel      {before} before, {after} after");
    }
    if let Some(bytes) = report.peak_memory_bytes {
        println!("memory    {bytes} bytes at the peak");
    }
    if let Some(message) = &report.message {
        println!("{message}");
    }
}
