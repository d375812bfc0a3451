//! Exercises: trial runs, submissions, and what came of them.

use serde::{Deserialize, Serialize};

/// `PUT /api/v1/exercises/{slug}/draft`: keep what the learner is typing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The language of the source.
    pub language: String,
    /// The source.
    pub source: String,
}

/// `POST /api/v1/exercises/{slug}/runs`: compile and run the visible examples; nothing is recorded.
pub type NewRun = Draft;

/// What a run showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// Why there is less to see than expected: `compile_error`, `trap`, … in the words of the contract.
    pub verdict: Option<String>,
    /// The compiler's or the program's own words, cut to a length that a page can hold.
    pub message: Option<String>,
    /// The places of the source that the message is about.
    pub marks: Vec<Mark>,
    /// The visible examples, in order.
    pub examples: Vec<ExampleRun>,
}

/// The answer to a run: what it showed, and the same as a part of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunAnswer {
    /// What it showed.
    #[serde(flatten)]
    pub report: RunReport,
    /// The same as HTML in the language of the request.
    pub html: String,
}

/// What islands read of a [`RunAnswer`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunHtml {
    /// The report as HTML.
    pub html: String,
}

/// A range of the source with something wrong in it. Lines and columns count from 1, columns in characters; the end is not
/// part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The first line.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
    /// What is wrong.
    pub message: String,
}

/// One visible example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleRun {
    /// The arguments.
    pub input: String,
    /// What the reference answers.
    pub expected: String,
    /// What the learner's program answered, if it did.
    pub got: Option<String>,
    /// Whether the two are equal.
    pub passed: bool,
}

/// `POST /api/v1/submissions`: hand a solution in. Repeating it changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewSubmission {
    /// A UUID that the client made, so that a repeated request is one submission.
    pub id: String,
    /// The exercise's slug.
    pub exercise: String,
    /// The language of the source.
    pub language: String,
    /// The source.
    pub source: String,
    /// The speed-up that the learner expects, if stated.
    pub predicted_speedup: Option<f64>,
}

/// `GET /api/v1/submissions/{id}`: where a submission is, and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubmissionState {
    /// The submission.
    pub id: String,
    /// The stage it is in.
    pub stage: Stage,
    /// How many submissions are ahead of it while it is queued.
    pub ahead: Option<u32>,
    /// The verdict, once there is one.
    pub report: Option<Report>,
}

/// An event of `GET /api/v1/submissions/{id}/events`: where a submission is. The verdict stands on the submission's page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The stage it is in.
    pub stage: Stage,
    /// How many submissions are ahead of it while it is queued.
    pub ahead: Option<u32>,
}

impl Progress {
    /// Whether nothing more will happen to the submission.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Done | Stage::NotGraded)
    }
}

/// The stages of a submission, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Waiting for a worker.
    Queued,
    /// The compiler is running.
    Compiling,
    /// Its answers are compared with the reference's.
    Checking,
    /// Before and after are timed.
    Measuring,
    /// There is a verdict.
    Done,
    /// We failed three times; nothing is held against the learner.
    NotGraded,
}

/// A verdict with everything that the learner is told, in the words and units of the contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One of the contract's eleven words.
    pub verdict: String,
    /// Whether the target was reached with certainty.
    pub passed: bool,
    /// The speed-up to reach.
    pub target: f64,
    /// Time before ÷ time after.
    pub speedup: Option<f64>,
    /// The 99 % interval of the speed-up.
    pub interval: Option<[f64; 2]>,
    /// How many of three stars were earned, where something was measured.
    pub stars: Option<u8>,
    /// Latency of one call of the starter.
    pub before: Option<Percentiles>,
    /// Latency of one call of the submission.
    pub after: Option<Percentiles>,
    /// `call` where single calls were timed, `batch` where the mean of several calls was.
    pub percentiles: Option<String>,
    /// The samples behind the chart, nanoseconds per call.
    pub samples_before_ns: Vec<f64>,
    /// The samples behind the chart, nanoseconds per call.
    pub samples_after_ns: Vec<f64>,
    /// Work counted by the sandbox: before.
    pub fuel_before: Option<u64>,
    /// Work counted by the sandbox: after.
    pub fuel_after: Option<u64>,
    /// The same for the author's solution.
    pub fuel_reference: Option<u64>,
    /// The most memory that the submission held.
    pub peak_memory_bytes: Option<u64>,
    /// The size of the compiled program: before.
    pub module_bytes_before: Option<u64>,
    /// The size of the compiled program: after.
    pub module_bytes_after: Option<u64>,
    /// The speed-up of the author's solution on this installation, once it was measured.
    pub reference_speedup: Option<f64>,
    /// Whether the compiled program is the starter's, so that nothing was measured.
    pub identical_code: bool,
    /// Whether measuring may go on once more, since it decided nothing.
    pub rerun: bool,
    /// The places of the source that `message` is about.
    pub marks: Vec<Mark>,
    /// Why, in the compiler's, the program's or the checker's words.
    pub message: Option<String>,
    /// What the learner expected.
    pub predicted_speedup: Option<f64>,
    /// The speed-up of the learner's last pass before this submission.
    pub last_pass_speedup: Option<f64>,
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
