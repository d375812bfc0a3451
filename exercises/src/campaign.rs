//! Gradings whose truth is known, repeated: how often the grader says something wrong, and how often it finds what is
//! there.
//!
//! 1. A [`Kernel`] is a program whose work can be changed by a known share, or surrounded by code that has nothing to
//!    do with it: the [`Truth`].
//! 2. [`Campaign::run`] grades such changes one after the other, each compiled and measured anew, and gives a
//!    [`Record`] of each. Beside ours there are the verdicts of other methods on the same two programs.
//! 3. [`against_native`] says what running in the sandbox costs, kernel by kernel.
//! 4. [`figures()`] says what each exercise of a catalogue comes to.
//! 5. [`summary`] makes the table from records, whichever runs they come from.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::GraderError;
use crate::grade::{EqualCode, Grader, Submission};
use crate::language::Language;
use crate::samples::{Pair, ProcessSamples};
use crate::verdict::{StageTime, Verdict};

mod figures;
mod judged;
mod kernel;
mod native;
mod rivals;
pub mod summary;
#[cfg(test)]
mod tests;

pub use figures::{Figures, figures};
pub use kernel::{KERNELS, Kernel};
pub use native::against_native;
pub use rivals::Hyperfine;

/// What is known of a program beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Truth {
    /// It is the same program.
    Equal,
    /// It does the same at other addresses, since unrelated functions were added.
    Layout,
    /// It takes so many thousandths less of the time.
    Gain(u32),
}

impl fmt::Display for Truth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Truth::Equal => formatter.write_str("equal"),
            Truth::Layout => formatter.write_str("layout"),
            Truth::Gain(permille) => write!(formatter, "gain-{}", f64::from(*permille) / 10.0),
        }
    }
}

impl FromStr for Truth {
    type Err = String;

    fn from_str(text: &str) -> Result<Truth, String> {
        let gain = || {
            let percent: f64 = text.strip_prefix("gain-")?.parse().ok()?;
            (percent > 0.0 && percent < 100.0).then(|| Truth::Gain((percent * 10.0).round() as u32))
        };
        match text {
            "equal" => Ok(Truth::Equal),
            "layout" => Ok(Truth::Layout),
            _ => gain().ok_or_else(|| {
                format!(
                    "`{text}` is neither `equal` nor `layout` nor a gain in percent like `gain-3.5`"
                )
            }),
        }
    }
}

impl From<Truth> for String {
    fn from(truth: Truth) -> String {
        truth.to_string()
    }
}

impl TryFrom<String> for Truth {
    type Error = String;

    fn try_from(text: String) -> Result<Truth, String> {
        text.parse()
    }
}

/// Who gives a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// This grader.
    LatencyLab,
    /// Tango's rule, on the same samples.
    Tango,
    /// Welch's t-test on samples of one program and then of the other.
    SequentialWelch,
    /// Hyperfine on native programs, with its own t-test.
    Hyperfine,
}

/// One verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Whose.
    pub method: Method,
    /// What is true.
    pub truth: Truth,
    /// The kernel's name.
    pub kernel: String,
    /// Whether a busy loop ran on the machine.
    pub busy: bool,
    /// The number of the trial, from 0; of a layout, the number of the variant.
    pub trial: u32,
    /// What was said.
    pub verdict: Verdict,
    /// The speed-up that was said.
    pub speedup: Option<f64>,
    /// Its interval.
    pub interval: Option<[f64; 2]>,
    /// How long it took from source to verdict.
    pub seconds: f64,
    /// The same by stage.
    pub stages: Vec<StageTime>,
    /// The logarithms of the blocks' ratios, for each process.
    pub log_ratios: Vec<Vec<f64>>,
}

/// What to repeat.
#[derive(Debug)]
pub struct Campaign<'a> {
    /// The grader under examination.
    pub grader: &'a Grader,
    /// The rival that times native programs; none where it is not installed, or not asked for.
    pub hyperfine: Option<&'a Hyperfine>,
    /// Whether to time one program after the other as well.
    pub sequential: bool,
    /// Whether a busy loop runs meanwhile.
    pub busy: bool,
    /// What layouts are made from.
    pub seed: u64,
}

/// One repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// What is true.
    pub truth: Truth,
    /// The kernel.
    pub kernel: &'static Kernel,
    /// Its number, from 0.
    pub number: u32,
}

impl Campaign<'_> {
    /// Makes one trial, and gives the verdict of every method. A solution that fails while it is graded is an error: the
    /// kernels are right.
    ///
    /// # Errors
    /// When the machine fails, or a rival does.
    pub fn run(&self, trial: &Trial) -> Result<Vec<Record>, GraderError> {
        let _busy = self.busy.then(BusyLoop::start);
        let exercise = trial.kernel.exercise();
        let source = match trial.truth {
            Truth::Equal => trial.kernel.source(),
            Truth::Layout => trial.kernel.with_layout(self.seed, trial.number),
            Truth::Gain(permille) => trial.kernel.with_gain(permille),
        };
        let submission = Submission {
            exercise: &exercise,
            language: Language::Rust,
            source: source.as_bytes(),
            earlier: None,
            equal_code: EqualCode::IsTimed,
        };
        let started = Instant::now();
        let graded = self.grader.grade_submission(&submission, &mut |_| {})?;
        let seconds = started.elapsed().as_secs_f64();
        let Some(samples) = graded.samples else {
            let message = graded.report.message.unwrap_or_default();
            return Err(GraderError::Exercise(format!(
                "the kernel `{}`: {message}",
                trial.kernel.name
            )));
        };
        let processes = &samples.processes;
        let ours = Record {
            verdict: graded.report.verdict,
            speedup: graded.report.speedup,
            interval: graded.report.interval,
            stages: graded.report.stages,
            log_ratios: processes.iter().map(ProcessSamples::log_ratios).collect(),
            ..self.record(Method::LatencyLab, trial, Verdict::Same, seconds)
        };
        // Of four processes: far more pairs than that rule asks for.
        let pairs: Vec<Pair> = processes
            .iter()
            .take(4)
            .flat_map(|process| process.blocks.iter().flatten().copied())
            .collect();
        let tango = self.record(Method::Tango, trial, rivals::tango(&pairs), seconds);
        let mut records = vec![ours, tango];
        if self.sequential {
            let started = Instant::now();
            let timed = self
                .grader
                .time_one_after_the_other(&exercise, Language::Rust, &source)?;
            let pairs = || timed.blocks.iter().flatten();
            let before: Vec<f64> = pairs().map(|pair| pair.before_ns as f64).collect();
            let after: Vec<f64> = pairs().map(|pair| pair.after_ns as f64).collect();
            let seconds = started.elapsed().as_secs_f64();
            let verdict = rivals::welch(&before, &after);
            records.push(self.record(Method::SequentialWelch, trial, verdict, seconds));
        }
        if let Some(hyperfine) = self.hyperfine {
            let kernel = trial.kernel;
            let name = format!(
                "{}-{}-{}",
                kernel.name,
                trial.truth,
                match trial.truth {
                    Truth::Layout => trial.number,
                    Truth::Equal | Truth::Gain(_) => 0,
                }
            );
            let before = kernel.native_program(&kernel.source());
            let after = kernel.native_program(&source);
            let (verdict, seconds) = hyperfine.compare(&name, &before, &after)?;
            records.push(self.record(Method::Hyperfine, trial, verdict, seconds));
        }
        Ok(records)
    }

    fn record(&self, method: Method, trial: &Trial, verdict: Verdict, seconds: f64) -> Record {
        Record {
            method,
            truth: trial.truth,
            kernel: trial.kernel.name.to_owned(),
            busy: self.busy,
            trial: trial.number,
            verdict,
            speedup: None,
            interval: None,
            seconds,
            stages: Vec::new(),
            log_ratios: Vec::new(),
        }
    }
}

/// A thread that computes without end, on whichever core the operating system puts it, until this is dropped.
struct BusyLoop {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl BusyLoop {
    fn start() -> BusyLoop {
        let over = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            while !seen.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        });
        BusyLoop {
            over,
            thread: Some(thread),
        }
    }
}

impl Drop for BusyLoop {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It only loops, and cannot have panicked.
            _ = thread.join();
        }
    }
}
