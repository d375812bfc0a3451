//! Measuring: one process after the other, until a look decides or the time is over.

use std::io;
use std::time::{Duration, Instant};

use crate::GraderError;
use crate::artifacts::Artifact;
use crate::child::{Role, Task};
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::Failure;
use crate::grade::looks::take_looks;
use crate::grade::programs::GRADED;
use crate::grade::{CHECK_LIMITS, EqualCode, Grader, Submission, out_of_time, tools};
use crate::language::Language;
use crate::link::SelfCheck;
use crate::measure::{BLOCKS, MeasureTask, Schedule};
use crate::samples::{ProcessSamples, Question};
use crate::sandbox::Limits;

/// What one measuring process may use.
const LIMITS: Limits = Limits {
    processor_seconds: 6,
    wall: Duration::from_secs(9),
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
        let copies = self.tools.job_folder()?;
        let _turn = self.turns.take(deadline);
        let earlier = submission.earlier.map(|samples| samples.processes.clone());
        let mut processes = 0_u32..;
        take_looks(question, earlier, &mut |first| {
            // Processes that map the same file share its pages, and with them whatever luck these have in the caches: the
            // campaign saw it move all processes of a grading alike, by up to 1.4 %. The copies stay until the end, or the
            // next process would get the pages of the one before.
            let folder = copies
                .path()
                .join(processes.next().unwrap_or_default().to_string());
            let copied = roles
                .iter()
                .map(|(role, artifact)| {
                    let folder = folder.join(role.file_name());
                    Ok((*role, artifact.copy(Purpose::Timing, &folder)?))
                })
                .collect::<io::Result<Vec<_>>>()?;
            let roles: Vec<_> = copied.iter().map(|(role, copy)| (*role, copy)).collect();
            self.measure_once(submission.exercise, deadline, first, &roles)
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
            source: self.programs(exercise, language)?.starter.as_bytes(),
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

    /// Times all of the starter and then all of a solution, as many samples of each as a verdict has after its second
    /// look, in one process: how benchmarks are commonly compared, for [`crate::campaign`] to compare with.
    pub(crate) fn time_one_after_the_other(
        &self,
        exercise: &Exercise,
        language: Language,
        source: &str,
    ) -> Result<ProcessSamples, GraderError> {
        let job = self.tools.job_folder()?;
        let starter = &self.programs(exercise, language)?.starter;
        let starter = self.of_author(exercise, language, "starter", starter)?;
        let generator = self.generator(exercise, &GRADED)?;
        let only_timing = [Purpose::Timing];
        let failed = |failure: Failure| GraderError::Exercise(failure.message());
        let solution = self
            .build(exercise, (language, source), &only_timing, job.path())?
            .map_err(failed)?;
        let task = Task::Measure(MeasureTask {
            signature: exercise.signature.clone(),
            has_checker: false,
            size: exercise.inputs.measured_size,
            seed: tools::random_seed()?,
            memory_bytes: exercise.limits.memory_bytes,
            calls_per_sample: None,
            single_calls: false,
            budget: FIRST_BUDGET,
            blocks: 4 * BLOCKS,
            schedule: Schedule::OneAfterTheOther,
        });
        let roles = [
            (Role::Generator, &generator),
            (Role::Starter, &starter),
            (Role::Solution, &solution),
        ];
        let _turn = self.turns.take(Instant::now() + OVER_BY);
        let measured: Option<Result<ProcessSamples, Failure>> =
            self.ask(LIMITS, &task, Purpose::Timing, &roles)?;
        measured
            .unwrap_or_else(|| Err(out_of_time(LIMITS)))
            .map_err(failed)
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
            has_checker: exercise.checker.is_some(),
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
            blocks: BLOCKS,
            schedule: Schedule::Interleaved,
        });
        match self.ask(limits, &task, Purpose::Timing, roles) {
            // Whoever is slow is slow in the first process; a later one that is stopped was disturbed.
            Ok(None) if first.is_none() => Ok(Some(Err(out_of_time(limits)))),
            Err(GraderError::Machine(error))
                if error.kind() == io::ErrorKind::TimedOut && left < LIMITS.wall =>
            {
                Ok(None)
            }
            measured => measured,
        }
    }
}
