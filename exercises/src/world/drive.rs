//! Runs a program through a world. Runs inside the sandbox, on the engine that counts.

use crate::failure::{Failure, TimeLimit};
use crate::guest::Program;
use crate::signature::{Primitive, Signature};
use crate::value::Value;
use crate::world::calls::Operation;
use crate::world::description::World;
use crate::world::host::Beside;
use crate::world::prelude;
use crate::world::simulation::{Simulation, Told};

/// A program and what it may use.
pub struct Guest<'a> {
    /// The program.
    pub program: &'a Program,
    /// How much memory it may hold, in bytes.
    pub memory_bytes: u64,
}

/// How much work a program may do, and what is said when it does more.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// In fuel.
    pub fuel: u64,
    /// What is said.
    pub limit: TimeLimit,
}

/// What came of it.
pub struct Driven {
    /// The world, as the program left it.
    pub simulation: Simulation,
    /// The answers, in call style.
    pub answers: Vec<Value>,
    /// The fuel of each call; in event style that of all events together.
    pub fuel: Vec<u64>,
    /// The most memory that the program held.
    pub peak_memory_bytes: u64,
}

impl Guest<'_> {
    /// Lets the program answer one request after the other, each in a fresh instance: what it learned from one it does
    /// not know at the next.
    ///
    /// # Errors
    /// The program fails, or breaks a rule of the world.
    pub fn answer(
        &self,
        simulation: Simulation,
        signature: &Signature,
        inputs: &[Value],
        allowed: impl Fn(usize) -> Allowed,
    ) -> Result<Driven, Failure> {
        let mut beside = Some(Box::new(Beside::new(simulation)));
        let mut driven = (Vec::new(), Vec::new(), 0);
        let arguments = signature.arguments();
        for (number, input) in inputs.iter().enumerate() {
            let Allowed { fuel, limit } = allowed(number);
            let mut running = self.program.start(self.memory_bytes)?;
            running.set_world(beside.take());
            if let Some(beside) = running.world() {
                beside.simulation.begin_request();
            }
            let prepared = running.prepare(input, &arguments)?;
            let (answered, used) = running.call_in_world(prepared, fuel, limit)?;
            if let Some(beside) = running.world() {
                beside.simulation.end_request();
            }
            driven.0.push(running.answer(answered, &signature.result)?);
            driven.1.push(used);
            driven.2 = running.peak_memory_bytes().max(driven.2);
            beside = running.set_world(None);
        }
        let simulation = beside.map(|beside| beside.simulation);
        Ok(Driven {
            simulation: simulation.expect("it is put back after every request"),
            answers: driven.0,
            fuel: driven.1,
            peak_memory_bytes: driven.2,
        })
    }

    /// Lets the program serve all requests of a world.
    ///
    /// # Errors
    /// The program fails, or breaks a rule of the world.
    pub fn serve(&self, simulation: Simulation, allowed: Allowed) -> Result<Driven, Failure> {
        let signature = prelude::event_signature();
        let arguments = signature.arguments();
        let mut running = self.program.start(self.memory_bytes)?;
        running.set_world(Some(Box::new(Beside::new(simulation))));
        let mut used = 0;
        while let Some(told) = running
            .world()
            .and_then(|beside| Some((beside.simulation.next_told()?, &beside.simulation)))
            .map(|(told, simulation)| event(told, simulation))
        {
            let prepared = running.prepare(&told, &arguments)?;
            let left = allowed.fuel - used;
            used += running.call_in_world(prepared, left, allowed.limit)?.1;
        }
        let peak_memory_bytes = running.peak_memory_bytes();
        let mut simulation = running
            .set_world(None)
            .expect("nobody else takes it")
            .simulation;
        simulation.conclude();
        match simulation.broken() {
            Some(broken) => Err(Failure::World {
                broken: broken.clone(),
            }),
            None => Ok(Driven {
                simulation,
                answers: Vec::new(),
                fuel: vec![used],
                peak_memory_bytes,
            }),
        }
    }
}

/// An event as the program's glue gets it.
fn event(told: Told, simulation: &Simulation) -> Value {
    let (kind, number, values): (u64, u64, &[u64]) = match told {
        Told::Arrived(number) => {
            let asked = &simulation.requests()[number as usize].asked;
            let kind = u64::from(asked.operation == Operation::Write);
            (kind, number.into(), &asked.keys)
        }
        Told::Ended(number) => (2, number.into(), &[]),
        Told::Timer { token, .. } => (3, token, &[]),
    };
    let values = values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    Value::Tuple(vec![
        Value::Primitive(Primitive::U32, kind),
        Value::Primitive(Primitive::U64, number),
        Value::Packed(Primitive::U64, values),
    ])
}

/// The worlds of an exercise: their seeds follow from one number.
pub fn seed_of_world(seed: u64, number: u32) -> u64 {
    crate::measure::random::Random(seed ^ (u64::from(number) << 32)).next()
}

/// The world that learners see, which is the same for everybody.
pub fn visible(world: &World) -> Simulation {
    Simulation::new(world, 0, true)
}
