//! When measuring stops. Whoever looks at data again and again until they please finds what they look for, so the looks
//! are planned:
//!
//! 1. after one process of eight blocks, only to end what is clear from afar;
//! 2. after six processes;
//! 3. after twelve. An `inconclusive` of here or earlier may be continued once, when the learner asks for it;
//! 4. after sixteen, in that rerun. Then the verdict stands, whatever it is.
//!
//! The campaign decided how many: what a process was given in memory moves all its blocks alike, so it takes the medians
//! of several processes to enclose the truth. Where that is all the noise there is, those of n processes miss it with
//! probability 2 ÷ 2ⁿ: one in eight for four of them, as the first campaigns saw, and 3 % for six. Later looks leave out
//! the extremes of the medians ([`crate::statistics::interval`]), or they could never settle what one bad process left open.
//!
//! Looks 2 to 4 share the 1 % that a 99 % interval may miss, so their sum bounds the error of all three together
//! (Bonferroni). Look 1 has its own 0.8 %: it ends only what lies 6 % or more beyond everything that is decided, so it
//! never makes up a win, but an interval that it shows is a 99.2 % interval beside the other looks' 99 %.

use crate::GraderError;
use crate::failure::Failure;
use crate::samples::{Pair, ProcessSamples, Question, Samples};
use crate::statistics::{Estimate, interval, median, percentile, thin};
use crate::verdict::{
    CHART_SAMPLES, PercentileSource, Percentiles, Report, Verdict, decide, passes,
};

#[cfg(test)]
mod tests;

/// Beyond this speed-up, or the same slow-down, one process can be enough.
const CLEAR_SPEEDUP: f64 = 1.4;

/// By how much an interval has to clear the target and every other boundary for that.
const CLEAR_MARGIN: f64 = 1.06;

/// A planned look at the data.
struct Look {
    /// How many processes have measured by then.
    processes: usize,
    /// The chance that this look's interval misses the truth.
    alpha: f64,
}

/// The looks; [`looks`] says which of them a grading may take.
const LOOKS: [Look; 4] = [
    Look {
        processes: 1,
        alpha: 0.008,
    },
    Look {
        processes: 6,
        alpha: 0.006_7,
    },
    Look {
        processes: 12,
        alpha: 0.002_1,
    },
    Look {
        processes: crate::samples::PROCESSES,
        alpha: 0.001_2,
    },
];

/// The looks of a grading, or of one that continues an inconclusive one.
fn looks(is_rerun: bool) -> &'static [Look] {
    if is_rerun { &LOOKS } else { &LOOKS[..3] }
}

/// Lets one process measure. It gets what the first process measured, and gives none when there was no time.
pub type OneProcess<'a> = dyn FnMut(Option<&ProcessSamples>) -> Result<Option<Result<ProcessSamples, Failure>>, GraderError>
    + 'a;

/// Lets processes measure, after those that did `earlier` where this is a rerun, until a look decides. When there is no
/// time for another, the last look that was reached stands.
///
/// # Errors
/// The outer error is ours, the inner one the solution's.
pub fn take_looks(
    question: &Question,
    earlier: Option<Vec<ProcessSamples>>,
    one_process: &mut OneProcess<'_>,
) -> Result<Result<Vec<ProcessSamples>, Failure>, GraderError> {
    let looks = looks(earlier.is_some());
    let mut processes = earlier.unwrap_or_default();
    for look in looks {
        // What an earlier grading saw at this look did not settle it.
        if processes.len() > look.processes {
            continue;
        }
        let is_new = processes.len() < look.processes;
        while processes.len() < look.processes {
            match one_process(processes.first())? {
                Some(Ok(measured)) => processes.push(measured),
                Some(Err(failure)) => return Ok(Err(failure)),
                None => return Ok(Ok(processes)),
            }
        }
        let settled = |estimate| is_settled(&estimate, question, look.processes);
        if is_new && estimate_at(look, &processes).is_some_and(settled) {
            break;
        }
    }
    Ok(Ok(processes))
}

/// Whether more processes would not change what is said.
fn is_settled(estimate: &Estimate, question: &Question, processes: usize) -> bool {
    if processes > 1 {
        let is_inside = |speedup| estimate.low < speedup && speedup <= estimate.high;
        return decide(estimate, question.floor) != Verdict::Inconclusive
            && !question.speedups().any(is_inside);
    }
    let is_clear =
        |speedup| estimate.low >= speedup * CLEAR_MARGIN || estimate.high * CLEAR_MARGIN <= speedup;
    let far_from_one = estimate.low > CLEAR_SPEEDUP || estimate.high < 1.0 / CLEAR_SPEEDUP;
    far_from_one && question.speedups().all(is_clear)
}

/// The interval that a look sees: of the processes that had measured by then. None without enough blocks.
fn estimate_at(look: &Look, processes: &[ProcessSamples]) -> Option<Estimate> {
    let seen = processes.get(..look.processes)?;
    let ratios: Vec<Vec<f64>> = seen.iter().map(ProcessSamples::log_ratios).collect();
    interval(&ratios, look.alpha)
}

/// What the last look saw that was reached; none when there was time for none.
pub fn estimate(processes: &[ProcessSamples], is_rerun: bool) -> Option<Estimate> {
    looks(is_rerun)
        .iter()
        .rev()
        .find_map(|look| estimate_at(look, processes))
}

impl Samples {
    /// What the learner is told: the one way from samples to a verdict, when they were just measured and when they are
    /// read from a file.
    pub fn report(&self) -> Report {
        let question = &self.question;
        let unmeasured = |verdict| Report {
            fuel_before: Some(self.fuel_before),
            fuel_after: Some(self.fuel_after),
            fuel_reference: Some(self.fuel_reference),
            peak_memory_bytes: Some(self.peak_memory_bytes),
            module_bytes_before: Some(self.module_bytes_before),
            module_bytes_after: Some(self.module_bytes_after),
            rerun: verdict == Verdict::Inconclusive && !self.is_rerun,
            stages: self.stages.clone(),
            ..Report::unmeasured(verdict, question.target, self.language)
        };
        let Some(estimate) = estimate(&self.processes, self.is_rerun) else {
            let message =
                "Nothing was measured: compiling and checking took almost all the time there is.";
            return Report {
                message: Some(message.to_owned()),
                ..unmeasured(Verdict::Inconclusive)
            };
        };
        let (before_ns, after_ns, source) = self.times_per_call();
        let percentiles = |times: &[f64]| Percentiles {
            p50_ns: median(times),
            p95_ns: percentile(times, 0.95),
            p99_ns: percentile(times, 0.99),
        };
        Report {
            passed: passes(&estimate, question.floor, question.target),
            stars: Some(question.stars(estimate.low)),
            speedup: Some(estimate.speedup),
            interval: Some([estimate.low, estimate.high]),
            before: Some(percentiles(&before_ns)),
            after: Some(percentiles(&after_ns)),
            percentiles: Some(source),
            samples_before_ns: thin(&before_ns, CHART_SAMPLES),
            samples_after_ns: thin(&after_ns, CHART_SAMPLES),
            ..unmeasured(decide(&estimate, question.floor))
        }
    }

    /// Times of both sides in nanoseconds: of single calls where there are any, else means over each sample's calls.
    fn times_per_call(&self) -> (Vec<f64>, Vec<f64>, PercentileSource) {
        let of = |pairs: &mut dyn Iterator<Item = (&Pair, f64)>| {
            pairs
                .map(|(pair, calls)| (pair.before_ns as f64 / calls, pair.after_ns as f64 / calls))
                .unzip()
        };
        let processes = &self.processes;
        let mut single = processes
            .iter()
            .flat_map(|process| process.single_calls.iter().map(|pair| (pair, 1.0)))
            .peekable();
        if single.peek().is_some() {
            let (before_ns, after_ns) = of(&mut single);
            return (before_ns, after_ns, PercentileSource::Call);
        }
        let (before_ns, after_ns) = of(&mut processes.iter().flat_map(|process| {
            let calls = f64::from(process.calls_per_sample);
            process
                .blocks
                .iter()
                .flatten()
                .map(move |pair| (pair, calls))
        }));
        (before_ns, after_ns, PercentileSource::Batch)
    }
}
