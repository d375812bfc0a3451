//! The steps from a source to a verdict.
//!
//! Exercises with a simulated world are graded there instead (`world`), and exactly. All others:
//!
//! 1. *Compiling*: the exercise's own programs (kept from the last time) and the source become machine code.
//! 2. *Checking*: answers are compared with the reference's, and work is counted.
//! 3. Equal code is `same` without more ado.
//! 4. *Measuring*: as many processes as the planned looks ([`looks`]) ask for. The verdict is computed from their samples
//!    by [`Samples::report`], which does the same with samples that were read from a file.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::GraderError;
use crate::artifacts::Artifact;
use crate::check::{CheckTask, ExampleRun, ExamplesTask, Work};
use crate::child::{self, Role, Task};
use crate::compile::source_text;
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::{Failure, TimeLimit};
use crate::grade::programs::GRADED;
use crate::grade::stages::Stages;
use crate::grade::turn::Turns;
use crate::language::Language;
use crate::samples::{Question, Samples};
use crate::sandbox::{Limits, PROCESSOR_TIME};
use crate::verdict::{FLOOR, Reason, Report, Stage, Verdict};

mod looks;
mod measuring;
mod profile;
mod programs;
mod stages;
mod submission;
mod tools;
mod turn;
mod world;

pub(crate) use looks::{estimate, take_looks};
pub use submission::{EqualCode, Graded, Submission};
pub use tools::{Tools, Unavailable};

/// What checking may use.
const CHECK_LIMITS: Limits = Limits {
    address_space_bytes: None,
    data_bytes: 2 << 30,
    processor_seconds: 3,
    file_bytes: 0,
    wall: Duration::from_secs(9),
    output_bytes: 4 << 20,
};

/// Grades solutions on this machine.
#[derive(Debug)]
pub struct Grader {
    tools: Tools,
    /// Taken while something is timed.
    turns: Turns,
}

/// The visible examples, answered by a learner's program.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ExampleReport {
    /// Why there is less to see than expected, in the contract's word.
    pub verdict: Option<Verdict>,
    /// The same as a sentence.
    pub message: Option<String>,
    /// The same as data.
    pub failure: Option<Failure>,
    /// The examples in order; none when the source does not become a program.
    pub examples: Vec<ExampleRun>,
}

/// The compiler of a language on this machine.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Compiler {
    /// SHA-256 of all files that make the language's programs, for [`crate::verdict_key`].
    pub sha256: String,
    /// Its name and version, or why it is not installed, as a sentence.
    pub version: Result<String, String>,
}

impl Grader {
    /// Prepares grading: `toolchain` is what `cargo xtask` made, `scratch` a folder for the grader's files, `child` a
    /// program that calls [`crate::sandboxed_child_main`] when its first argument is [`crate::CHILD_ARGUMENT`].
    ///
    /// # Errors
    /// What is missing. Nothing may be compiled or run then.
    pub fn open(toolchain: &Path, scratch: &Path, child: &Path) -> Result<Grader, Unavailable> {
        Ok(Grader {
            tools: Tools::open(toolchain, scratch, child)?,
            turns: Turns::open(),
        })
    }

    /// What it grades with.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// SHA-256 of the learners' toolchain for a language, for [`crate::verdict_key`].
    pub fn toolchain_sha256(&self, language: Language) -> String {
        self.tools.toolchain.sha256_of(language)
    }

    /// Every language with its compiler.
    pub fn compilers(&self) -> BTreeMap<Language, Compiler> {
        let compiler = |language: Language| Compiler {
            sha256: self.toolchain_sha256(language),
            version: self.tools.toolchain.version_of(language),
        };
        Language::ALL
            .into_iter()
            .map(|language| (language, compiler(language)))
            .collect()
    }

    /// Compiles a source and lets it answer the visible examples.
    ///
    /// # Errors
    /// Failures of ours or of the exercise's author.
    pub fn run_examples(
        &self,
        exercise: &Exercise,
        language: Language,
        source: &[u8],
    ) -> Result<ExampleReport, GraderError> {
        if let Some(world) = &exercise.world {
            return self.examples_in_world(exercise, world, (language, source));
        }
        let job = self.tools.job_folder()?;
        let failed = |failure: Failure, examples| ExampleReport {
            verdict: Some(failure.verdict()),
            message: Some(failure.message()),
            failure: Some(failure),
            examples,
        };
        let source = match source_text(source) {
            Ok(source) => source,
            Err(failure) => return Ok(failed(failure, Vec::new())),
        };
        let programs = self.programs(exercise, language)?;
        let starter = self.of_author(exercise, language, "starter", &programs.starter)?;
        let reference = self.of_author(exercise, language, "reference", &programs.reference)?;
        let checker = self.checker(exercise)?;
        let solution = match self.build(
            exercise,
            (language, source),
            &[Purpose::Checking],
            job.path(),
        )? {
            Ok(solution) => solution,
            Err(failure) => return Ok(failed(failure, Vec::new())),
        };
        let task = ExamplesTask {
            signature: exercise.signature.clone(),
            has_checker: checker.is_some(),
            examples: exercise.examples.clone(),
            memory_bytes: exercise.limits.memory_bytes,
        };
        let mut roles = vec![
            (Role::Starter, &starter),
            (Role::Reference, &reference),
            (Role::Solution, &solution),
        ];
        roles.extend(checker.iter().map(|checker| (Role::Checker, checker)));
        let Some(examples) = self.ask::<Vec<ExampleRun>>(
            CHECK_LIMITS,
            &Task::Examples(task),
            Purpose::Checking,
            &roles,
        )?
        else {
            return Ok(failed(out_of_time(CHECK_LIMITS), Vec::new()));
        };
        match examples.iter().find_map(|example| example.failure.clone()) {
            Some(failure) => Ok(failed(failure, examples)),
            None => Ok(ExampleReport {
                verdict: None,
                message: None,
                failure: None,
                examples,
            }),
        }
    }

    /// Grades a source; `on_stage` hears of every stage as it begins.
    ///
    /// # Errors
    /// Failures of ours or of the exercise's author, which say nothing about the source.
    pub fn grade(
        &self,
        exercise: &Exercise,
        language: Language,
        source: &[u8],
        on_stage: &mut dyn FnMut(Stage),
    ) -> Result<Report, GraderError> {
        let submission = Submission {
            exercise,
            language,
            source,
            earlier: None,
            equal_code: EqualCode::IsSame,
        };
        self.grade_submission(&submission, on_stage)
            .map(|graded| graded.report)
    }

    /// The same with every choice, and with the samples.
    ///
    /// # Errors
    /// Those of [`Grader::grade`].
    pub fn grade_submission(
        &self,
        submission: &Submission<'_>,
        on_stage: &mut dyn FnMut(Stage),
    ) -> Result<Graded, GraderError> {
        let mut stages = Stages::new(on_stage);
        let measured = self.go_through(submission, &mut stages)?;
        Ok(match measured {
            Ok(samples) => {
                let samples = Samples {
                    stages: stages.end(),
                    ..samples
                };
                Graded {
                    report: samples.report(),
                    samples: Some(samples),
                }
            }
            Err(report) => Graded {
                report: Report {
                    stages: stages.end(),
                    ..*report
                },
                samples: None,
            },
        })
    }

    /// The samples, or a report where it does not come to any.
    fn go_through(
        &self,
        submission: &Submission<'_>,
        stages: &mut Stages<'_>,
    ) -> Result<Result<Samples, Box<Report>>, GraderError> {
        let &Submission {
            exercise,
            language,
            source,
            ..
        } = submission;
        if let Some(world) = &exercise.world {
            let report = self.grade_in_world(exercise, world, (language, source), stages)?;
            return Ok(Err(Box::new(report)));
        }
        let target = exercise.target_speedup;
        let job = self.tools.job_folder()?;
        let failed = |failure| Ok(Err(Box::new(Report::failed(failure, target, language))));
        stages.begin(Stage::Compiling);
        let source = match source_text(source) {
            Ok(source) => source,
            Err(failure) => return failed(failure),
        };
        let programs = self.programs(exercise, language)?;
        let starter = self.of_author(exercise, language, "starter", &programs.starter)?;
        let reference = self.of_author(exercise, language, "reference", &programs.reference)?;
        let generator = self.generator(exercise, &GRADED)?;
        let checker = self.checker(exercise)?;
        let solution = match self.build(exercise, (language, source), &GRADED, job.path())? {
            Ok(solution) => solution,
            Err(failure) => return failed(failure),
        };

        stages.begin(Stage::Checking);
        let task = Task::Check(CheckTask {
            signature: exercise.signature.clone(),
            has_checker: checker.is_some(),
            examples: exercise.examples.clone(),
            inputs: exercise.inputs.clone(),
            seed: seed_of(&exercise.grading_hash(language)),
            memory_bytes: exercise.limits.memory_bytes,
        });
        let mut timed = vec![
            (Role::Generator, &generator),
            (Role::Starter, &starter),
            (Role::Solution, &solution),
        ];
        timed.extend(checker.iter().map(|checker| (Role::Checker, checker)));
        let mut all = timed.clone();
        all.push((Role::Reference, &reference));
        let checked =
            self.ask::<Result<Work, Failure>>(CHECK_LIMITS, &task, Purpose::Checking, &all)?;
        let work = match checked.unwrap_or_else(|| Err(out_of_time(CHECK_LIMITS))) {
            Ok(work) => work,
            Err(failure) => return failed(failure),
        };
        let checked = |report: Report| {
            Ok(Err(Box::new(Report {
                fuel_before: Some(work.fuel_before),
                fuel_after: Some(work.fuel_after),
                fuel_reference: Some(work.fuel_reference),
                peak_memory_bytes: Some(work.peak_memory_bytes),
                module_bytes_before: Some(starter.module_bytes),
                module_bytes_after: Some(solution.module_bytes),
                ..report
            })))
        };
        let is_equal = solution.fingerprint == starter.fingerprint;
        if is_equal && submission.equal_code == EqualCode::IsSame {
            return checked(Report {
                speedup: Some(1.0),
                interval: Some([1.0, 1.0]),
                reason: Some(Reason::IdenticalCode),
                message: Some(
                    "The compiled program is the starter's: nothing that runs was changed."
                        .to_owned(),
                ),
                stars: Some(0),
                ..Report::unmeasured(Verdict::Same, target, language)
            });
        }

        stages.begin(Stage::Measuring);
        let mut samples = Samples {
            exercise: exercise.slug.clone(),
            language,
            runner_version: crate::RUNNER_VERSION,
            question: Question {
                floor: FLOOR,
                target,
                boundaries: exercise.stars.to_vec(),
            },
            fuel_before: work.fuel_before,
            fuel_after: work.fuel_after,
            fuel_reference: work.fuel_reference,
            peak_memory_bytes: work.peak_memory_bytes,
            module_bytes_before: starter.module_bytes,
            module_bytes_after: solution.module_bytes,
            is_rerun: submission.earlier.is_some(),
            processes: Vec::new(),
            stages: Vec::new(),
        };
        match self.measure(submission, &samples.question, stages.started, &timed)? {
            Ok(processes) => {
                samples.processes = processes;
                Ok(Ok(samples))
            }
            Err(failure) => checked(Report::failed(failure, target, language)),
        }
    }

    /// Lets a child do a task with these programs; none when its processor time was used up.
    fn ask<T: serde::de::DeserializeOwned>(
        &self,
        limits: Limits,
        task: &Task,
        purpose: Purpose,
        roles: &[(Role, &Artifact)],
    ) -> Result<Option<T>, GraderError> {
        let mut process = self.tools.child_process(limits, task)?;
        process.pinned = purpose == Purpose::Timing;
        process
            .read_only
            .extend(roles.iter().map(|(role, artifact)| {
                let place = format!("{}/{}", child::INPUT_FOLDER, role.file_name());
                (artifact.translation(purpose), place)
            }));
        if purpose == Purpose::Profiling {
            process
                .read_only
                .extend(roles.iter().map(|(role, artifact)| {
                    let place = format!("{}/{}", child::INPUT_FOLDER, role.module_name());
                    (artifact.module(), place)
                }));
        }
        let finished = self.tools.sandbox.run(&process)?;
        if finished.code == PROCESSOR_TIME {
            return Ok(None);
        }
        self.tools.answer(&finished).map(Some)
    }
}

/// The seed that hidden inputs are checked with: the same for everybody, so that counted work can be compared.
fn seed_of(grading_hash: &str) -> u64 {
    u64::from_str_radix(&grading_hash[..15], 16)
        .expect("a hash has more than fifteen hexadecimal digits")
}

fn out_of_time(limits: Limits) -> Failure {
    Failure::TimeLimit {
        limit: TimeLimit::AllCalls {
            milliseconds: limits.processor_seconds * 1_000,
        },
    }
}
