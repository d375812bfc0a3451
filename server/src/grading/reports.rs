//! From a grader's report to what a learner is told.

use app::{
    api::{ExampleRun, Percentiles, Report, RunReport},
    text::Language,
};
use exercises::{ExampleReport, verdict::PercentileSource};

use crate::text::failure;

/// The report as the learner sees it: with what they predicted, and their last pass before.
///
/// # Errors
/// The stored report cannot be read.
pub(super) fn for_learner(
    stored: &str,
    language: Language,
    predicted_speedup: Option<f64>,
    last_pass_speedup: Option<f64>,
) -> serde_json::Result<Report> {
    let report: exercises::Report = serde_json::from_str(stored)?;
    let percentiles = |of: exercises::verdict::Percentiles| Percentiles {
        p50_ns: of.p50_ns,
        p95_ns: of.p95_ns,
        p99_ns: of.p99_ns,
    };
    Ok(Report {
        verdict: word(report.verdict),
        passed: report.passed,
        target: report.target,
        speedup: report.speedup,
        interval: report.interval,
        before: report.before.map(percentiles),
        after: report.after.map(percentiles),
        percentiles: report.percentiles.map(|source| {
            let name = match source {
                PercentileSource::Call => "call",
                PercentileSource::Batch => "batch",
            };
            name.to_owned()
        }),
        samples_before_ns: report.samples_before_ns,
        samples_after_ns: report.samples_after_ns,
        fuel_before: report.fuel_before,
        fuel_after: report.fuel_after,
        peak_memory_bytes: report.peak_memory_bytes,
        message: report
            .failure
            .as_ref()
            .map(|of| failure::sentence(of, language))
            .or(report.message),
        predicted_speedup,
        last_pass_speedup,
    })
}

/// A trial run as the learner sees it.
pub(super) fn of_examples(report: ExampleReport, language: Language) -> RunReport {
    let example = |example: exercises::check::ExampleRun| ExampleRun {
        input: example.input,
        expected: example.expected,
        got: example.got,
        passed: example.passed,
    };
    RunReport {
        verdict: report.verdict.map(word),
        message: report
            .failure
            .as_ref()
            .map(|of| failure::sentence(of, language))
            .or(report.message),
        examples: report.examples.into_iter().map(example).collect(),
    }
}

/// The contract's word for a verdict.
pub(super) fn word(verdict: exercises::Verdict) -> String {
    verdict.word().to_owned()
}
