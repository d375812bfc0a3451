//! From a grader's report to what a learner is told.

use app::{
    api::{ExampleRun, Mark, Percentiles, Report, RunReport},
    pages::{
        submission::{HotSpot, Origin, ProfileView, SideView},
        world::WorldView,
    },
    text::Language,
};
use exercises::{
    ExampleReport, Failure,
    profile::{self, ENOUGH_SAMPLES, Stack, shares},
    verdict::{PercentileSource, Reason},
};

use super::{profiles::ProfileState, submissions::Submission};
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
    reference_speedup: Option<f64>,
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
        stars: report.stars,
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
        fuel_reference: report.fuel_reference,
        peak_memory_bytes: report.peak_memory_bytes,
        module_bytes_before: report.module_bytes_before,
        module_bytes_after: report.module_bytes_after,
        reference_speedup,
        identical_code: report.reason == Some(Reason::IdenticalCode),
        rerun: report.rerun,
        marks: report
            .failure
            .as_ref()
            .map(|of| marks(of, language))
            .unwrap_or_default(),
        message: report
            .failure
            .as_ref()
            .map(|of| failure::sentence(of, language)),
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
            .map(|of| failure::sentence(of, language)),
        marks: report
            .failure
            .as_ref()
            .map(|of| marks(of, language))
            .unwrap_or_default(),
        examples: report.examples.into_iter().map(example).collect(),
    }
}

/// The places of the source that a failure is about.
fn marks(of: &Failure, language: Language) -> Vec<Mark> {
    match of {
        Failure::Compiler { places, .. } => places
            .iter()
            .map(|place| Mark {
                line: place.line,
                column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
                message: place.message.clone(),
            })
            .collect(),
        Failure::Trap {
            place: Some((line, column)),
            ..
        } => vec![Mark {
            line: *line,
            column: *column,
            end_line: *line,
            end_column: *column + 1,
            message: failure::sentence(of, language),
        }],
        _ => Vec::new(),
    }
}

/// What a submission's page shows of its profile.
pub fn profile_view(standing: ProfileState) -> Option<ProfileView> {
    match standing {
        ProfileState::None => None,
        ProfileState::Underway => Some(ProfileView::Underway),
        ProfileState::Made(profile) => Some(ProfileView::Made {
            before: side_view(&profile.before),
            after: side_view(&profile.after),
        }),
    }
}

fn side_view(stacks: &[Stack]) -> SideView {
    let origin = |of| match of {
        profile::Origin::Source => Origin::Source,
        profile::Origin::Library => Origin::Library,
        profile::Origin::Glue => Origin::Laboratory,
    };
    let place = |shares: profile::Shares| HotSpot {
        function: shares.frame.name,
        line: shares.frame.line,
        origin: origin(shares.frame.origin),
        own_share: shares.own,
        total_share: shares.total,
    };
    SideView {
        samples: profile::samples(stacks),
        enough_samples: ENOUGH_SAMPLES,
        places: shares(stacks).into_iter().map(place).collect(),
    }
}

/// The speed-up that a submission's report tells, if any was measured.
///
/// # Errors
/// The report cannot be read.
pub fn speedup(submission: &Submission) -> serde_json::Result<Option<f64>> {
    let stored = submission.report.as_deref();
    let report = stored.map(serde_json::from_str::<exercises::Report>);
    Ok(report.transpose()?.and_then(|report| report.speedup))
}

/// What the simulated world of a submission's exercise showed, if it has one and the program was right.
///
/// # Errors
/// The report cannot be read.
pub fn world(
    submission: &Submission,
) -> serde_json::Result<Option<Box<exercises::world::Findings>>> {
    let stored = submission.report.as_deref();
    let report = stored.map(serde_json::from_str::<exercises::Report>);
    Ok(report.transpose()?.and_then(|report| report.world))
}

/// The same as a submission's page shows it.
///
/// # Errors
/// The report cannot be read.
pub fn world_view(submission: &Submission) -> serde_json::Result<Option<WorldView>> {
    let findings = world(submission)?;
    let view =
        findings.map(|findings| serde_json::to_value(findings).and_then(serde_json::from_value));
    view.transpose()
}

/// The contract's word for a verdict.
pub(super) fn word(verdict: exercises::Verdict) -> String {
    verdict.word().to_owned()
}
