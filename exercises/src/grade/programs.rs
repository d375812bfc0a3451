//! The programs that a grading needs, built.

use std::path::Path;

use super::Grader;
use crate::GraderError;
use crate::artifacts::Artifact;
use crate::engine::Purpose;
use crate::exercise::{Exercise, Programs};
use crate::failure::Failure;
use crate::language::Language;
use crate::signature::Signature;

/// What a program is translated for that is graded.
pub(super) const GRADED: [Purpose; 2] = [Purpose::Checking, Purpose::Timing];

impl Grader {
    /// The author's programs in a language.
    ///
    /// # Errors
    /// When the exercise is not offered in it, or it is not installed here.
    pub(super) fn programs<'exercise>(
        &self,
        exercise: &'exercise Exercise,
        language: Language,
    ) -> Result<&'exercise Programs, GraderError> {
        let programs = exercise.programs.get(&language).ok_or_else(|| {
            GraderError::Exercise(format!(
                "`{}` is not offered in {}",
                exercise.slug,
                language.name()
            ))
        })?;
        match self.tools.toolchain.version_of(language) {
            Ok(_) => Ok(programs),
            Err(reason) => Err(GraderError::NotInstalled { language, reason }),
        }
    }

    /// The exercise's generator.
    pub(super) fn generator(
        &self,
        exercise: &Exercise,
        purposes: &[Purpose],
    ) -> Result<Artifact, GraderError> {
        let source = ("generator", Language::Rust, exercise.generator.as_str());
        let own = exercise.signature.of_generator();
        self.around(exercise, source, &own, purposes)
    }

    /// The exercise's checker, where it has one.
    pub(super) fn checker(&self, exercise: &Exercise) -> Result<Option<Artifact>, GraderError> {
        let own = exercise.signature.of_checker();
        let build = |source: &String| {
            let source = ("checker", Language::Rust, source.as_str());
            self.around(exercise, source, &own, &GRADED)
        };
        exercise.checker.as_ref().map(build).transpose()
    }

    fn around(
        &self,
        exercise: &Exercise,
        source: (&str, Language, &str),
        own: &Signature,
        purposes: &[Purpose],
    ) -> Result<Artifact, GraderError> {
        let memory_bytes = exercise.limits.memory_bytes;
        Artifact::of_author(&self.tools, source, own, memory_bytes, purposes)
    }

    /// Builds the exercise's own programs, so that the next grading finds them built.
    ///
    /// # Errors
    /// Those of the exercise's author, and ours.
    pub fn prepare(&self, exercise: &Exercise, language: Language) -> Result<(), GraderError> {
        if let Some(world) = &exercise.world {
            return self.prepare_world(exercise, world, language);
        }
        let own = self.programs(exercise, language)?;
        self.of_author(exercise, language, "starter", &own.starter)?;
        self.of_author(exercise, language, "reference", &own.reference)?;
        self.generator(exercise, &GRADED)?;
        self.checker(exercise)?;
        Ok(())
    }

    /// A program of the author's that has the exercise's function, for grading.
    pub(super) fn of_author(
        &self,
        exercise: &Exercise,
        language: Language,
        name: &str,
        source: &str,
    ) -> Result<Artifact, GraderError> {
        Artifact::of_author(
            &self.tools,
            (name, language, source),
            &exercise.signature,
            exercise.limits.memory_bytes,
            &GRADED,
        )
    }

    /// The learner's program, in an empty folder.
    pub(super) fn build(
        &self,
        exercise: &Exercise,
        source: (Language, &str),
        purposes: &[Purpose],
        folder: &Path,
    ) -> Result<Result<Artifact, Failure>, GraderError> {
        Artifact::build(
            &self.tools,
            source,
            &exercise.signature,
            exercise.limits.memory_bytes,
            purposes,
            folder,
        )
    }
}
