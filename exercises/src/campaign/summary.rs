//! The campaign's table: Markdown from records.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Method, Record, Truth};
use crate::statistics::{median, percentile};
use crate::verdict::Verdict;

mod coverage;

pub use coverage::{Coverage, coverage};

/// How many gradings are resampled to find out how often the interval holds the truth.
const RESAMPLED: u32 = 2_000;

/// The verdicts on programs of one truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    trials: usize,
    faster: usize,
    slower: usize,
    same: usize,
    other: usize,
}

impl Tally {
    fn of<'a>(records: impl Iterator<Item = &'a Record>) -> Tally {
        let mut tally = Tally::default();
        for record in records {
            tally.trials += 1;
            match record.verdict {
                Verdict::Faster => tally.faster += 1,
                Verdict::Slower => tally.slower += 1,
                Verdict::Same => tally.same += 1,
                _ => tally.other += 1,
            }
        }
        tally
    }

    /// What is right for a truth: a gain beyond the floor is `faster`, all else is `same`.
    fn right(&self, truth: Truth) -> usize {
        match truth {
            Truth::Gain(permille) if f64::from(permille) > 1e3 * crate::verdict::FLOOR => {
                self.faster
            }
            Truth::Equal | Truth::Layout | Truth::Gain(_) => self.same,
        }
    }
}

/// All tables, for as many trials as there are.
pub fn tables(records: &[Record]) -> String {
    let mut text = String::new();
    verdicts(&mut text, records);
    layouts(&mut text, records);
    coverages(&mut text, records);
    text
}

fn verdicts(text: &mut String, records: &[Record]) {
    text.push_str(
        "| truth | busy loop | method | trials | faster | slower | same | inconclusive | right | median time | 90 % of times |\n\
         |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let groups: BTreeSet<(Truth, bool, Method)> = records
        .iter()
        .map(|record| (record.truth, record.busy, record.method))
        .collect();
    for (truth, busy, method) in groups {
        let of_group = || {
            let is_one = move |record: &&Record| {
                (record.truth, record.busy, record.method) == (truth, busy, method)
            };
            records.iter().filter(is_one)
        };
        let tally = Tally::of(of_group());
        let seconds: Vec<f64> = of_group().map(|record| record.seconds).collect();
        _ = writeln!(
            text,
            "| {truth} | {} | {} | {} | {} | {} | {} | {} | {:.1} % | {:.2} s | {:.2} s |",
            if busy { "yes" } else { "no" },
            name(method),
            tally.trials,
            tally.faster,
            tally.slower,
            tally.same,
            tally.other,
            100.0 * tally.right(truth) as f64 / tally.trials as f64,
            median(&seconds),
            percentile(&seconds, 0.9),
        );
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::LatencyLab => "Latency Lab",
        Method::Tango => "tango's rule, same samples",
        Method::SequentialWelch => "Welch, one after the other",
        Method::Hyperfine => "hyperfine, native, Welch",
    }
}

fn ours(records: &[Record], truth: Truth) -> impl Iterator<Item = &Record> {
    records
        .iter()
        .filter(move |record| record.method == Method::LatencyLab && record.truth == truth)
}

/// The rate of false verdicts beside the spread of the medians: a layout that really costs time is no mistake.
fn layouts(text: &mut String, records: &[Record]) {
    let mut by_kernel: BTreeMap<(&str, bool), Vec<&Record>> = BTreeMap::new();
    for record in ours(records, Truth::Layout) {
        by_kernel
            .entry((record.kernel.as_str(), record.busy))
            .or_default()
            .push(record);
    }
    if by_kernel.is_empty() {
        return;
    }
    text.push_str(
        "\n| layout of | busy loop | variants | faster or slower | smallest speed-up | median | largest | standard deviation |\n\
         |---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for ((kernel, busy), of_kernel) in by_kernel {
        let speedups: Vec<f64> = of_kernel
            .iter()
            .filter_map(|record| record.speedup)
            .collect();
        let tally = Tally::of(of_kernel.iter().copied());
        let mean = speedups.iter().sum::<f64>() / speedups.len() as f64;
        let squares: f64 = speedups
            .iter()
            .map(|speedup| (speedup - mean).powi(2))
            .sum();
        _ = writeln!(
            text,
            "| {kernel} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.2} % |",
            if busy { "yes" } else { "no" },
            tally.trials,
            tally.faster + tally.slower,
            percentile(&speedups, 0.0),
            median(&speedups),
            percentile(&speedups, 1.0),
            100.0 * (squares / (speedups.len() as f64 - 1.0)).sqrt(),
        );
    }
}

fn coverages(text: &mut String, records: &[Record]) {
    let mut is_first = true;
    for busy in [false, true] {
        let of_equal: Vec<&Record> = ours(records, Truth::Equal)
            .filter(|record| record.busy == busy)
            .collect();
        let Some(coverage) = coverage(&of_equal, RESAMPLED) else {
            continue;
        };
        if std::mem::take(&mut is_first) {
            text.push_str(
                "\n| intervals of equal code | busy loop | gradings | hold the truth | called faster or slower |\n\
                 |---|---|--:|--:|--:|\n",
            );
        }
        let busy = if busy { "yes" } else { "no" };
        let measured = of_equal.len();
        let hold = of_equal
            .iter()
            .filter(|record| {
                record
                    .interval
                    .is_some_and(|[low, high]| low <= 1.0 && 1.0 <= high)
            })
            .count();
        let wrong = Tally::of(of_equal.iter().copied());
        _ = writeln!(
            text,
            "| measured | {busy} | {measured} | {:.1} % | {} |\n\
             | resampled from the blocks of {} real processes | {busy} | {} | {:.1} % | {} |",
            100.0 * hold as f64 / measured as f64,
            wrong.faster + wrong.slower,
            coverage.processes,
            coverage.gradings,
            100.0 * f64::from(coverage.hold) / f64::from(coverage.gradings),
            coverage.wrong,
        );
    }
}
