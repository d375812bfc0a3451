//! `check --grade`: what an exercise claims about its programs is graded.
//!
//! 1. Every program of every language is listed with what its name claims.
//! 2. What was as claimed before, and is unchanged, is not graded again ([`Kept`]).
//! 3. The others are graded one after the other: the starter misses the target, the reference passes it by 15 % and earns
//!    every star, wrong attempts are wrong, and slow ones too slow.

use std::{
    io::{IsTerminal, stderr},
    path::Path,
};

use anyhow::{Context, anyhow};
use exercises::{Exercise, Grader, Language, Report, Toolchain, Verdict, verdict_key};
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    collect::{ExerciseFolder, Found, Severity},
    kept::Kept,
};

/// By how much the reference has to be beyond the target, so that a noisy machine does not make it fail.
const REFERENCE_MARGIN: f64 = 1.15;

/// What a program's name says about it.
#[derive(Clone, Copy)]
enum Claim {
    Passes,
    TooSlow,
    Wrong,
}

/// A program and what is claimed of it.
struct Claimed<'exercise> {
    /// The place of its exercise among those that are checked.
    place: usize,
    exercise: &'exercise Exercise,
    language: Language,
    name: String,
    source: &'exercise str,
    claim: Claim,
}

/// Grades every program of the exercises that have no errors so far, and adds what is not as claimed.
///
/// # Errors
/// Nothing can be graded on this machine.
pub(super) fn check(
    folders: &mut [ExerciseFolder],
    toolchain: &Path,
    data: &Path,
) -> anyhow::Result<()> {
    let kept = Kept::open(data).context("what was graded cannot be kept")?;
    let compilers = Toolchain::open(toolchain).map_err(anyhow::Error::msg)?;
    let exercises: Vec<Option<Exercise>> = folders
        .iter()
        .map(|folder| {
            let path = folder.path.parent().unwrap_or(Path::new(""));
            exercises::catalog::load_exercise(path)
                .ok()
                .filter(|_| folder.diagnostics.is_empty())
        })
        .collect();
    for (folder, exercise) in folders.iter_mut().zip(&exercises) {
        let languages = exercise
            .iter()
            .flat_map(|exercise| exercise.programs.keys());
        folder
            .diagnostics
            .extend(languages.filter_map(|language| not_installed(&compilers, *language)));
    }
    let is_installed = |claimed: &Claimed<'_>| compilers.version_of(claimed.language).is_ok();
    let claimed = exercises
        .iter()
        .enumerate()
        .filter_map(|(place, exercise)| Some((place, exercise.as_ref()?)))
        .flat_map(|(place, exercise)| claims_of(place, exercise))
        .filter(is_installed);
    let key = |claimed: &Claimed<'_>| {
        let source = claimed.source.as_bytes();
        verdict_key(
            claimed.exercise,
            claimed.language,
            source,
            &compilers.sha256_of(claimed.language),
        )
    };
    let open: Vec<(Claimed<'_>, String)> = claimed
        .map(|claimed| {
            let key = key(&claimed);
            (claimed, key)
        })
        .filter(|(claimed, key)| {
            kept.find(key)
                .is_none_or(|report| is_not_as_claimed(&report, claimed).is_some())
        })
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = Grader::open(toolchain, scratch.path(), &std::env::current_exe()?)
        .map_err(|unavailable| anyhow!(unavailable.missing))?;
    let progress = Progress::new(open.len());
    for (claimed, key) in open {
        progress.begin(&claimed);
        let source = claimed.source.as_bytes();
        let graded = grader.grade(claimed.exercise, claimed.language, source, &mut |_| {});
        let found = match &graded {
            Ok(report) => is_not_as_claimed(report, &claimed),
            Err(error) => Some(found(
                "not-gradable",
                format!("{} cannot be graded: {error}", claimed.file()),
                "",
            )),
        };
        if let (Ok(report), None) = (&graded, &found) {
            kept.keep(&key, report)?;
        }
        folders[claimed.place].diagnostics.extend(found);
        progress.end();
    }
    progress.finish();
    Ok(())
}

/// That a language's programs cannot be graded here, which is no mistake of the exercise's.
fn not_installed(compilers: &Toolchain, language: Language) -> Option<Found> {
    let reason = compilers.version_of(language).err()?;
    let message = format!(
        "what is claimed in `{}` was not graded: {} is not installed here: {reason}",
        language.name(),
        language.title()
    );
    let found = found(
        "language-not-installed",
        message,
        "run `cargo xtask setup`, or check the claims on another machine",
    );
    Some(Found {
        severity: Severity::Warning,
        ..found
    })
}

/// Every program of an exercise, with what is claimed of it.
fn claims_of(place: usize, exercise: &Exercise) -> Vec<Claimed<'_>> {
    exercise
        .programs
        .iter()
        .flat_map(|(language, programs)| {
            let own = [
                ("starter".to_owned(), &programs.starter, Claim::TooSlow),
                ("reference".to_owned(), &programs.reference, Claim::Passes),
            ];
            let wrong = programs
                .wrong
                .iter()
                .map(|(what, source)| (format!("wrong-{what}"), source, Claim::Wrong));
            let slow = programs
                .slow
                .iter()
                .map(|(what, source)| (format!("slow-{what}"), source, Claim::TooSlow));
            own.into_iter()
                .chain(wrong)
                .chain(slow)
                .map(|(name, source, claim)| Claimed {
                    place,
                    exercise,
                    language: *language,
                    name,
                    source,
                    claim,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

impl Claimed<'_> {
    /// The program's file in its folder.
    fn file(&self) -> String {
        let language = self.language;
        format!("{}/{}.{}", language.name(), self.name, language.extension())
    }
}

/// A bar on a terminal, else a line for each program.
struct Progress(Option<ProgressBar>);

impl Progress {
    fn new(programs: usize) -> Progress {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len}, {eta} left: {msg}");
            ProgressBar::new(programs as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress(bar)
    }

    fn begin(&self, claimed: &Claimed<'_>) {
        let program = format!("{}/{}", claimed.exercise.slug, claimed.file());
        match &self.0 {
            Some(bar) => bar.set_message(program),
            None => eprintln!("grading {program}"),
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// What is not as claimed.
fn is_not_as_claimed(report: &Report, claimed: &Claimed<'_>) -> Option<Found> {
    let program = claimed.file();
    let verdict = report.verdict.word();
    match claimed.claim {
        Claim::Passes if !passes_with_margin(report) => Some(found(
            "reference-misses-target",
            format!(
                "{program} has to pass the target {} by 15 %, and is {verdict} with {}",
                report.target,
                speedup(report)
            ),
            "lower `target-speedup` or improve the reference",
        )),
        Claim::Passes if report.speedup < Some(claimed.exercise.stars[2]) => Some(found(
            "stars-out-of-reach",
            format!(
                "{program} has to earn every star, and reaches {} of {}",
                speedup(report),
                claimed.exercise.stars[2]
            ),
            "lower the last of `stars` or improve the reference",
        )),
        Claim::TooSlow if report.passed || !is_measured(report.verdict) => Some(found(
            "slow-attempt-not-slow",
            format!(
                "{program} has to be right and miss the target, and is {verdict} with {}",
                speedup(report)
            ),
            "a slow attempt answers rightly and stays below `target-speedup`",
        )),
        Claim::Wrong if report.verdict != Verdict::WrongAnswer => Some(found(
            "wrong-attempt-not-wrong",
            format!("{program} has to be wrong, and is {verdict}"),
            "add a size to `checked-sizes` at which its answer differs from the reference's",
        )),
        Claim::Passes | Claim::TooSlow | Claim::Wrong => None,
    }
}

fn passes_with_margin(report: &Report) -> bool {
    report.passed
        && report
            .interval
            .is_some_and(|[low, _]| low >= report.target * REFERENCE_MARGIN)
}

fn is_measured(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Faster | Verdict::Same | Verdict::Slower | Verdict::Inconclusive
    )
}

fn speedup(report: &Report) -> String {
    report.speedup.map_or_else(
        || "no speed-up".to_owned(),
        |speedup| format!("a speed-up of {speedup:.2}"),
    )
}

/// About the manifest as a whole: the claim is made by the names of files.
fn found(code: &'static str, message: String, hint: &str) -> Found {
    Found {
        severity: Severity::Error,
        code,
        line: 1,
        column: 1,
        message,
        hint: Some(hint.to_owned()).filter(|hint| !hint.is_empty()),
        length: 1,
    }
}
