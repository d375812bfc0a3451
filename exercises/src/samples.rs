//! The raw samples of a grading: everything that its verdict was computed from, so that anybody can compute it again.
//!
//! [`Samples::write`] gives a compact form, under 20 KB however much was measured:
//! 1. the line [`FORMAT`], which names the format and its version;
//! 2. eight bytes of the SHA-256 of what follows;
//! 3. the samples in the encoding of the crate `postcard` (integers as LEB128), where each time is stored as its
//!    difference to the one before: times of one program hardly vary, and small integers are short.
//!
//! [`Samples::read`] takes bytes that anybody may have made, and refuses what no grading can have written.

use serde::{Deserialize, Serialize};

use crate::exercise::{Slug, stars_for};
use crate::language::Language;
use crate::measure::{BLOCKS, PAIRS_PER_BLOCK, SINGLE_CALLS};
use crate::statistics::block_log_ratio;
use crate::verdict::StageTime;

mod packed;
#[cfg(test)]
pub(crate) mod tests;

pub use packed::Packed;

/// The first bytes of every file of samples.
pub const FORMAT: &[u8] = b"latency-lab samples 2\n";

/// The most processes that a verdict is made from, whoever asked for it.
pub const PROCESSES: usize = 16;

/// What a verdict was computed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Samples {
    /// The exercise.
    pub exercise: Slug,
    /// The language of the source.
    pub language: Language,
    /// The [`crate::RUNNER_VERSION`] that measured.
    pub runner_version: u32,
    /// What was to be found out.
    pub question: Question,
    /// Work of the starter for a typical input.
    pub fuel_before: u64,
    /// Work of the submission for the same input.
    pub fuel_after: u64,
    /// Work of the reference for the same input.
    pub fuel_reference: u64,
    /// The most memory that the submission held.
    pub peak_memory_bytes: u64,
    /// The size of the starter's module, without names and debug information.
    pub module_bytes_before: u64,
    /// The size of the submission's module, likewise.
    pub module_bytes_after: u64,
    /// Whether an inconclusive grading was continued, so that the last look was allowed.
    pub is_rerun: bool,
    /// What each process measured, in the order in which they ran.
    pub processes: Vec<ProcessSamples>,
    /// How long the stages of grading took.
    pub stages: Vec<StageTime>,
}

/// What a measurement is to find out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Differences of time up to this share are not told apart.
    pub floor: f64,
    /// The speed-up to reach.
    pub target: f64,
    /// The speed-ups that earn a star each.
    pub boundaries: Vec<f64>,
}

impl Question {
    /// How many stars a speed-up earns that is certainly not lower than this.
    pub fn stars(&self, certain_speedup: f64) -> u8 {
        stars_for(&self.boundaries, certain_speedup)
    }

    /// Every speed-up that something depends on.
    pub fn speedups(&self) -> impl Iterator<Item = f64> {
        self.boundaries.iter().copied().chain([self.target])
    }
}

/// What one process measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessSamples {
    /// How many calls a sample has.
    pub calls_per_sample: u32,
    /// Blocks of pairs of samples.
    pub blocks: Vec<Vec<Pair>>,
    /// Pairs of single calls; none where they are too short, or another process timed them.
    pub single_calls: Vec<Pair>,
}

/// Processor time of both sides on the same inputs, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The starter's.
    pub before_ns: u64,
    /// The solution's.
    pub after_ns: u64,
    /// Which ran first.
    pub first: Side,
}

/// One of the two programs that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The starter.
    Before,
    /// The solution.
    After,
}

impl ProcessSamples {
    /// One number a block: see [`block_log_ratio`].
    pub fn log_ratios(&self) -> Vec<f64> {
        let of_block = |block: &Vec<Pair>| {
            let before: Vec<f64> = block.iter().map(|pair| pair.before_ns as f64).collect();
            let after: Vec<f64> = block.iter().map(|pair| pair.after_ns as f64).collect();
            block_log_ratio(&before, &after)
        };
        self.blocks.iter().map(of_block).collect()
    }
}

/// Why bytes are not samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The first line is another.
    #[error(
        "it does not begin like a file of samples of this version of the program: name one that `grade --samples` wrote"
    )]
    Format,
    /// It ends too early, or some of it has no meaning.
    #[error(
        "it is damaged: part of it is missing or was changed. Write it again with `grade --samples`"
    )]
    Damaged,
}

impl Samples {
    /// The samples as bytes.
    pub fn write(&self) -> Vec<u8> {
        packed::write(self)
    }

    /// Reads what [`Samples::write`] wrote.
    ///
    /// # Errors
    /// When it wrote something else.
    pub fn read(bytes: &[u8]) -> Result<Samples, Unreadable> {
        let samples = packed::read(bytes)?;
        if samples.is_plausible() {
            Ok(samples)
        } else {
            Err(Unreadable::Damaged)
        }
    }

    /// Whether a grading in this language of this exercise may go on from here: only where the verdict is open, only once,
    /// and only by the rules that were in force.
    pub fn may_be_continued(&self, exercise: &Slug, language: Language) -> bool {
        self.report().rerun
            && (&self.exercise, self.language) == (exercise, language)
            && self.runner_version == crate::RUNNER_VERSION
    }

    /// Whether a grading can have written this.
    fn is_plausible(&self) -> bool {
        let is_time = |pair: &Pair| pair.before_ns > 0 && pair.after_ns > 0;
        let is_block = |block: &Vec<Pair>| {
            (1..=PAIRS_PER_BLOCK).contains(&block.len()) && block.iter().all(is_time)
        };
        let is_process = |process: &ProcessSamples| {
            process.calls_per_sample > 0
                && process.blocks.len() == BLOCKS
                && process.blocks.iter().all(is_block)
                && process.single_calls.len() <= SINGLE_CALLS
                && process.single_calls.iter().all(is_time)
        };
        let question = &self.question;
        let milliseconds = self.stages.iter().map(|stage| stage.milliseconds);
        question.floor > 0.0
            && question.floor < 1.0
            && question
                .speedups()
                .all(|speedup| speedup > 0.0 && speedup.is_finite())
            && self.processes.len() <= PROCESSES
            && self.processes.iter().all(is_process)
            && milliseconds.into_iter().all(f64::is_finite)
    }
}
