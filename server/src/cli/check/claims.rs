//! `check --grade`: what an exercise claims about its programs is graded.
//!
//! The starter misses the target, the reference passes it by 15 %, wrong attempts are wrong, and slow ones too slow.

use std::path::Path;

use anyhow::{Context, anyhow};
use exercises::{Exercise, Grader, Language, Report, Verdict};

use super::collect::{ExerciseFolder, Found, Severity};

/// By how much the reference has to be beyond the target, so that a noisy machine does not make it fail.
const REFERENCE_MARGIN: f64 = 1.15;

/// Grades every program of the exercises that have no errors so far, and adds what is not as claimed.
///
/// # Errors
/// Nothing can be graded on this machine.
pub(super) fn check(exercises: &mut [ExerciseFolder], toolchain: &Path) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = Grader::open(toolchain, scratch.path(), &std::env::current_exe()?)
        .map_err(|unavailable| anyhow!(unavailable.missing))?;
    for folder in exercises
        .iter_mut()
        .filter(|folder| folder.diagnostics.is_empty())
    {
        let path = folder.path.parent().unwrap_or(Path::new(""));
        let Ok(exercise) = exercises::catalog::load_exercise(path) else {
            continue;
        };
        for (language, programs) in &exercise.programs {
            let wrong = programs
                .wrong
                .iter()
                .map(|(name, source)| (format!("wrong-{name}"), source, Claim::Wrong));
            let slow = programs
                .slow
                .iter()
                .map(|(name, source)| (format!("slow-{name}"), source, Claim::TooSlow));
            let own = [
                ("starter".to_owned(), &programs.starter, Claim::TooSlow),
                ("reference".to_owned(), &programs.reference, Claim::Passes),
            ];
            for (name, source, claim) in own.into_iter().chain(wrong).chain(slow) {
                eprintln!("grading {}/{}/{name}", folder.slug, language.name());
                folder
                    .diagnostics
                    .extend(verify(&grader, &exercise, *language, &name, source, claim));
            }
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Claim {
    Passes,
    TooSlow,
    Wrong,
}

fn verify(
    grader: &Grader,
    exercise: &Exercise,
    language: Language,
    name: &str,
    source: &str,
    claim: Claim,
) -> Option<Found> {
    let program = format!("{}/{name}.{}", language.name(), language.extension());
    let report = match grader.grade(exercise, language, source.as_bytes(), &mut |_| {}) {
        Ok(report) => report,
        Err(error) => {
            return Some(found(
                "not-gradable",
                format!("{program} cannot be graded: {error}"),
                "",
            ));
        }
    };
    let verdict = report.verdict.word();
    match claim {
        Claim::Passes if !passes_with_margin(&report) => Some(found(
            "reference-misses-target",
            format!(
                "{program} has to pass the target {} by 15 %, and is {verdict} with {}",
                report.target,
                speedup(&report)
            ),
            "lower `target-speedup` or improve the reference",
        )),
        Claim::TooSlow if report.passed || !is_measured(report.verdict) => Some(found(
            "slow-attempt-not-slow",
            format!(
                "{program} has to be right and miss the target, and is {verdict} with {}",
                speedup(&report)
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
