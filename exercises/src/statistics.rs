//! From timed pairs to an interval of the speed-up. Pure functions over plain numbers.
//!
//! 1. [`block_log_ratio`]: a block of pairs gives one number, the logarithm of *after*'s fastest time over *before*'s.
//!    The minimum is what interruptions disturb least; the logarithm makes faster and slower symmetric.
//! 2. [`order_statistic_rank`]: the interval of the median that assumes nothing about how times are distributed.
//! 3. [`interval`]: that interval over the blocks of all processes, widened to hold that of the processes' medians, since a
//!    process may have been placed unluckily in memory for its whole life.

use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// The speed-up and the interval that surely holds it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Time before ÷ time after.
    pub speedup: f64,
    /// The smallest speed-up that fits the data.
    pub low: f64,
    /// The largest speed-up that fits the data.
    pub high: f64,
}

/// The logarithm of the fastest *after* over the fastest *before* in a block of pairs, which is not empty.
pub fn block_log_ratio(before_ns: &[f64], after_ns: &[f64]) -> f64 {
    let fastest = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    (fastest(after_ns) / fastest(before_ns)).ln()
}

/// The median: of an even number of values the mean of the two in the middle. Not a number for no values.
pub fn median(values: &[f64]) -> f64 {
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        length if length.is_multiple_of(2) => (sorted[middle - 1] + sorted[middle]) / 2.0,
        _ => sorted[middle],
    }
}

/// The value that `share` of the values do not exceed, by the nearest-rank definition. Not a number for no values.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let sorted = sorted(values);
    let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The probability that at most `successes` of `trials` fair coins show heads: the binomial distribution function.
pub fn fair_coins_at_most(successes: u32, trials: u32) -> f64 {
    let mut term = 0.5_f64.powi(i32::try_from(trials).unwrap_or(i32::MAX));
    let mut sum = 0.0;
    for heads in 0..=successes.min(trials) {
        sum += term;
        term *= f64::from(trials - heads) / f64::from(heads + 1);
    }
    sum
}

/// The largest k for which the k-th smallest and the k-th largest of `count` values enclose the median with probability
/// at least 1 − `alpha` (David and Nagaraja, *Order Statistics*, §7.1): P(Bin(count, ½) ≤ k − 1) ≤ alpha / 2. None where
/// even the extremes do not.
pub fn order_statistic_rank(count: u32, alpha: f64) -> Option<u32> {
    (1..=count / 2)
        .take_while(|rank| fair_coins_at_most(rank - 1, count) <= alpha / 2.0)
        .last()
}

/// The chance that the interval of the processes' medians may miss the truth, were places in memory all the noise there is:
/// what the whole range of six processes has (2 ÷ 2⁶ is 3 %), and twelve without the two extremes on either side.
///
/// The whole range of many processes would be no wiser: a range never shrinks, and one unlucky process in twelve would
/// decide for all of them.
const MEDIANS_ALPHA: f64 = 0.04;

/// The interval of the speed-up from each process's block log-ratios, at 1 − `alpha`. None without enough blocks.
pub fn interval(processes: &[Vec<f64>], alpha: f64) -> Option<Estimate> {
    let pooled = sorted(&processes.concat());
    let rank = order_statistic_rank(u32::try_from(pooled.len()).ok()?, alpha)? as usize;
    let medians: Vec<f64> = processes.iter().map(|blocks| median(blocks)).collect();
    let medians = sorted(&medians);
    let count = u32::try_from(medians.len()).ok()?;
    // Fewer than six give their whole range.
    let outer = order_statistic_rank(count, MEDIANS_ALPHA).unwrap_or(1) as usize;
    let low = pooled[rank - 1].min(medians[outer - 1]);
    let high = pooled[pooled.len() - rank].max(medians[medians.len() - outer]);
    Some(Estimate {
        speedup: (-median(&pooled)).exp(),
        low: (-high).exp(),
        high: (-low).exp(),
    })
}

/// At most `count` of the values, evenly spread over their order in time.
pub fn thin(values: &[f64], count: usize) -> Vec<f64> {
    if values.len() <= count {
        return values.to_vec();
    }
    (0..count)
        .map(|index| values[index * values.len() / count])
        .collect()
}
