//! What a learner is shown of a world: the figures of both sides, the calls of a few requests, how busy everything was,
//! and what the next gain would need.

use serde::{Deserialize, Serialize};

use crate::exercise::Translated;
use crate::world::calls::Outcome;
use crate::world::description::{Kind, Metric, Style, World};
use crate::world::run::{Run, Time, latencies_ns, percentile_ns, quantity};
use crate::world::simulation::Simulation;

/// How many parts of the visible world's time are told apart.
const BUCKETS: usize = 48;

/// How many calls of each side are shown, and of how many requests under load.
const SHOWN_CALLS: usize = 80;
const SHOWN_REQUESTS: usize = 10;

/// Everything that is shown, besides the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// The graded quantity.
    pub metric: Metric,
    /// How the world is programmed.
    pub style: Style,
    /// The components.
    pub components: Vec<ComponentName>,
    /// The starter.
    pub before: Side,
    /// The submission.
    pub after: Side,
}

/// A component as it is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentName {
    /// What it is.
    pub kind: Kind,
    /// Its name for readers.
    pub title: Translated,
    /// How many calls it serves at a time, if that is limited.
    pub connections: Option<u32>,
}

/// One program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The graded quantity, in nanoseconds or per second.
    pub quantity: f64,
    /// How long requests took, in nanoseconds.
    pub p50_ns: f64,
    /// 95 of 100 took at most this long.
    pub p95_ns: f64,
    /// 99 of 100 took at most this long.
    pub p99_ns: f64,
    /// Replies per virtual second.
    pub throughput_per_s: f64,
    /// How many requests there were in the hidden worlds.
    pub requests: u32,
    /// How many of them were refused.
    pub refused: u32,
    /// Where the time of requests went, a mean of all of them: to each component, and last to the program itself.
    pub time: Vec<Time>,
    /// How many calls a request made of each component, on average.
    pub calls_per_request: Vec<f64>,
    /// The share of its capacity that each component used.
    pub utilisation: Vec<f64>,
    /// What holds everything up: the component, or the program where it is the last number.
    pub bottleneck: usize,
    /// Little's law, with the numbers of the visible world.
    pub little: Little,
    /// A few requests of the visible world.
    pub waterfall: Waterfall,
    /// How busy everything was in the visible world.
    pub timeline: Timeline,
}

/// L = λ·W, each measured by itself (Little, "A proof for the queuing formula", 1961).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Little {
    /// L: how many requests were in the system, on average over time.
    pub in_system: f64,
    /// λ: how many came per virtual second.
    pub per_second: f64,
    /// W: how long one stayed, in nanoseconds, on average over requests.
    pub stay_ns: f64,
}

/// What waited for what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The first moment that is shown, from the world's beginning.
    pub from_ns: u64,
    /// The last one, counted from the first, as all that follow.
    pub length_ns: u64,
    /// The requests.
    pub requests: Vec<RequestBar>,
    /// The calls, in the order in which they were made.
    pub calls: Vec<CallBar>,
    /// How many more calls these requests made.
    pub left_out: u32,
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestBar {
    /// Its number, from 0.
    pub number: u32,
    /// When it came.
    pub arrived_ns: u64,
    /// When it was answered.
    pub ended_ns: u64,
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallBar {
    /// The component.
    pub component: u32,
    /// The request that it was made for.
    pub request: u32,
    /// How many keys it had.
    pub items: u32,
    /// When it was made, reached the component, began to be served, was served, and ended.
    pub times_ns: [u64; 5],
    /// How it ended.
    pub outcome: Outcome,
}

/// How busy components were, in equal parts of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// How long one part is.
    pub bucket_ns: u64,
    /// Of each component, how many calls it served, on average over the part.
    pub serving: Vec<Vec<f64>>,
    /// Of each component, how many calls waited.
    pub waiting: Vec<Vec<f64>>,
}

impl Findings {
    /// What is shown of both sides: their runs in the hidden worlds, and the visible world as each left it.
    pub fn of(
        world: &World,
        (before, before_seen): (&[Run], &Simulation),
        (after, after_seen): (&[Run], &Simulation),
    ) -> Findings {
        let window = window(before_seen);
        let component = |of: &crate::world::description::Component| ComponentName {
            kind: of.kind,
            title: of.title.clone(),
            connections: of.connections,
        };
        Findings {
            metric: world.metric,
            style: world.style,
            components: world.components.iter().map(component).collect(),
            before: side(world, before, before_seen, window.clone()),
            after: side(world, after, after_seen, window),
        }
    }
}

/// Which requests are shown: in call style the first, under load those around the slowest.
fn window(seen: &Simulation) -> std::ops::Range<usize> {
    let requests = seen.requests();
    let latency = |request: &crate::world::simulation::Request| {
        request
            .ended_ns
            .unwrap_or(0)
            .saturating_sub(request.asked.arrives_ns)
    };
    if requests.iter().all(|request| request.asked.keys.is_empty()) {
        return 0..1.min(requests.len());
    }
    let slowest = (0..requests.len()).max_by_key(|&number| (latency(&requests[number]), number));
    let most = requests.len().saturating_sub(SHOWN_REQUESTS);
    let first = slowest
        .unwrap_or(0)
        .saturating_sub(SHOWN_REQUESTS / 2)
        .min(most);
    first..(first + SHOWN_REQUESTS).min(requests.len())
}

fn side(world: &World, runs: &[Run], seen: &Simulation, window: std::ops::Range<usize>) -> Side {
    let latencies = latencies_ns(runs);
    let requests: u32 = runs
        .iter()
        .map(|run| run.latencies_ns.len() as u32 + run.refused)
        .sum();
    let per_request = |sum: u64| sum / u64::from(requests.max(1));
    let components = world.components.len();
    let time: Vec<Time> = (0..=components)
        .map(|place| {
            let sum = |of: fn(&Time) -> u64| {
                per_request(runs.iter().map(|run| of(&run.time[place])).sum())
            };
            Time {
                travelling_ns: sum(|time| time.travelling_ns),
                queueing_ns: sum(|time| time.queueing_ns),
                serving_ns: sum(|time| time.serving_ns),
            }
        })
        .collect();
    let calls_per_request = (0..components)
        .map(|place| {
            let calls: u32 = runs.iter().map(|run| run.calls[place]).sum();
            rounded(f64::from(calls) / f64::from(requests.max(1)))
        })
        .collect();
    let utilisation: Vec<f64> = (0..components)
        .map(|place| {
            let sum: f64 = runs.iter().map(|run| run.utilisation[place]).sum();
            rounded(sum / runs.len().max(1) as f64)
        })
        .collect();
    Side {
        quantity: quantity(world.metric, runs),
        p50_ns: percentile_ns(&latencies, 0.50),
        p95_ns: percentile_ns(&latencies, 0.95),
        p99_ns: percentile_ns(&latencies, 0.99),
        throughput_per_s: rounded(quantity(Metric::Throughput, runs)),
        requests,
        refused: runs.iter().map(|run| run.refused).sum(),
        bottleneck: bottleneck(&utilisation, &time),
        time,
        calls_per_request,
        utilisation,
        little: little(seen),
        waterfall: waterfall(seen, window),
        timeline: timeline(world, seen),
    }
}

/// Whoever is busy for four fifths of the time holds up the rest; else whoever takes most of a request's time.
fn bottleneck(utilisation: &[f64], time: &[Time]) -> usize {
    const BUSY: f64 = 0.8;
    let busiest = (0..utilisation.len())
        .max_by(|one, other| utilisation[*one].total_cmp(&utilisation[*other]));
    let longest = (0..time.len()).max_by_key(|place| time[*place].sum_ns());
    busiest
        .filter(|place| utilisation[*place] >= BUSY)
        .or(longest)
        .unwrap_or(0)
}

fn little(seen: &Simulation) -> Little {
    let requests = seen.requests();
    let ended = || {
        requests
            .iter()
            .filter_map(|request| Some((request.asked.arrives_ns, request.ended_ns?)))
    };
    let first_ns = ended().map(|(arrived_ns, _)| arrived_ns).min().unwrap_or(0);
    let last_ns = ended().map(|(_, ended_ns)| ended_ns).max().unwrap_or(0);
    let duration_ns = (last_ns - first_ns).max(1) as f64;
    // How many are in the system, integrated over time from one arrival or end to the next.
    let mut moments: Vec<(u64, i64)> = ended()
        .flat_map(|(arrived_ns, ended_ns)| [(arrived_ns, 1), (ended_ns, -1)])
        .collect();
    moments.sort_unstable();
    let (mut inside, mut area, mut reached_ns) = (0_i64, 0_f64, first_ns);
    for (at_ns, change) in moments {
        area += inside as f64 * (at_ns - reached_ns) as f64;
        inside += change;
        reached_ns = at_ns;
    }
    let count = ended().count().max(1) as f64;
    let stay_ns = ended()
        .map(|(arrived_ns, ended_ns)| (ended_ns - arrived_ns) as f64)
        .sum::<f64>();
    Little {
        in_system: area / duration_ns,
        per_second: count / (duration_ns / 1e9),
        stay_ns: stay_ns / count,
    }
}

fn waterfall(seen: &Simulation, window: std::ops::Range<usize>) -> Waterfall {
    let requests = seen.requests().get(window.clone()).unwrap_or_default();
    let from_ns = requests
        .iter()
        .map(|request| request.asked.arrives_ns)
        .min();
    let from_ns = from_ns.unwrap_or(0);
    let after = |at_ns: u64| at_ns.saturating_sub(from_ns);
    let bars: Vec<RequestBar> = requests
        .iter()
        .zip(window.start as u32..)
        .filter_map(|(request, number)| {
            Some(RequestBar {
                number,
                arrived_ns: after(request.asked.arrives_ns),
                ended_ns: after(request.ended_ns?),
            })
        })
        .collect();
    let length_ns = bars.iter().map(|bar| bar.ended_ns).max().unwrap_or(0);
    let is_shown = |parent: u32| window.contains(&(parent as usize));
    let mut calls = seen
        .calls()
        .iter()
        .filter_map(|call| Some((call, call.parent.filter(|parent| is_shown(*parent))?)))
        .map(|(call, request)| {
            let ended_ns = call.ended_ns.map_or(length_ns, after);
            let at = |moment: Option<u64>| moment.map_or(ended_ns, after).min(ended_ns);
            CallBar {
                component: call.order.component as u32,
                request,
                items: call.order.keys.len() as u32,
                times_ns: [
                    after(call.started_ns),
                    at(call.arrived_ns),
                    at(call.served_from_ns),
                    at(call.served_until_ns),
                    ended_ns,
                ],
                outcome: call.outcome.unwrap_or(Outcome::Cancelled),
            }
        });
    let shown: Vec<CallBar> = calls.by_ref().take(SHOWN_CALLS).collect();
    Waterfall {
        from_ns,
        length_ns,
        requests: bars,
        left_out: calls.count() as u32,
        calls: shown,
    }
}

fn timeline(world: &World, seen: &Simulation) -> Timeline {
    let end_ns = seen.clock_ns().max(1);
    let bucket_ns = end_ns.div_ceil(BUCKETS as u64);
    let places = 0..world.components.len();
    let of = |count: fn(&crate::world::station::Change) -> u32| {
        places
            .clone()
            .map(|place| averages(seen.changes(place), count, bucket_ns, end_ns))
            .collect()
    };
    Timeline {
        bucket_ns,
        serving: of(|change| change.serving),
        waiting: of(|change| change.waiting),
    }
}

/// The average of a count over each bucket.
fn averages(
    changes: &[crate::world::station::Change],
    count: fn(&crate::world::station::Change) -> u32,
    bucket_ns: u64,
    end_ns: u64,
) -> Vec<f64> {
    let mut sums = [0.0; BUCKETS];
    let ends = changes.iter().skip(1).map(|change| change.at_ns);
    for (change, until_ns) in changes.iter().zip(ends.chain([end_ns])) {
        let (mut at_ns, until_ns) = (change.at_ns, until_ns.min(end_ns));
        while at_ns < until_ns {
            let bucket = (at_ns / bucket_ns) as usize;
            let next_ns = ((bucket as u64 + 1) * bucket_ns).min(until_ns);
            sums[bucket.min(BUCKETS - 1)] += f64::from(count(change)) * (next_ns - at_ns) as f64;
            at_ns = next_ns;
        }
    }
    sums.map(|sum| rounded(sum / bucket_ns as f64)).to_vec()
}

/// To three decimal places, which is what a picture needs.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
