//! How long something takes, when it does not always take the same time.
//!
//! Logarithms, exponentials and cosines come from the crate `libm`, which computes them in software from additions and
//! multiplications that IEEE 754 fixes to the last bit; the machine's own library may round otherwise, and a world has to
//! be the same everywhere.

use serde::{Deserialize, Serialize};

use crate::measure::random::Random;
use crate::world::units::Span;

/// The distribution of a latency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// Always the same.
    Constant(Span),
    /// Anything between two times, with equal chances.
    #[serde(rename_all = "kebab-case")]
    Uniform {
        /// The shortest.
        from: Span,
        /// The longest.
        to: Span,
    },
    /// Memoryless: most are short, some are several times the mean.
    #[serde(rename_all = "kebab-case")]
    Exponential {
        /// The mean.
        mean: Span,
    },
    /// Multiplied from many influences: a heavy tail, as latencies of real services have it.
    #[serde(rename_all = "kebab-case")]
    Lognormal {
        /// Half are shorter.
        median: Span,
        /// 99 of 100 are shorter.
        p99: Span,
    },
    /// Usually one, now and then the other: "one in a hundred takes thirty times as long".
    #[serde(rename_all = "kebab-case")]
    Mixture {
        /// How many of a thousand are slow.
        slow_per_mille: u32,
        /// How long it usually takes.
        usual: Box<Distribution>,
        /// How long it takes when it is slow.
        slow: Box<Distribution>,
    },
}

impl Default for Distribution {
    fn default() -> Distribution {
        Distribution::Constant(Span(0))
    }
}

/// The 99th percentile of the standard normal distribution.
const NORMAL_P99: f64 = 2.326_347_874_040_841;

/// The longest time that is ever drawn: tails have no end, worlds do.
const LONGEST_NS: f64 = 600e9;

impl Distribution {
    /// What is wrong with its numbers.
    pub fn flaw(&self) -> Option<&'static str> {
        match self {
            Distribution::Uniform { from, to } if from > to => Some("`from` is longer than `to`"),
            Distribution::Lognormal { median, p99 } if median.0 == 0 || p99 <= median => {
                Some("`p99` has to be longer than `median`, and that longer than nothing")
            }
            Distribution::Mixture { slow_per_mille, .. } if *slow_per_mille > 1_000 => {
                Some("`slow-per-mille` is more than 1000")
            }
            Distribution::Mixture { usual, slow, .. } => usual.flaw().or_else(|| slow.flaw()),
            _ => None,
        }
    }

    /// Draws a time, in nanoseconds.
    pub(crate) fn draw(&self, random: &mut Random) -> u64 {
        match self {
            Distribution::Constant(span) => span.0,
            Distribution::Uniform { from, to } => from.0 + below(random, to.0 - from.0 + 1),
            Distribution::Exponential { mean } => {
                nanoseconds(-libm::log(open_unit(random)) * mean.0 as f64)
            }
            Distribution::Lognormal { median, p99 } => {
                let spread = libm::log(p99.0 as f64 / median.0 as f64) / NORMAL_P99;
                nanoseconds(median.0 as f64 * libm::exp(spread * normal(random)))
            }
            Distribution::Mixture {
                slow_per_mille,
                usual,
                slow,
            } => {
                let is_slow = below(random, 1_000) < u64::from(*slow_per_mille);
                // Both are drawn, so that the numbers that follow do not depend on which it was.
                let (usual, slow) = (usual.draw(random), slow.draw(random));
                if is_slow { slow } else { usual }
            }
        }
    }
}

fn nanoseconds(drawn: f64) -> u64 {
    drawn.clamp(0.0, LONGEST_NS) as u64
}

/// A whole number below `limit`, which is not zero. Its bias is `limit` ÷ 2⁶⁴.
pub(crate) fn below(random: &mut Random, limit: u64) -> u64 {
    ((u128::from(random.next()) * u128::from(limit)) >> 64) as u64
}

/// A fraction above 0 and up to 1, with 53 bits.
pub(crate) fn open_unit(random: &mut Random) -> f64 {
    ((random.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

/// A number of the standard normal distribution (Box and Muller, "A note on the generation of random normal deviates",
/// 1958), of which the second one is left.
fn normal(random: &mut Random) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(open_unit(random)));
    radius * libm::cos(2.0 * core::f64::consts::PI * open_unit(random))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::percentile;

    fn times(of: &Distribution) -> Vec<f64> {
        let mut random = Random(7);
        (0..20_000).map(|_| of.draw(&mut random) as f64).collect()
    }

    fn is_near(found: f64, expected: f64) -> bool {
        (found / expected - 1.0).abs() < 0.1
    }

    #[test]
    fn a_lognormal_latency_has_the_median_and_the_tail_that_were_written() {
        let latency = Distribution::Lognormal {
            median: Span(2_000_000),
            p99: Span(30_000_000),
        };
        let times = times(&latency);
        assert!(is_near(percentile(&times, 0.5), 2e6));
        assert!(is_near(percentile(&times, 0.99), 30e6));
    }

    #[test]
    fn an_exponential_latency_has_the_mean_that_was_written() {
        let times = times(&Distribution::Exponential {
            mean: Span(5_000_000),
        });
        assert!(is_near(times.iter().sum::<f64>() / times.len() as f64, 5e6));
        assert!(is_near(percentile(&times, 0.99), 5e6 * 100_f64.ln()));
    }

    #[test]
    fn one_in_a_hundred_is_slow_where_ten_per_mille_were_written() {
        let times = times(&Distribution::Mixture {
            slow_per_mille: 10,
            usual: Box::new(Distribution::Constant(Span(1))),
            slow: Box::new(Distribution::Constant(Span(100))),
        });
        let slow = times.iter().filter(|time| **time > 1.0).count();
        assert!((150..250).contains(&slow), "{slow} of 20000");
    }

    #[test]
    fn what_is_drawn_is_fixed_to_the_last_bit() {
        // The same on every machine; a change of these numbers changes every verdict on a virtual clock.
        let mut random = Random(1);
        let latency = Distribution::Lognormal {
            median: Span(2_000_000),
            p99: Span(30_000_000),
        };
        let drawn: Vec<u64> = (0..4).map(|_| latency.draw(&mut random)).collect();
        assert_eq!(drawn, [1_935_299, 1_533_926, 2_255_007, 1_109_474]);
    }
}
