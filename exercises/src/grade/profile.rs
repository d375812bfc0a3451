//! The way to a profile: builds with line tables, and one process that runs them. It takes no measurement's place: it is
//! not timed, and so keeps to the cores that are not for measuring.

use std::time::Duration;

use super::{CHECK_LIMITS, Grader, seed_of};
use crate::GraderError;
use crate::artifacts::Artifact;
use crate::child::{Role, Task};
use crate::compile::source_text;
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::language::Language;
use crate::profile::{Profile, ProfileTask};
use crate::sandbox::Limits;

/// What a profiled process may use: two programs for a quarter of a second each, inputs, and the reading of line tables.
const LIMITS: Limits = Limits {
    processor_seconds: 6,
    wall: Duration::from_secs(18),
    ..CHECK_LIMITS
};

impl Grader {
    /// Sees where the time of the starter and of a source that was graded goes. A profile without stacks says that the
    /// source does not become a program, or that its process took too long.
    ///
    /// # Errors
    /// Failures of ours or of the exercise's author.
    pub fn profile(
        &self,
        exercise: &Exercise,
        language: Language,
        source: &[u8],
    ) -> Result<Profile, GraderError> {
        if exercise.world.is_some() {
            // What takes time there is not computed; the verdict's own findings show it.
            return Ok(Profile::default());
        }
        let job = self.tools.job_folder()?;
        let purposes = [Purpose::Profiling];
        let memory_bytes = exercise.limits.memory_bytes;
        let Ok(source) = source_text(source) else {
            return Ok(Profile::default());
        };
        let Ok(solution) = self.build(exercise, (language, source), &purposes, job.path())? else {
            return Ok(Profile::default());
        };
        let programs = self.programs(exercise, language)?;
        let starter = Artifact::of_author(
            &self.tools,
            ("starter", language, &programs.starter),
            &exercise.signature,
            memory_bytes,
            &purposes,
        )?;
        let generator = self.generator(exercise, &purposes)?;
        let task = Task::Profile(ProfileTask {
            signature: exercise.signature.clone(),
            size: exercise.inputs.measured_size,
            seed: seed_of(&exercise.grading_hash(language)),
            memory_bytes,
        });
        let roles = [
            (Role::Generator, &generator),
            (Role::Starter, &starter),
            (Role::Solution, &solution),
        ];
        let profile = self.ask(LIMITS, &task, Purpose::Profiling, &roles)?;
        Ok(profile.unwrap_or_default())
    }
}
