//! How often the interval of equal code holds 1, by resampling: measuring two thousand gradings takes an hour.
//!
//! A resampled grading takes processes of one kernel at random, each with the blocks that it measured. Taking blocks at
//! random as well would count the variance within a process twice (Davison and Hinkley, *Bootstrap Methods and their
//! Application*, §3.8: with hierarchical data groups are drawn with replacement, and what is in them without). It then goes
//! through the same looks as a real one.

use std::collections::BTreeMap;

use crate::campaign::Record;
use crate::campaign::judged::{as_samples, question};
use crate::grade::{estimate, take_looks};
use crate::measure::Random;
use crate::verdict::{FLOOR, Verdict, decide};

/// What resampling showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many real processes the blocks come from.
    pub processes: usize,
    /// How many gradings were resampled.
    pub gradings: u32,
    /// How many intervals hold the truth.
    pub hold: u32,
    /// How many gradings said `faster` or `slower`.
    pub wrong: u32,
}

/// Where resampling starts, so that the same records give the same figures.
const SEED: u64 = 1;

/// Resamples gradings from those of equal code; none where there are none.
pub fn coverage(records: &[&Record], gradings: u32) -> Option<Coverage> {
    let mut by_kernel: BTreeMap<&str, Vec<&Vec<f64>>> = BTreeMap::new();
    for record in records {
        by_kernel
            .entry(record.kernel.as_str())
            .or_default()
            .extend(&record.log_ratios);
    }
    let kernels: Vec<Vec<&Vec<f64>>> = by_kernel
        .into_values()
        .filter(|processes| !processes.is_empty())
        .collect();
    if kernels.is_empty() {
        return None;
    }
    let mut random = Random(SEED);
    let mut coverage = Coverage {
        processes: kernels.iter().map(Vec::len).sum(),
        gradings,
        hold: 0,
        wrong: 0,
    };
    for _ in 0..gradings {
        let kernel = random.pick(&kernels);
        let processes = take_looks(&question(), None, &mut |_| {
            let process = random.pick(kernel);
            Ok(Some(Ok(as_samples(process))))
        });
        let estimate = estimate(&processes.ok()?.ok()?, false)?;
        coverage.hold += u32::from(estimate.low <= 1.0 && 1.0 <= estimate.high);
        let verdict = decide(&estimate, FLOOR);
        coverage.wrong += u32::from(matches!(verdict, Verdict::Faster | Verdict::Slower));
    }
    Some(coverage)
}
