//! When measuring stops. Whoever looks at data again and again until they please finds what they look for, so the looks
//! are planned:
//!
//! 1. after one process of eight blocks, only to end what is clear from afar;
//! 2. after three processes;
//! 3. after six. Then the verdict stands, `inconclusive` included.

use crate::GraderError;
use crate::failure::Failure;
use crate::language::Language;
use crate::measure::{Measured, Times};
use crate::statistics::{Estimate, interval, median, percentile, thin};
use crate::verdict::{
    CHART_SAMPLES, PercentileSource, Percentiles, Report, Verdict, decide, passes,
};

#[cfg(test)]
mod tests;

/// Beyond this speed-up, or the same slow-down, one process can be enough.
const CLEAR_SPEEDUP: f64 = 1.4;

/// By how much an interval has to clear the target for that.
const CLEAR_MARGIN: f64 = 1.06;

/// A planned look at the data.
struct Look {
    /// How many processes have measured by then.
    processes: usize,
    /// The chance that this look's interval misses the truth. The two looks that decide near a boundary share 1 %.
    alpha: f64,
}

const LOOKS: [Look; 3] = [
    Look {
        processes: 1,
        alpha: 0.008,
    },
    Look {
        processes: 3,
        alpha: 0.007,
    },
    Look {
        processes: 6,
        alpha: 0.003,
    },
];

/// Lets one process measure. It gets what the first process measured, and gives none when there was no time.
pub type OneProcess<'a> =
    dyn FnMut(Option<&Measured>) -> Result<Option<Result<Measured, Failure>>, GraderError> + 'a;

/// Lets processes measure until a look decides. When there is no time for another, the last look that was reached
/// stands.
///
/// # Errors
/// The outer error is ours, the inner one the solution's.
pub fn take_looks(
    target: f64,
    one_process: &mut OneProcess<'_>,
) -> Result<Result<Measurement, Failure>, GraderError> {
    let mut processes: Vec<Measured> = Vec::new();
    let mut measurement = Measurement::default();
    for look in LOOKS {
        while processes.len() < look.processes {
            match one_process(processes.first())? {
                Some(Ok(measured)) => processes.push(measured),
                Some(Err(failure)) => return Ok(Err(failure)),
                None => return Ok(Ok(measurement)),
            }
        }
        measurement = Measurement::of(&processes, look.alpha);
        let settled = |estimate| is_settled(&estimate, target, look.processes);
        if measurement.estimate.is_some_and(settled) {
            break;
        }
    }
    Ok(Ok(measurement))
}

/// Whether more processes would not change what is said.
fn is_settled(estimate: &Estimate, target: f64, processes: usize) -> bool {
    if processes > 1 {
        let target_inside = estimate.low < target && target <= estimate.high;
        return decide(estimate) != Verdict::Inconclusive && !target_inside;
    }
    let far_from_one = estimate.low > CLEAR_SPEEDUP || estimate.high < 1.0 / CLEAR_SPEEDUP;
    let far_from_target =
        estimate.low >= target * CLEAR_MARGIN || estimate.high * CLEAR_MARGIN <= target;
    far_from_one && far_from_target
}

/// What is known after some processes.
#[derive(Default)]
pub struct Measurement {
    estimate: Option<Estimate>,
    /// All samples.
    times: Times,
    singles: Option<Times>,
}

impl Measurement {
    fn of(processes: &[Measured], alpha: f64) -> Measurement {
        let ratios: Vec<Vec<f64>> = processes
            .iter()
            .map(|process| process.blocks.iter().map(Times::log_ratio).collect())
            .collect();
        let mut times = Times::default();
        for block in processes.iter().flat_map(|process| &process.blocks) {
            times.extend(block.clone());
        }
        let singles = processes.iter().find_map(|process| process.singles.clone());
        Measurement {
            estimate: interval(&ratios, alpha),
            times,
            singles,
        }
    }

    /// What the learner is told.
    pub fn report(&self, target: f64, language: Language) -> Report {
        let Some(estimate) = self.estimate else {
            let message =
                "Nothing was measured: compiling and checking took almost all the time there is.";
            return Report {
                message: Some(message.to_owned()),
                ..Report::unmeasured(Verdict::Inconclusive, target, language)
            };
        };
        let (times, source) = match &self.singles {
            Some(singles) => (singles, PercentileSource::Call),
            None => (&self.times, PercentileSource::Batch),
        };
        let percentiles = |times: &[f64]| Percentiles {
            p50_ns: median(times),
            p95_ns: percentile(times, 0.95),
            p99_ns: percentile(times, 0.99),
        };
        Report {
            passed: passes(&estimate, target),
            speedup: Some(estimate.speedup),
            interval: Some([estimate.low, estimate.high]),
            before: Some(percentiles(&times.before_ns)),
            after: Some(percentiles(&times.after_ns)),
            percentiles: Some(source),
            samples_before_ns: thin(&times.before_ns, CHART_SAMPLES),
            samples_after_ns: thin(&times.after_ns, CHART_SAMPLES),
            ..Report::unmeasured(decide(&estimate), target, language)
        }
    }
}
