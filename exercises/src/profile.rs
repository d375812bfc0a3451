//! Where a program's time goes. Runs inside the sandbox, after the verdict, on a build of its own that knows the lines of
//! its source; what is timed never carries them.
//!
//! 1. Starter and solution are called on new inputs until each has run for [`BUDGET`] and was looked at often enough.
//! 2. At each tick of [`INTERVAL`] the stack of the program is written down ([`seen`]).
//! 3. The places in the module become functions and lines of the source ([`lines`], [`stack`]).
//! 4. They become lines for a flamegraph, and shares for a table ([`fold`]).
//!
//! The stack is looked at where wasmtime's guest profiler looks, at the ticks of the epoch, and with the same walk; the
//! profiler itself keeps machine addresses and the names of whole functions, which for optimised code is one name for
//! everything that was inlined. The ticks are noticed at the entry of a function and at the head of a loop only: what stands between
//! two of them is counted with the second.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use crate::author::Inputs;
use crate::child::{Answer, INPUT_FOLDER, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::{Failure, TimeLimit};
use crate::guest::Program;
use crate::signature::Signature;
use crate::value::Value;

mod fold;
mod lines;
mod seen;
mod stack;

use lines::LineTable;
use seen::Seen;

pub use fold::{Lines, Shares, folded, shares};
pub use stack::{Frame, Origin};

/// How much processor time each program gets; how much more where that brought too few samples, since a busy machine lets
/// the ticks come late; and how long all of it may last on the clock on the wall.
const BUDGET: Duration = Duration::from_millis(250);
const MOST: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(6);

/// What a call is held to that ends because its program's time is over. It is not the learner's failure.
const LIMIT: TimeLimit = TimeLimit::Batch {
    milliseconds: PATIENCE.as_millis() as u64,
};

/// How often its stack is looked at.
const INTERVAL: Duration = Duration::from_micros(250);

/// How many calls an instance answers, and how much memory it may hold beyond the exercise's limit for their arguments.
const CALLS_PER_INSTANCE: usize = 16;
const ARGUMENT_BYTES: u64 = 32 << 20;

/// The fewest samples that say anything: with a hundred, a share of one half is known to ten percentage points.
pub const ENOUGH_SAMPLES: u32 = 100;

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

/// The processor time of this thread.
fn processor_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
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
        let look_at = |role: Role, program| -> Answer<Vec<Stack>> {
            let module = Path::new(INPUT_FOLDER).join(role.module_name());
            let module =
                std::fs::read(&module).map_err(|error| format!("{}: {error}", module.display()))?;
            let seen = self.look_at(program, &generator).map_err(by_author)?;
            Ok(seen.into_stacks(LineTable::read(&module).as_ref()))
        };
        Ok(Profile {
            before: look_at(Role::Starter, &starter)?,
            after: look_at(Role::Solution, &solution)?,
        })
    }

    /// Calls a program until its budget is used up. What it does then, such as trapping on an input that no check had,
    /// only ends its profile early. An error is the generator's.
    fn look_at(&self, program: &Program, generator: &Program) -> Result<Seen, Failure> {
        let seen = Seen::default();
        let end = Instant::now() + PATIENCE;
        let mut spent = Duration::ZERO;
        for seed in (self.seed..).step_by(CALLS_PER_INSTANCE) {
            let inputs = self.inputs(generator, seed)?;
            let Some(took) = self.calls(program, &inputs, &seen, (MOST - spent, end)) else {
                break;
            };
            spent += took;
            let is_enough = spent >= BUDGET && seen.samples() >= ENOUGH_SAMPLES;
            if is_enough || spent >= MOST || Instant::now() >= end {
                break;
            }
        }
        Ok(seen)
    }

    /// Lets one instance answer the inputs; how much processor time that took, or none when it came to an end of its own.
    fn calls(
        &self,
        program: &Program,
        inputs: &[Value],
        seen: &Seen,
        (budget, end): (Duration, Instant),
    ) -> Option<Duration> {
        let mut running = program.start(self.memory_bytes + ARGUMENT_BYTES).ok()?;
        let arguments = self.signature.arguments();
        let prepared: Vec<_> = inputs
            .iter()
            .map_while(|input| running.prepare(input, &arguments).ok())
            .collect();
        let started = processor_time();
        seen.write_down(&mut running, move || {
            processor_time() - started < budget && Instant::now() < end
        });
        for prepared in prepared {
            running.allow_ticks(1);
            running.call(prepared, LIMIT).ok()?;
        }
        Some(processor_time() - started)
    }

    fn inputs(&self, generator: &Program, seed: u64) -> Result<Vec<Value>, Failure> {
        let memory_bytes = self.memory_bytes + ARGUMENT_BYTES;
        let mut inputs = Inputs::start(generator, &self.signature, memory_bytes)?;
        (0..CALLS_PER_INSTANCE as u64)
            .map(|call| inputs.make(seed.wrapping_add(call), self.size))
            .collect()
    }
}
