//! Where a program's time goes. Runs inside the sandbox, after the verdict, on a build of its own that knows the lines of
//! its source; what is timed never carries them.
//!
//! 1. Starter and solution are called on new inputs until each has run for [`BUDGET`].
//! 2. At each tick of [`INTERVAL`] the stack of the program is written down ([`stack`]).
//! 3. Equal stacks are counted together.
//!
//! The stack is looked at where wasmtime's guest profiler looks, at the ticks of the epoch, and with the same walk; the
//! profiler itself keeps addresses and the names of whole functions, which for optimised code is one name for everything
//! that was inlined. The ticks are noticed at the entry of a function and at the head of a loop only: what stands between
//! two of them is counted with the second.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::check::{as_arguments, seed_and_size};
use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::Failure;
use crate::guest::{Program, Running};
use crate::signature::Signature;
use crate::value::Value;

mod fold;
mod stack;

pub use fold::{Lines, Shares, folded, shares};
pub use stack::{Frame, Origin};

/// How long each program runs.
const BUDGET: Duration = Duration::from_millis(250);

/// How often its stack is looked at.
const INTERVAL: Duration = Duration::from_micros(250);

/// How many calls an instance answers, and how much memory it may hold beyond the exercise's limit for their arguments.
const CALLS_PER_INSTANCE: usize = 16;
const ARGUMENT_BYTES: u64 = 32 << 20;

/// The fewest samples that say anything: with a hundred, a share of one half is known to ten percentage points.
pub const ENOUGH_SAMPLES: u32 = 100;

/// The most different stacks that are kept of a program; the rarest are left out.
const STACKS: usize = 2_000;

/// See where the time of both sides goes.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProfileTask {
    /// The exercise's function.
    pub signature: Signature,
    /// The size of the inputs.
    pub size: u32,
    /// What the inputs are made from.
    pub seed: u64,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
}

/// Where the time of both sides goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The starter's stacks.
    pub before: Vec<Stack>,
    /// The solution's.
    pub after: Vec<Stack>,
}

/// A stack, and how often it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stack {
    /// The frames, from the outermost.
    pub frames: Vec<Frame>,
    /// How often it was seen.
    pub samples: u32,
}

/// How many samples there are in all.
pub fn samples(stacks: &[Stack]) -> u32 {
    stacks.iter().map(|stack| stack.samples).sum()
}

impl ProfileTask {
    pub(crate) fn run(&self) -> Answer<Profile> {
        let engine = engine(Purpose::Profiling, Compiler::Absent);
        let load = |role: Role| role.load(&engine, Purpose::Profiling);
        let generator = load(Role::Generator)?;
        let (starter, solution) = (load(Role::Starter)?, load(Role::Solution)?);
        let ticking = engine.clone();
        std::thread::Builder::new()
            .spawn(move || {
                loop {
                    std::thread::sleep(INTERVAL);
                    ticking.increment_epoch();
                }
            })
            .map_err(|error| error.to_string())?;
        let by_author = |failure: Failure| {
            format!(
                "the exercise's generator fails while it is profiled: {}",
                failure.message()
            )
        };
        let look_at = |program| self.look_at(program, &generator).map_err(by_author);
        Ok(Profile {
            before: look_at(&starter)?,
            after: look_at(&solution)?,
        })
    }

    /// Calls a program until its budget is used up. What it does then, such as trapping on an input that no check had,
    /// only ends its profile early. An error is the generator's.
    fn look_at(&self, program: &Program, generator: &Program) -> Result<Vec<Stack>, Failure> {
        let seen = Seen::default();
        let mut spent = Duration::ZERO;
        for seed in (self.seed..).step_by(CALLS_PER_INSTANCE) {
            let inputs = self.inputs(generator, seed)?;
            let Some(took) = self.calls(program, &inputs, &seen, BUDGET - spent) else {
                break;
            };
            spent += took;
            if spent >= BUDGET {
                break;
            }
        }
        Ok(seen.into_stacks())
    }

    /// Lets one instance answer the inputs; how long that took, or none when it came to an end of its own.
    fn calls(
        &self,
        program: &Program,
        inputs: &[Value],
        seen: &Seen,
        budget: Duration,
    ) -> Option<Duration> {
        let mut running = program.start(self.memory_bytes + ARGUMENT_BYTES).ok()?;
        let arguments = self.signature.arguments();
        let prepared: Vec<_> = inputs
            .iter()
            .map_while(|input| running.prepare(input, &arguments).ok())
            .collect();
        let started = Instant::now();
        seen.write_down(&mut running, started + budget);
        for prepared in prepared {
            running.allow_ticks(1);
            running.call(prepared, "").ok()?;
        }
        Some(started.elapsed())
    }

    fn inputs(&self, generator: &Program, seed: u64) -> Result<Vec<Value>, Failure> {
        let own = self.signature.of_generator();
        let mut running = generator.start(self.memory_bytes + ARGUMENT_BYTES)?;
        let mut input = |seed| {
            let prepared = running.prepare(&seed_and_size(seed, self.size), &own.arguments())?;
            running.allow_ticks(u64::from(u32::MAX));
            let answered = running.call(prepared, "")?;
            let made = running.answer(answered, &own.result)?;
            Ok(as_arguments(made, &self.signature))
        };
        (0..CALLS_PER_INSTANCE as u64)
            .map(|call| input(seed.wrapping_add(call)))
            .collect()
    }
}

/// The stacks that were seen, shared with the function that is called at the ticks.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Stack>>>);

impl Seen {
    /// From now on writes the stack of a program down at each tick, until `end`.
    fn write_down(&self, running: &mut Running, end: Instant) {
        let seen = Arc::clone(&self.0);
        running.look_at_ticks(move |backtrace| {
            let frames = stack::frames(backtrace);
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            match seen.iter_mut().find(|stack| stack.frames == frames) {
                Some(stack) => stack.samples += 1,
                None => seen.push(Stack { frames, samples: 1 }),
            }
            if Instant::now() < end {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
    }

    /// The stacks, the most frequent first.
    fn into_stacks(self) -> Vec<Stack> {
        let mut stacks = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.samples));
        stacks.truncate(STACKS);
        stacks
    }
}
