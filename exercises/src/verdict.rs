//! What a learner is told: one of the contract's eleven words, with the figures behind it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::failure::Failure;
use crate::language::Language;
use crate::statistics::Estimate;
use crate::world::{Findings, Metric};

#[cfg(test)]
mod tests;

/// The contract's eleven words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole interval is above the floor.
    Faster,
    /// The whole interval is below the floor.
    Slower,
    /// The whole interval is within the floor, or the code is equal.
    Same,
    /// The interval allows no word.
    Inconclusive,
    /// An answer is wrong.
    WrongAnswer,
    /// The compiler refused the source, or hit a limit.
    CompileError,
    /// Refused before running.
    Rejected,
    /// Stopped at run time.
    Trap,
    /// Took too long.
    TimeLimit,
    /// Wanted too much memory.
    MemoryLimit,
    /// Answered too much.
    OutputLimit,
}

impl Verdict {
    /// The word, as code, SQL, the API and pages have it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Faster => "faster",
            Verdict::Slower => "slower",
            Verdict::Same => "same",
            Verdict::Inconclusive => "inconclusive",
            Verdict::WrongAnswer => "wrong_answer",
            Verdict::CompileError => "compile_error",
            Verdict::Rejected => "rejected",
            Verdict::Trap => "trap",
            Verdict::TimeLimit => "time_limit",
            Verdict::MemoryLimit => "memory_limit",
            Verdict::OutputLimit => "output_limit",
        }
    }
}

/// Differences of time up to this share are not told apart: the same code laid out differently in memory varies by 1 to
/// 5 %.
pub const FLOOR: f64 = 0.03;

/// The word for an interval, where differences up to the share `floor` are not told apart.
pub fn decide(estimate: &Estimate, floor: f64) -> Verdict {
    let faster = 1.0 / (1.0 - floor);
    let slower = 1.0 - floor;
    if estimate.low > faster {
        Verdict::Faster
    } else if estimate.high < slower {
        Verdict::Slower
    } else if estimate.low > slower && estimate.high < faster {
        Verdict::Same
    } else {
        Verdict::Inconclusive
    }
}

/// The word for a speed-up that is known exactly.
pub fn decide_exactly(speedup: f64, floor: f64) -> Verdict {
    if speedup > 1.0 / (1.0 - floor) {
        Verdict::Faster
    } else if speedup < 1.0 - floor {
        Verdict::Slower
    } else {
        Verdict::Same
    }
}

/// Whether the target was reached with certainty: by the interval's low end, without any allowance.
pub fn passes(estimate: &Estimate, floor: f64, target: f64) -> bool {
    decide(estimate, floor) == Verdict::Faster && estimate.low >= target
}

/// Latency of one call, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Percentiles {
    /// Half of the calls took at most this long.
    pub p50_ns: f64,
    /// 95 of 100 calls took at most this long.
    pub p95_ns: f64,
    /// 99 of 100 calls took at most this long.
    pub p99_ns: f64,
}

/// What percentiles are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PercentileSource {
    /// Single calls.
    Call,
    /// Means of several calls, because one is too short to be timed alone.
    Batch,
}

/// Why a verdict is what it is, where no measurement says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The code is equal, apart from names.
    IdenticalCode,
}

/// The clock that times were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Processor time of the thread.
    Cpu,
    /// The clock of a simulated world: exact, and the same again.
    Virtual,
}

/// A stage of grading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The compiler is running.
    Compiling,
    /// Answers are compared with the reference's.
    Checking,
    /// Before and after are timed.
    Measuring,
}

/// How long a stage took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageTime {
    /// The stage.
    pub name: Stage,
    /// Its duration on the clock on the wall.
    pub milliseconds: f64,
}

/// The result of grading: the document of `grade --json`. What was not measured is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The word.
    pub verdict: Verdict,
    /// Whether the target was reached with certainty.
    pub passed: bool,
    /// The speed-up to reach.
    pub target: f64,
    /// Time before ÷ time after.
    pub speedup: Option<f64>,
    /// The 99 % interval of the speed-up.
    pub interval: Option<[f64; 2]>,
    /// How many stars the interval's low end earns, from none to three.
    #[serde(default)]
    pub stars: Option<u8>,
    /// Why, where no measurement says so.
    pub reason: Option<Reason>,
    /// The language of the source.
    pub language: Language,
    /// Latency of one call of the starter.
    pub before: Option<Percentiles>,
    /// Latency of one call of the submission.
    pub after: Option<Percentiles>,
    /// What the two above are made from.
    pub percentiles: Option<PercentileSource>,
    /// At most [`CHART_SAMPLES`] of the samples behind `before`, nanoseconds per call.
    pub samples_before_ns: Vec<f64>,
    /// At most [`CHART_SAMPLES`] of the samples behind `after`, nanoseconds per call.
    pub samples_after_ns: Vec<f64>,
    /// Work of the starter for a typical input.
    pub fuel_before: Option<u64>,
    /// Work of the submission for the same input.
    pub fuel_after: Option<u64>,
    /// Work of the reference for the same input.
    #[serde(default)]
    pub fuel_reference: Option<u64>,
    /// The most memory that the submission held.
    pub peak_memory_bytes: Option<u64>,
    /// The size of the starter's module, without names and debug information.
    #[serde(default)]
    pub module_bytes_before: Option<u64>,
    /// The size of the submission's module, likewise.
    #[serde(default)]
    pub module_bytes_after: Option<u64>,
    /// Whether measuring once more may decide: only where it did not, and was not yet repeated.
    #[serde(default)]
    pub rerun: bool,
    /// The clock behind the times.
    pub clock: Clock,
    /// The quantity that the speed-up is of, in a simulated world: a word of [`Metric`].
    #[serde(default)]
    pub metric: Option<Metric>,
    /// What the virtual clock depends on besides the exercise.
    #[serde(default)]
    pub virtual_clock: Option<VirtualClock>,
    /// What the simulated world showed.
    #[serde(default, deserialize_with = "known_findings")]
    pub world: Option<Box<Findings>>,
    /// What happened, in English, where there is more to say than the figures do.
    pub message: Option<String>,
    /// The same as data, for a page that says it in the learner's language.
    #[serde(deserialize_with = "known_failure")]
    pub failure: Option<Failure>,
    /// How long each stage took.
    pub stages: Vec<StageTime>,
}

/// A failure, or none where an older version wrote it in a way that this one does not know: the message still says it.
fn known_failure<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Failure>, D::Error> {
    let written = serde_json::Value::deserialize(reader)?;
    Ok(serde_json::from_value(written).ok())
}

/// Findings, or none where an older version wrote them in a way that this one does not know.
fn known_findings<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Box<Findings>>, D::Error> {
    let written = serde_json::Value::deserialize(reader)?;
    Ok(serde_json::from_value(written).ok())
}

/// What a virtual clock depends on besides the exercise: with the same, the same verdict to the nanosecond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VirtualClock {
    /// How much counted work a virtual nanosecond is.
    pub fuel_per_ns: u64,
    /// The version of wasmtime that counted it.
    pub wasmtime: String,
}

/// How many samples a report keeps of each side: enough for a chart.
pub const CHART_SAMPLES: usize = 300;

impl Report {
    /// A report in which nothing was measured.
    pub fn unmeasured(verdict: Verdict, target: f64, language: Language) -> Report {
        Report {
            verdict,
            passed: false,
            target,
            speedup: None,
            interval: None,
            stars: None,
            reason: None,
            language,
            before: None,
            after: None,
            percentiles: None,
            samples_before_ns: Vec::new(),
            samples_after_ns: Vec::new(),
            fuel_before: None,
            fuel_after: None,
            fuel_reference: None,
            peak_memory_bytes: None,
            module_bytes_before: None,
            module_bytes_after: None,
            rerun: false,
            clock: Clock::Cpu,
            metric: None,
            virtual_clock: None,
            world: None,
            message: None,
            failure: None,
            stages: Vec::new(),
        }
    }

    /// The report of a program that failed.
    pub fn failed(failure: Failure, target: f64, language: Language) -> Report {
        Report {
            message: Some(failure.message()),
            failure: Some(failure.clone()),
            ..Report::unmeasured(failure.verdict(), target, language)
        }
    }
}
