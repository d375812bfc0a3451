//! A world under one load after the other, for whoever turns its knobs without writing code: the author's programs run in
//! it. Runs inside the sandbox.
//!
//! The load of an event-style world is how many requests come per second, that of a call-style world how large each is.

use serde::{Deserialize, Serialize};

use crate::author::{AUTHOR_FUEL, AUTHOR_LIMIT, generate};
use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::guest::Program;
use crate::signature::Signature;
use crate::world::description::{Metric, Style, World};
use crate::world::drive::{Allowed, Guest};
use crate::world::run::{Run, latencies_ns, percentile_ns, quantity};
use crate::world::scalability::{Scalability, fit};
use crate::world::simulation::Simulation;
use crate::world::task::run_of;

/// The loads, in hundredths of the one that is written.
const LOADS_PERCENT: [u32; 8] = [25, 50, 75, 100, 125, 150, 200, 300];

/// Let the author's programs run under every load.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepTask {
    /// The world.
    pub world: World,
    /// The exercise's function.
    pub signature: Signature,
    /// The size of inputs, in call style.
    pub size: u32,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// The starter.
    pub starter: Curve,
    /// The reference.
    pub reference: Curve,
}

/// One program under every load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// From the lightest load on.
    pub points: Vec<Point>,
    /// What the universal scalability law makes of them, where there is enough to fit it to.
    pub scalability: Option<Scalability>,
}

/// One program under one load.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Requests per second, or the size of inputs.
    pub load: u32,
    /// What it came to; none where the program lost replies or broke another rule.
    pub figures: Option<PointFigures>,
}

/// What one load came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointFigures {
    /// Replies per virtual second.
    pub throughput_per_s: f64,
    /// Half of the requests took at most this long, in nanoseconds.
    pub p50_ns: f64,
    /// 95 of 100.
    pub p95_ns: f64,
    /// 99 of 100.
    pub p99_ns: f64,
    /// How many requests were in the system, on average.
    pub in_system: f64,
}

impl SweepTask {
    pub(crate) fn run(&self) -> Answer<Sweep> {
        let engine = engine(Purpose::Checking, Compiler::Absent);
        let load = |role: Role| role.load(&engine, Purpose::Checking);
        let generator = match self.world.style {
            Style::Call => Some(load(Role::Generator)?),
            Style::Event => None,
        };
        let curve = |program: &Program| -> Answer<Curve> {
            let points = LOADS_PERCENT
                .iter()
                .map(|percent| self.point(program, generator.as_ref(), *percent))
                .collect::<Answer<Vec<Point>>>()?;
            let measured: Vec<(f64, f64)> = points
                .iter()
                .filter_map(|point| point.figures)
                .map(|figures| (figures.in_system, figures.throughput_per_s))
                .collect();
            Ok(Curve {
                scalability: match self.world.style {
                    Style::Event => fit(&measured),
                    Style::Call => None,
                },
                points,
            })
        };
        Ok(Sweep {
            starter: curve(&load(Role::Starter)?)?,
            reference: curve(&load(Role::Reference)?)?,
        })
    }

    fn point(&self, program: &Program, generator: Option<&Program>, percent: u32) -> Answer<Point> {
        let scaled = |whole: u32| (u64::from(whole) * u64::from(percent) / 100).max(1) as u32;
        let mut world = self.world.clone();
        let guest = Guest {
            program,
            memory_bytes: self.memory_bytes,
        };
        let allowed = Allowed {
            fuel: AUTHOR_FUEL,
            limit: AUTHOR_LIMIT,
        };
        let (load, driven) = match generator {
            None => {
                world.load.per_second = scaled(world.load.per_second);
                let simulation = Simulation::new(&world, 0, true);
                (world.load.per_second, guest.serve(simulation, allowed))
            }
            Some(generator) => {
                let size = scaled(self.size);
                let inputs = (0..u64::from(world.load.requests))
                    .map(|seed| generate(generator, &self.signature, seed, size, self.memory_bytes))
                    .collect::<Answer<Vec<_>>>()?;
                let simulation = Simulation::new(&world, 0, true);
                (
                    size,
                    guest.answer(simulation, &self.signature, &inputs, |_| allowed),
                )
            }
        };
        let figures = driven
            .ok()
            .map(|driven| figures(&[run_of(&world, &driven)]));
        Ok(Point { load, figures })
    }
}

fn figures(runs: &[Run]) -> PointFigures {
    let latencies = latencies_ns(runs);
    let throughput_per_s = quantity(Metric::Throughput, runs);
    PointFigures {
        throughput_per_s,
        p50_ns: percentile_ns(&latencies, 0.50),
        p95_ns: percentile_ns(&latencies, 0.95),
        p99_ns: percentile_ns(&latencies, 0.99),
        // Little's law.
        in_system: throughput_per_s * quantity(Metric::Mean, runs) / 1e9,
    }
}
