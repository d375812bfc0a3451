//! The requests of a world: drawn before it begins, so that before and after get the same ones whatever they do.

use crate::measure::random::Random;
use crate::world::calls::Operation;
use crate::world::description::{Arrivals, Keys, Load};
use crate::world::distribution::{below, open_unit};

/// What a user asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When, in virtual nanoseconds.
    pub arrives_ns: u64,
    /// Whether it reads or writes.
    pub operation: Operation,
    /// What it is about.
    pub keys: Vec<u64>,
}

/// Draws the requests of an event-style world.
pub(super) fn draw(load: &Load, random: &mut Random) -> Vec<Asked> {
    let popularity = Popularity::of(&load.keys);
    let mean_gap_ns = 1_000_000_000 / u64::from(load.per_second.max(1));
    let mut now_ns = 0_u64;
    let mut asked = Vec::with_capacity(load.requests as usize);
    for number in 0..load.requests {
        now_ns += match load.arrivals {
            Arrivals::Constant => mean_gap_ns,
            Arrivals::Poisson => (-libm::log(open_unit(random)) * mean_gap_ns as f64) as u64,
            Arrivals::Bursts { size } if number.is_multiple_of(size.max(1)) => {
                mean_gap_ns * u64::from(size)
            }
            Arrivals::Bursts { .. } => 0,
        };
        let is_write = below(random, 1_000) < u64::from(load.writes_per_mille);
        asked.push(Asked {
            arrives_ns: now_ns,
            operation: if is_write {
                Operation::Write
            } else {
                Operation::Read
            },
            keys: popularity.draw(load.keys_per_request, random),
        });
    }
    asked
}

/// Which keys come how often.
struct Popularity {
    count: u64,
    /// For each key, the share of it and of all more popular ones; none where all are alike.
    cumulative: Option<Vec<f64>>,
}

impl Popularity {
    fn of(keys: &Keys) -> Popularity {
        let cumulative = match keys {
            Keys::Uniform { .. } => None,
            Keys::Zipf { count, exponent } => {
                let mut sum = 0.0;
                let sums: Vec<f64> = (1..=*count)
                    .map(|rank| {
                        sum += libm::pow(f64::from(rank), -exponent);
                        sum
                    })
                    .collect();
                Some(sums.iter().map(|part| part / sum).collect())
            }
        };
        Popularity {
            count: keys.count().into(),
            cumulative,
        }
    }

    /// Different keys of one request, in the order in which they were drawn. The most popular key is 1.
    fn draw(&self, count: u32, random: &mut Random) -> Vec<u64> {
        let mut keys: Vec<u64> = Vec::with_capacity(count as usize);
        while (keys.len() as u64) < u64::from(count).min(self.count) {
            let key = 1 + match &self.cumulative {
                None => below(random, self.count),
                Some(cumulative) => {
                    let share = open_unit(random);
                    cumulative
                        .partition_point(|part| *part < share)
                        .min(cumulative.len() - 1) as u64
                }
            };
            // A popular key that comes again stands for the next one that is missing.
            let free = (0..self.count)
                .map(|step| 1 + (key - 1 + step) % self.count)
                .find(|key| !keys.contains(key));
            keys.extend(free);
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::units::Span;

    fn load() -> Load {
        Load {
            requests: 20_000,
            arrivals: Arrivals::Poisson,
            per_second: 1_000,
            keys: Keys::Zipf {
                count: 1_000,
                exponent: 1.0,
            },
            keys_per_request: 1,
            writes_per_mille: 100,
            deadline: None,
            may_refuse: false,
            patience: Span(1),
        }
    }

    #[test]
    fn requests_come_at_the_rate_and_with_the_writes_that_were_written() {
        let asked = draw(&load(), &mut Random(3));
        let last_s = asked.last().expect("there are some").arrives_ns as f64 / 1e9;
        assert!((last_s - 20.0).abs() < 1.0, "{last_s}");
        let writes = asked
            .iter()
            .filter(|asked| asked.operation == Operation::Write);
        assert!((1_800..2_200).contains(&writes.count()));
        assert!(asked.is_sorted_by_key(|asked| asked.arrives_ns));
    }

    #[test]
    fn the_most_popular_key_comes_twice_as_often_as_the_second() {
        let asked = draw(&load(), &mut Random(5));
        let of = |key| asked.iter().filter(|asked| asked.keys == [key]).count() as f64;
        let ratio = of(1) / of(2);
        assert!((1.8..2.2).contains(&ratio), "{ratio}");
    }

    #[test]
    fn bursts_come_at_one_moment_and_keep_the_rate() {
        let bursts = Load {
            arrivals: Arrivals::Bursts { size: 10 },
            requests: 1_000,
            ..load()
        };
        let asked = draw(&bursts, &mut Random(5));
        assert_eq!(asked[0].arrives_ns, asked[9].arrives_ns);
        assert_eq!(asked[10].arrives_ns - asked[9].arrives_ns, 10_000_000);
        assert_eq!(asked[999].arrives_ns, 1_000_000_000);
    }

    #[test]
    fn the_keys_of_a_request_differ() {
        let several = Load {
            keys: Keys::Zipf {
                count: 5,
                exponent: 2.0,
            },
            keys_per_request: 8,
            requests: 50,
            ..load()
        };
        for asked in draw(&several, &mut Random(5)) {
            let mut keys = asked.keys.clone();
            keys.sort_unstable();
            assert_eq!(keys, [1, 2, 3, 4, 5]);
        }
    }
}
