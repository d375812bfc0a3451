//! What one run of a program in one world came to, and the graded quantity of several.

use serde::{Deserialize, Serialize};

use crate::statistics::percentile;
use crate::world::description::{Metric, World};
use crate::world::simulation::Simulation;

/// One run of a program in one world.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// How long each answered request took, in virtual nanoseconds, in the order in which they came.
    pub latencies_ns: Vec<u64>,
    /// How many were answered within the deadline; all, where there is none.
    pub in_time: u32,
    /// How many the program refused.
    pub refused: u32,
    /// From the first request to the last reply, in virtual nanoseconds.
    pub duration_ns: u64,
    /// How long the program computed, in virtual nanoseconds.
    pub spent_ns: u64,
    /// Where the time of requests went: to each component in their order, and last to the program itself.
    pub time: Vec<Time>,
    /// How many calls each component got.
    pub calls: Vec<u32>,
    /// The share of its capacity that each component used; 0 where it has no limit.
    pub utilisation: Vec<f64>,
    /// The program's work, in fuel.
    pub fuel: u64,
    /// The most memory that it held, in bytes.
    pub peak_memory_bytes: u64,
    /// How many steps the simulation took.
    pub steps: u64,
}

/// Time that requests spent with one component, in virtual nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// On the way to it and back, and waiting for a connection.
    pub travelling_ns: u64,
    /// Waiting in its queue.
    pub queueing_ns: u64,
    /// Being served.
    pub serving_ns: u64,
}

impl Time {
    /// All of it.
    pub fn sum_ns(&self) -> u64 {
        self.travelling_ns + self.queueing_ns + self.serving_ns
    }

    /// Adds the part of a call's times that lies between two moments.
    fn add(&mut self, phases: [(u64, u64); 4], from_ns: u64, until_ns: u64) {
        let part = |(begin, end): (u64, u64)| end.min(until_ns).saturating_sub(begin.max(from_ns));
        self.travelling_ns += part(phases[0]) + part(phases[3]);
        self.queueing_ns += part(phases[1]);
        self.serving_ns += part(phases[2]);
    }
}

impl Run {
    /// What a world looks like after a program ran in it.
    pub fn of(simulation: &Simulation, world: &World, fuel: u64, peak_memory_bytes: u64) -> Run {
        let requests = simulation.requests();
        let answered = requests
            .iter()
            .filter(|request| !request.refused)
            .filter_map(|request| {
                let ended_ns = request.ended_ns?;
                Some(ended_ns - request.asked.arrives_ns.min(ended_ns))
            });
        let latencies_ns: Vec<u64> = answered.collect();
        let deadline_ns = world.load.deadline.map_or(u64::MAX, |deadline| deadline.0);
        let in_time = latencies_ns.iter().filter(|ns| **ns <= deadline_ns).count();
        let first_ns = requests.first().map_or(0, |first| first.asked.arrives_ns);
        let last_ns = requests.iter().filter_map(|request| request.ended_ns).max();
        let duration_ns = last_ns.unwrap_or(first_ns).saturating_sub(first_ns);
        let components = world.components.len();
        let mut calls = vec![0; components];
        for call in simulation.calls() {
            calls[call.order.component] += 1;
        }
        let utilisation = world.components.iter().enumerate().map(|(place, of)| {
            let busy_ns = busy_ns(simulation, place);
            let whole_ns = simulation.clock_ns().max(1) as f64;
            of.connections
                .map_or(0.0, |most| busy_ns as f64 / whole_ns / f64::from(most))
        });
        Run {
            in_time: in_time as u32,
            refused: requests.iter().filter(|request| request.refused).count() as u32,
            duration_ns,
            spent_ns: simulation.spent_ns(),
            time: time_by_component(simulation, components),
            calls,
            utilisation: utilisation.collect(),
            fuel,
            peak_memory_bytes,
            steps: simulation.steps(),
            latencies_ns,
        }
    }
}

/// How long a component was busy, summed over the calls that it served side by side.
fn busy_ns(simulation: &Simulation, component: usize) -> u64 {
    let end_ns = simulation.clock_ns();
    let changes = simulation.changes(component);
    let ends = changes.iter().skip(1).map(|change| change.at_ns);
    changes
        .iter()
        .zip(ends.chain([end_ns]))
        .map(|(change, until_ns)| {
            u64::from(change.serving) * until_ns.min(end_ns).saturating_sub(change.at_ns)
        })
        .sum()
}

/// Where the time of all requests went. Each moment of a request counts for the call that has been underway for longest,
/// and for the program where there is none.
fn time_by_component(simulation: &Simulation, components: usize) -> Vec<Time> {
    let requests = simulation.requests();
    let mut time = vec![Time::default(); components + 1];
    let mut reached: Vec<u64> = requests
        .iter()
        .map(|request| request.asked.arrives_ns)
        .collect();
    // Calls stand in the order in which they were made.
    for call in simulation.calls() {
        let Some(parent) = call.parent.map(|parent| parent as usize) else {
            continue;
        };
        let Some(end_ns) = requests.get(parent).and_then(|request| request.ended_ns) else {
            continue;
        };
        let ended_ns = call.ended_ns.unwrap_or(u64::MAX).min(end_ns);
        let from_ns = call.started_ns.max(reached[parent]);
        if ended_ns <= from_ns {
            continue;
        }
        time[components].serving_ns += from_ns - reached[parent];
        let arrived_ns = call.arrived_ns.unwrap_or(ended_ns);
        let served_from_ns = call.served_from_ns.unwrap_or(ended_ns);
        let served_until_ns = call.served_until_ns.unwrap_or(ended_ns);
        let phases = [
            (call.started_ns, arrived_ns),
            (arrived_ns, served_from_ns),
            (served_from_ns, served_until_ns),
            (served_until_ns, ended_ns),
        ];
        time[call.order.component].add(phases, from_ns, ended_ns);
        reached[parent] = ended_ns;
    }
    for (request, reached_ns) in requests.iter().zip(reached) {
        time[components].serving_ns += request.ended_ns.map_or(0, |end_ns| end_ns - reached_ns);
    }
    time
}

/// All latencies of several runs.
pub fn latencies_ns(runs: &[Run]) -> Vec<f64> {
    let all = runs.iter().flat_map(|run| &run.latencies_ns);
    all.map(|ns| *ns as f64).collect()
}

/// A percentile of latencies; 0 where nothing was answered, since JSON knows no other word for it.
pub fn percentile_ns(latencies: &[f64], share: f64) -> f64 {
    percentile(latencies, share).max(0.0)
}

/// The graded quantity over several runs.
pub fn quantity(metric: Metric, runs: &[Run]) -> f64 {
    let latencies = latencies_ns(runs);
    let duration_ns: u64 = runs.iter().map(|run| run.duration_ns).sum();
    let duration_s = duration_ns.max(1) as f64 / 1e9;
    match metric {
        Metric::Completion => duration_ns as f64,
        Metric::Mean => latencies.iter().sum::<f64>() / latencies.len().max(1) as f64,
        Metric::P50 => percentile_ns(&latencies, 0.50),
        Metric::P95 => percentile_ns(&latencies, 0.95),
        Metric::P99 => percentile_ns(&latencies, 0.99),
        Metric::Throughput => latencies.len() as f64 / duration_s,
        Metric::Goodput => {
            let in_time: u32 = runs.iter().map(|run| run.in_time).sum();
            f64::from(in_time) / duration_s
        }
    }
}

/// How many times better `after` is than `before`: 2.0 is half the time, or twice the rate.
pub fn speedup(metric: Metric, before: &[Run], after: &[Run]) -> f64 {
    let (before, after) = (quantity(metric, before), quantity(metric, after));
    let (more, less) = if metric.is_rate() {
        (after, before)
    } else {
        (before, after)
    };
    // Nothing may take no time at all, and then is as fast as can be told.
    more.max(f64::MIN_POSITIVE) / less.max(1e-9)
}
