//! Compares a solution and the starter in the same worlds. Runs inside the sandbox.
//!
//! 1. Examples and the visible world come first, so that what is wrong there is shown.
//! 2. In call style, inputs of the checked sizes follow, each in a hidden world of its own.
//! 3. Then the hidden worlds, whose runs are the figures. Starter and reference have to be right everywhere; what they
//!    do wrong is the author's error.

use serde::{Deserialize, Serialize};

use crate::author::{AUTHOR_FUEL, AUTHOR_LIMIT, generate};
use crate::check::{
    ExampleRun, LEAST_FUEL, WORK_FACTOR, read_arguments, show_arguments, wrong_hidden,
};
use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::exercise::{Example, Inputs};
use crate::failure::{Failure, TimeLimit};
use crate::guest::Program;
use crate::signature::Signature;
use crate::value::Value;
use crate::world::description::{Style, World};
use crate::world::drive::{Allowed, Driven, Guest, seed_of_world, visible};
use crate::world::findings::Findings;
use crate::world::run::Run;
use crate::world::simulation::Simulation;

/// How many characters of an example are shown.
const EXAMPLE_CHARACTERS: usize = 2_000;

/// Compare a solution and the starter.
#[derive(Debug, Serialize, Deserialize)]
pub struct WorldTask {
    /// The world.
    pub world: World,
    /// The exercise's function.
    pub signature: Signature,
    /// The visible inputs.
    pub examples: Vec<Example>,
    /// The sizes of the hidden ones.
    pub inputs: Inputs,
    /// What hidden worlds and inputs are made from.
    pub seed: u64,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
    /// Whether the visible world is all, as for a trial run.
    pub only_visible: bool,
}

/// What the comparison showed of a solution that is right.
#[derive(Debug, Serialize, Deserialize)]
pub struct Compared {
    /// The visible examples.
    pub examples: Vec<ExampleRun>,
    /// The starter's runs in the hidden worlds.
    pub before: Vec<Run>,
    /// The solution's.
    pub after: Vec<Run>,
    /// The reference's.
    pub reference: Vec<Run>,
    /// What is shown.
    pub findings: Findings,
}

/// The programs, and what they run for.
struct Bench<'task> {
    task: &'task WorldTask,
    programs: [Program; 3],
}

/// The programs' places.
const STARTER: usize = 0;
const REFERENCE: usize = 1;
const SOLUTION: usize = 2;

/// What the three did with the same.
struct Trial {
    starter: Driven,
    reference: Driven,
    solution: Result<Driven, Failure>,
}

impl WorldTask {
    pub(crate) fn run(&self) -> Answer<Result<Compared, Failure>> {
        let engine = engine(Purpose::Checking, Compiler::Absent);
        let load = |role: Role| role.load(&engine, Purpose::Checking);
        let bench = Bench {
            task: self,
            programs: [
                load(Role::Starter)?,
                load(Role::Reference)?,
                load(Role::Solution)?,
            ],
        };
        let generator = match self.world.style {
            Style::Call => Some(load(Role::Generator)?),
            Style::Event => None,
        };
        let inputs = |seed: u64, size: u32, count: u32| -> Answer<Vec<Value>> {
            let Some(generator) = &generator else {
                return Ok(Vec::new());
            };
            (seed..)
                .take(count as usize)
                .map(|seed| generate(generator, &self.signature, seed, size, self.memory_bytes))
                .collect()
        };

        let mut examples = Vec::new();
        for example in &self.examples {
            let arguments = read_arguments(example, &self.signature)?;
            match bench.example(&arguments)? {
                Ok(example) => examples.push(example),
                Err(failure) => return Ok(Err(failure)),
            }
        }
        let (requests, size) = (self.world.load.requests, self.inputs.measured_size);
        let seen = bench.try_in(visible(&self.world), &inputs(0, size, requests)?)?;
        let solution = match bench.judge(size, seen.solution, &seen.reference) {
            Ok(solution) => solution,
            Err(failure) => return Ok(Err(failure)),
        };
        if self.world.style == Style::Event {
            examples.push(bench.visible_example(&solution));
        }
        let hidden = if self.only_visible {
            0
        } else {
            self.world.hidden_worlds
        };
        let mut numbers = 1_u32..;
        let mut seed = || seed_of_world(self.seed, numbers.next().unwrap_or_default());
        for &size in self.inputs.checked_sizes.iter().filter(|_| hidden > 0) {
            let seed = seed();
            let world = Simulation::new(&self.world, seed, false);
            let trial = bench.try_in(world, &inputs(seed, size, 1)?)?;
            if let Err(failure) = bench.judge(size, trial.solution, &trial.reference) {
                return Ok(Err(failure));
            }
        }
        let (mut before, mut after, mut reference) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..hidden {
            let seed = seed();
            let world = Simulation::new(&self.world, seed, false);
            let trial = bench.try_in(world, &inputs(seed, size, requests)?)?;
            let solution = match bench.judge(size, trial.solution, &trial.reference) {
                Ok(solution) => solution,
                Err(failure) => return Ok(Err(failure)),
            };
            before.push(run_of(&self.world, &trial.starter));
            after.push(run_of(&self.world, &solution));
            reference.push(run_of(&self.world, &trial.reference));
        }
        let findings = Findings::of(
            &self.world,
            (&before, &seen.starter.simulation),
            (&after, &solution.simulation),
        );
        Ok(Ok(Compared {
            examples,
            before,
            after,
            reference,
            findings,
        }))
    }
}

/// What a run came to.
pub(super) fn run_of(world: &World, driven: &Driven) -> Run {
    let fuel = driven.fuel.iter().sum();
    Run::of(&driven.simulation, world, fuel, driven.peak_memory_bytes)
}

impl Bench<'_> {
    /// Lets the three do the same, each in a world that begins alike. An error is the author's.
    fn try_in(&self, world: Simulation, inputs: &[Value]) -> Answer<Trial> {
        let by_author = |name: &str, place: usize| {
            let allowed = |_| Allowed {
                fuel: AUTHOR_FUEL,
                limit: AUTHOR_LIMIT,
            };
            self.drive(place, world.clone(), inputs, allowed)
                .map_err(|failure| format!("the exercise's {name} fails: {}", failure.message()))
        };
        let reference = by_author("reference", REFERENCE)?;
        let starter = by_author("starter", STARTER)?;
        let pairs = reference.answers.iter().zip(&starter.answers).zip(inputs);
        for ((expected, got), input) in pairs {
            if let Some(difference) = expected.first_difference(got) {
                let arguments = show_arguments(input, &self.task.signature);
                return Err(format!(
                    "the reference answers {} and the starter {} at `{}` for {arguments}",
                    difference.expected, difference.got, difference.place
                ));
            }
        }
        let allowed = |number: usize| {
            let of_starter: u64 = starter.fuel.get(number).copied().unwrap_or_default();
            let fuel = of_starter.saturating_mul(WORK_FACTOR).max(LEAST_FUEL);
            let limit = if fuel == LEAST_FUEL {
                TimeLimit::Work { fuel }
            } else {
                TimeLimit::WorkFactor {
                    factor: WORK_FACTOR,
                    fuel,
                }
            };
            Allowed { fuel, limit }
        };
        let solution = self.drive(SOLUTION, world, inputs, allowed);
        Ok(Trial {
            starter,
            reference,
            solution,
        })
    }

    fn drive(
        &self,
        place: usize,
        world: Simulation,
        inputs: &[Value],
        allowed: impl Fn(usize) -> Allowed,
    ) -> Result<Driven, Failure> {
        let guest = Guest {
            program: &self.programs[place],
            memory_bytes: self.task.memory_bytes,
        };
        match self.task.world.style {
            Style::Call => guest.answer(world, &self.task.signature, inputs, allowed),
            Style::Event => guest.serve(world, allowed(0)),
        }
    }

    /// The solution's run, where its answers are the reference's.
    fn judge(
        &self,
        size: u32,
        solution: Result<Driven, Failure>,
        reference: &Driven,
    ) -> Result<Driven, Failure> {
        let solution = solution?;
        let mut pairs = reference.answers.iter().zip(&solution.answers);
        match pairs.find_map(|(expected, got)| expected.first_difference(got)) {
            Some(difference) => Err(wrong_hidden(size, difference.place)),
            None => Ok(solution),
        }
    }

    /// A visible example of call style, in the visible world.
    fn example(&self, arguments: &Value) -> Answer<Result<ExampleRun, Failure>> {
        let inputs = std::slice::from_ref(arguments);
        let trial = self.try_in(visible(&self.task.world), inputs)?;
        let solution = match trial.solution {
            Ok(solution) => solution,
            Err(failure) => return Ok(Err(failure)),
        };
        let (expected, got) = (&trial.reference.answers[0], &solution.answers[0]);
        let input = show_arguments(arguments, &self.task.signature);
        let [shown, answer] = [expected, got].map(|value| value.to_text(EXAMPLE_CHARACTERS));
        if expected != got {
            return Ok(Err(Failure::WrongExample {
                input,
                expected: shown,
                got: answer,
            }));
        }
        Ok(Ok(ExampleRun {
            input,
            expected: shown,
            got: Some(answer),
            passed: true,
            failure: None,
        }))
    }

    /// The visible world of event style, as an example: what came and what was answered.
    fn visible_example(&self, solution: &Driven) -> ExampleRun {
        let requests = solution.simulation.requests();
        let refused = requests.iter().filter(|request| request.refused).count();
        let replies = requests.len() - refused;
        ExampleRun {
            input: format!("requests = {}", requests.len()),
            expected: format!("replies + refusals = {}", requests.len()),
            got: Some(format!("replies = {replies}, refusals = {refused}")),
            passed: true,
            failure: None,
        }
    }
}
