//! `latency-lab grade SLUG FILE`: the verdict on the command line, in the words of the browser; and
//! `latency-lab grade --replay SAMPLES`: the same verdict again, computed from the samples of then.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use clap::Args;
use exercises::{
    EqualCode, Exercise, Grader, Language, RUNNER_VERSION, Report, Samples, Stage, Submission,
    Verdict, verdict::Clock,
};

use super::{Failure, Outcome, new_file::NewFile, places};

/// The arguments of `grade`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The exercise's folder name
    #[arg(required_unless_present = "replay")]
    slug: Option<String>,
    /// The solution
    #[arg(required_unless_present = "replay")]
    file: Option<PathBuf>,
    /// The programming language [default: by the file's extension]
    #[arg(long)]
    language: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Keep the raw samples that the verdict is computed from; the file must not exist yet
    #[arg(long, value_name = "OUT")]
    samples: Option<PathBuf>,
    /// Measure nothing, and compute the verdict again from a file that `--samples` wrote
    #[arg(long, value_name = "SAMPLES", conflicts_with_all = ["slug", "file", "language", "samples"])]
    replay: Option<PathBuf>,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    toolchain: places::Toolchain,
}

/// Grades the file, or what was kept of an earlier grading. A learner's failure is a verdict and exit code 0.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let report = match (&arguments.replay, &arguments.slug, &arguments.file) {
        (Some(samples), _, _) => replay(samples)?,
        (None, Some(slug), Some(file)) => grade(arguments, slug, file)?,
        (None, _, _) => return Err(Failure::Usage(anyhow!("name an exercise and a file"))),
    };
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report);
    }
    Ok(())
}

fn replay(file: &Path) -> Result<Report, Failure> {
    let name = || format!("the samples {} cannot be used", file.display());
    let bytes = fs::read(file).with_context(name).map_err(Failure::Usage)?;
    let samples = Samples::read(&bytes)
        .with_context(name)
        .map_err(Failure::Usage)?;
    if samples.runner_version != RUNNER_VERSION {
        eprintln!(
            "these samples are of version {} of the grader and are judged by the rules of version {RUNNER_VERSION}",
            samples.runner_version
        );
    }
    Ok(samples.report())
}

fn grade(arguments: &Arguments, slug: &str, file: &Path) -> Result<Report, Failure> {
    places::existing_folder(&arguments.exercises.exercises, "--exercises")?;
    let language = language(arguments, file)?;
    let exercise = exercise(arguments, slug, language)?;
    let source = fs::read(file)
        .with_context(|| format!("the file {} cannot be read", file.display()))
        .map_err(Failure::Usage)?;
    let out = arguments
        .samples
        .as_deref()
        .map(NewFile::open)
        .transpose()?;
    // Temporary: what is kept between gradings belongs to a worker, not to a command that may run anywhere.
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = Grader::open(
        &arguments.toolchain.toolchain,
        scratch.path(),
        &std::env::current_exe()?,
    )
    .map_err(|unavailable| anyhow!(unavailable.missing))?;
    let submission = Submission {
        exercise: &exercise,
        language,
        source: &source,
        earlier: None,
        equal_code: EqualCode::IsSame,
    };
    let mut on_stage = |stage: Stage| tracing::debug!(?stage, "grading");
    let graded = grader.grade_submission(&submission, &mut on_stage)?;
    if let Some(mut out) = out {
        match &graded.samples {
            Some(samples) => {
                out.beside.write_all(&samples.write())?;
                out.keep()?;
            }
            None if graded.report.clock == Clock::Virtual => eprintln!(
                "the clock is virtual and grading again gives the same nanoseconds, so there are no samples and no file is written"
            ),
            None => {
                eprintln!("nothing was measured, so there are no samples and no file is written")
            }
        }
    }
    Ok(graded.report)
}

fn language(arguments: &Arguments, file: &Path) -> Result<Language, Failure> {
    let offered = Language::ALL.map(Language::name).join(", ");
    match &arguments.language {
        Some(name) => Language::from_name(name).ok_or_else(|| {
            Failure::Usage(anyhow!(
                "there is no language `{name}`: name one of {offered}"
            ))
        }),
        None => file
            .extension()
            .and_then(|extension| Language::from_extension(extension.to_str()?))
            .ok_or_else(|| {
                Failure::Usage(anyhow!(
                    "the extension of {} tells no language: add `--language` with one of {offered}",
                    file.display()
                ))
            }),
    }
}

fn exercise(arguments: &Arguments, slug: &str, language: Language) -> Result<Exercise, Failure> {
    let (exercises, diagnostics) = exercises::load_catalog(&arguments.exercises.exercises);
    let known = exercises
        .iter()
        .map(|exercise| exercise.slug.as_str())
        .collect::<Vec<_>>()
        .join(", ");
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

/// A factor with two decimal places, and with more where these would not tell it from its neighbours.
fn times(factor: f64) -> String {
    let places = match factor {
        factor if factor < 0.1 => 4,
        factor if factor < 1.0 => 3,
        _ => 2,
    };
    format!("{factor:.places$}x")
}

fn print(report: &Report) {
    println!(
        "{}{}",
        report.verdict.word(),
        if report.passed { ", passed" } else { "" }
    );
    if let (Some(speedup), Some([low, high])) = (report.speedup, report.interval) {
        let [speedup, low, high, target] = [speedup, low, high, report.target].map(times);
        println!("speed-up  {speedup}, 99 % sure between {low} and {high} (target {target})");
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
    } else if report.verdict == Verdict::Inconclusive {
        println!(
            "The times vary too much for a word: grade it again, on a quieter machine if there is one."
        );
    }
}
