//! Measuring: one process after the other, until a look decides or the time is over.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::GraderError;
use crate::artifacts::Artifact;
use crate::child::{Role, Task};
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::Failure;
use crate::grade::looks::take_looks;
use crate::grade::{CHECK_LIMITS, EqualCode, Grader, Submission, out_of_time, programs, tools};
use crate::language::Language;
use crate::link::SelfCheck;
use crate::measure::MeasureTask;
use crate::samples::{ProcessSamples, Question};
use crate::sandbox::Limits;

/// What one measuring process may use.
const LIMITS: Limits = Limits {
    processor_seconds: 8,
    wall: Duration::from_secs(6),
    ..CHECK_LIMITS
};

/// When measuring must be over, counted from the start of grading: `grade` ends within 15 seconds.
const OVER_BY: Duration = Duration::from_secs(14);

/// How long the blocks of one process may take: the first one's is longer, since a slow program has no second.
const FIRST_BUDGET: Duration = Duration::from_millis(1_500);
const LATER_BUDGET: Duration = Duration::from_millis(600);

impl Grader {
    /// Lets processes time the programs with these roles until a look answers the question. Grading has `started` when
    /// it did.
    pub(super) fn measure(
        &self,
        submission: &Submission<'_>,
        question: &Question,
        started: Instant,
        roles: &[(Role, &Artifact)],
    ) -> Result<Result<Vec<ProcessSamples>, Failure>, GraderError> {
        let deadline = started + OVER_BY;
        let _only_one = self
            .measuring
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let earlier = submission.earlier.map(|samples| samples.processes.clone());
        take_looks(question, earlier, &mut |first| {
            self.measure_once(submission.exercise, deadline, first, roles)
        })
    }

    /// Times a starter against itself in full: nothing is taken from an earlier verdict, equal code is no short cut, and
    /// the second copy is compiled and translated anew.
    ///
    /// # Errors
    /// Failures of ours or of the exercise's author; the starter's own are among them.
    pub fn check_itself(
        &self,
        exercise: &Exercise,
        language: Language,
    ) -> Result<SelfCheck, GraderError> {
        let submission = Submission {
            exercise,
            language,
            source: programs(exercise, language)?.starter.as_bytes(),
            earlier: None,
            equal_code: EqualCode::IsTimed,
        };
        let report = self.grade_submission(&submission, &mut |_| {})?.report;
        if let Some(failure) = report.failure {
            let message = failure.message();
            return Err(GraderError::Exercise(format!(
                "the starter fails: {message}"
            )));
        }
        Ok(SelfCheck {
            exercise: exercise.slug.clone(),
            language,
            verdict: report.verdict,
            half_width: report.interval.map(|[low, high]| (high - low) / 2.0),
        })
    }

    /// Lets one process measure; none when there was no time for it.
    fn measure_once(
        &self,
        exercise: &Exercise,
        deadline: Instant,
        first: Option<&ProcessSamples>,
        roles: &[(Role, &Artifact)],
    ) -> Result<Option<Result<ProcessSamples, Failure>>, GraderError> {
        let left = deadline.saturating_duration_since(Instant::now());
        let limits = Limits {
            wall: LIMITS.wall.min(left),
            ..LIMITS
        };
        let task = Task::Measure(MeasureTask {
            signature: exercise.signature.clone(),
            size: exercise.inputs.measured_size,
            seed: tools::random_seed()?,
            memory_bytes: exercise.limits.memory_bytes,
            calls_per_sample: first.map(|measured| measured.calls_per_sample),
            single_calls: first.is_none(),
            budget: if first.is_none() {
                FIRST_BUDGET
            } else {
                LATER_BUDGET
            },
        });
        let measured = self.ask(limits, &task, Purpose::Timing, roles)?;
        // A process that had all the time there is to have was stopped for being slow.
        let slow = measured.is_none() && first.is_none() && left > LIMITS.wall;
        Ok(if slow {
            Some(Err(out_of_time(limits)))
        } else {
            measured
        })
    }
}
