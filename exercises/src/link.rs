//! What a dispatcher and a worker say to each other: one JSON document a line, jobs in one direction, messages in the
//! other. A job carries all that it needs, so a worker may run anywhere.

use serde::{Deserialize, Serialize};

use crate::exercise::Exercise;
use crate::grade::ExampleReport;
use crate::language::Language;
use crate::profile::Profile;
use crate::verdict::{Report, Stage};

/// The dispatcher's name for a job.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub String);

/// What to do with a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Let it answer the visible examples.
    Examples,
    /// Grade it.
    Grade,
    /// See where its time and the starter's goes.
    Profile,
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
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// The first message: the worker takes jobs.
    Ready {
        /// SHA-256 of its toolchain, for [`crate::verdict_key`].
        toolchain_sha256: String,
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
    },
    /// A job of [`Work::Examples`] is done.
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
    /// A job could not be done, through no fault of the learner's.
    Failed {
        /// The job.
        job: JobId,
        /// Why, for the log.
        reason: String,
    },
}
