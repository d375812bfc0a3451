//! What the rules in force say of blocks that were kept, also where other rules were in force when they were measured.

use super::kernel::TARGET;
use super::{Method, Record};
use crate::grade::{estimate, take_looks};
use crate::samples::{Pair, ProcessSamples, Question, Side};
use crate::verdict::{FLOOR, decide};

/// What a block's time *before* is taken for; only ratios were kept.
const BEFORE_NS: f64 = 1e12;

impl Record {
    /// The same with the verdict that the rules in force give on its blocks. Only how long it took remains as it was.
    pub fn judged(self) -> Record {
        if self.method != Method::LatencyLab {
            return self;
        }
        let mut left = self.log_ratios.iter();
        let mut next = || left.next().map(|blocks| Ok(as_samples(blocks)));
        let taken = take_looks(&question(), None, &mut |_| Ok(next()));
        let Some(estimate) = taken
            .ok()
            .and_then(Result::ok)
            .and_then(|processes| estimate(&processes, false))
        else {
            return self;
        };
        Record {
            verdict: decide(&estimate, FLOOR),
            speedup: Some(estimate.speedup),
            interval: Some([estimate.low, estimate.high]),
            ..self
        }
    }
}

/// What a campaign's gradings are to find out.
pub(super) fn question() -> Question {
    Question {
        floor: FLOOR,
        target: TARGET,
        boundaries: Vec::new(),
    }
}

/// A process's blocks, as if they had been measured just now.
pub(super) fn as_samples(log_ratios: &[f64]) -> ProcessSamples {
    let block = |log_ratio: &f64| {
        vec![Pair {
            before_ns: BEFORE_NS as u64,
            after_ns: (BEFORE_NS * log_ratio.exp()) as u64,
            first: Side::Before,
        }]
    };
    ProcessSamples {
        calls_per_sample: 1,
        blocks: log_ratios.iter().map(block).collect(),
        single_calls: Vec::new(),
    }
}
