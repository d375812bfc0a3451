//! What a dispatcher and a worker say to each other: one JSON document a line, jobs in one direction, messages in the
//! other. A job carries all that it needs, so a worker may run anywhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exercise::{Exercise, Slug};
use crate::grade::{Compiler, ExampleReport};
use crate::language::Language;
use crate::profile::Profile;
use crate::program::ProgramReport;
use crate::samples::Packed;
use crate::verdict::{Report, Stage, Verdict};
use crate::world::Sweep;

/// The dispatcher's name for a job.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub String);

/// What to do with a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Let it answer the visible examples.
    Examples,
    /// The same for the author's solution, whose answers pages show: nobody waits for them.
    Answers,
    /// Grade it.
    Grade,
    /// See where its time and the starter's goes.
    Profile,
    /// Let the author's programs run in the exercise's world under one load after the other; the source is not looked at.
    Sweep,
}

/// What a worker is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Order {
    /// To run a program of a lesson.
    Program(ProgramJob),
    /// Something about a solution of an exercise.
    Job(Box<Job>),
}

impl Order {
    /// The name that messages about it carry.
    pub fn id(&self) -> &JobId {
        match self {
            Order::Program(job) => &job.id,
            Order::Job(job) => &job.id,
        }
    }
}

/// A program of a lesson, to be run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramJob {
    /// The name that messages about it carry.
    pub id: JobId,
    /// The whole source.
    pub program: String,
}

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The name that messages about it carry.
    pub id: JobId,
    /// What to do.
    pub work: Work,
    /// The whole exercise.
    pub exercise: Exercise,
    /// The language of the source.
    pub language: Language,
    /// The learner's source.
    pub source: String,
    /// The samples of an earlier grading of this source whose report says `rerun`: measuring goes on where it stopped,
    /// and the verdict is final.
    #[serde(default)]
    pub earlier: Option<Packed>,
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// The first message: the worker takes jobs.
    Ready {
        /// SHA-256 of its toolchain, for [`crate::verdict_key`] in languages that `compilers` does not name.
        toolchain_sha256: String,
        /// The compilers of its languages.
        #[serde(default)]
        compilers: BTreeMap<Language, Compiler>,
    },
    /// The only message of a worker that cannot work.
    Unavailable {
        /// What is missing and what to do, as a sentence.
        missing: String,
    },
    /// A stage of a job begins.
    Stage {
        /// The job.
        job: JobId,
        /// The stage.
        stage: Stage,
    },
    /// A job of [`Work::Grade`] is done.
    Graded {
        /// The job.
        job: JobId,
        /// The verdict.
        report: Box<Report>,
        /// What it was computed from, if anything was measured; to be kept with it.
        samples: Option<Packed>,
    },
    /// The worker timed a starter against itself in full, after a job was done. It belongs to no job.
    SelfCheck(SelfCheck),
    /// A job of [`Work::Examples`] or [`Work::Answers`] is done.
    Examples {
        /// The job.
        job: JobId,
        /// The answers.
        report: ExampleReport,
    },
    /// A job of [`Work::Profile`] is done.
    Profiled {
        /// The job.
        job: JobId,
        /// Where the time goes.
        profile: Box<Profile>,
    },
    /// A program ran.
    Printed {
        /// The job.
        job: JobId,
        /// What it printed.
        report: ProgramReport,
    },
    /// A job of [`Work::Sweep`] is done.
    Swept {
        /// The job.
        job: JobId,
        /// What the loads came to.
        sweep: Box<Sweep>,
    },
    /// A job could not be done, through no fault of the learner's.
    Failed {
        /// The job.
        job: JobId,
        /// Why, for the log.
        reason: String,
    },
}

/// What came of timing equal code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfCheck {
    /// The exercise whose starter it was.
    pub exercise: Slug,
    /// The starter's language.
    pub language: Language,
    /// `same` when all is well; `faster` and `slower` are false alarms.
    pub verdict: Verdict,
    /// Half of the width of the speed-up's interval; none where nothing was measured.
    pub half_width: Option<f64>,
}
