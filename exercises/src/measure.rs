//! How long a solution and the starter take. Runs inside the sandbox, on the engine that does not count, in a process
//! that has a core to itself where there is more than one.
//!
//! 1. A *sample* is a batch of calls on different inputs, which lie in a fresh instance before the clock starts; the
//!    clock counts this thread's processor time. No input occurs twice.
//! 2. A *pair* is a sample of each side on the same inputs, in random order; all answers are compared.
//! 3. A *block* is up to [`PAIRS_PER_BLOCK`] pairs. A process does [`BLOCKS`] of them.
//! 4. Where a call is long enough, single calls are timed as well, for the percentiles.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use wasmtime::Engine;

use crate::check::{as_arguments, seed_and_size, wrong_hidden};
use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::{Failure, TimeLimit};
use crate::guest::{Prepared, Program, Running};
use crate::signature::{Signature, Type};
use crate::statistics::{block_log_ratio, median};
use crate::value::Value;

/// Blocks per process.
pub const BLOCKS: usize = 8;

/// Pairs per block, unless they take too long.
pub const PAIRS_PER_BLOCK: usize = 10;

/// Pairs that are run first and not used: they touch code and memory for the first time.
const DISCARDED_PAIRS: usize = 3;

/// The length that a starter's sample is meant to have.
const SAMPLE_NS: f64 = 1_000_000.0;

/// The most calls in a sample.
const CALLS_PER_SAMPLE: usize = 2_000;

/// The most bytes of arguments in a sample.
const SAMPLE_BYTES: usize = 8 << 20;

/// The shortest call that is timed alone, in nanoseconds.
const SINGLE_CALL_NS: f64 = 20_000.0;

/// The most calls of each side that are timed alone, and how long they may take in all.
const SINGLE_CALLS: usize = 2_000;
const SINGLE_CALLS_BUDGET: Duration = Duration::from_millis(250);

/// How often the epoch advances, and how many of its ticks a sample may take: one second.
const TICK: Duration = Duration::from_millis(10);
const SAMPLE_TICKS: u64 = 100;
const SAMPLE_LIMIT: TimeLimit = TimeLimit::Batch {
    milliseconds: TICK.as_millis() as u64 * SAMPLE_TICKS,
};

/// Time both sides.
#[derive(Debug, Serialize, Deserialize)]
pub struct MeasureTask {
    /// The exercise's function.
    pub signature: Signature,
    /// The size of the inputs.
    pub size: u32,
    /// What inputs and order are made from; unknown to everybody before the process starts.
    pub seed: u64,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
    /// How many calls a sample has, where an earlier process decided that.
    pub calls_per_sample: Option<usize>,
    /// Whether to time single calls as well.
    pub single_calls: bool,
    /// How long the blocks may take in all.
    pub budget: Duration,
}

/// The times of one side and the other, in nanoseconds per call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// The starter's.
    pub before_ns: Vec<f64>,
    /// The solution's, in the same order.
    pub after_ns: Vec<f64>,
}

impl Times {
    /// The logarithm of the fastest times' ratio.
    pub fn log_ratio(&self) -> f64 {
        block_log_ratio(&self.before_ns, &self.after_ns)
    }

    /// Appends.
    pub fn extend(&mut self, other: Times) {
        self.before_ns.extend(other.before_ns);
        self.after_ns.extend(other.after_ns);
    }
}

/// What one process measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// How many calls a sample has.
    pub calls_per_sample: usize,
    /// The blocks, whose times are means over a sample's calls.
    pub blocks: Vec<Times>,
    /// Single calls, where they are long enough.
    pub singles: Option<Times>,
}

impl MeasureTask {
    pub(crate) fn run(&self) -> Answer<Result<Measured, Failure>> {
        let mut bench = Bench::load(self)?;
        match bench.run(self) {
            Ok(measured) => Ok(Ok(measured)),
            Err(Stopped::ByAuthor(error)) => Err(error),
            Err(Stopped::BySolution(failure)) => Ok(Err(failure)),
        }
    }
}

/// Why there is no measurement.
enum Stopped {
    /// The author's programs failed.
    ByAuthor(String),
    /// The learner's program failed.
    BySolution(Failure),
}

/// How the clock is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Timing {
    /// Around all calls of a sample.
    Batch,
    /// Around each call.
    Single,
}

struct Bench<'task> {
    generator: Program,
    starter: Program,
    solution: Program,
    signature: &'task Signature,
    generator_signature: Signature,
    arguments: Type,
    size: u32,
    memory_bytes: u64,
    random: Random,
}

impl<'task> Bench<'task> {
    fn load(task: &'task MeasureTask) -> Answer<Bench<'task>> {
        let engine = engine(Purpose::Timing, Compiler::Absent);
        let mut random = Random(task.seed);
        // Whichever is loaded first gets the lower addresses.
        let first = if random.coin() {
            Role::Starter
        } else {
            Role::Solution
        };
        let early = first.load(&engine, Purpose::Timing)?;
        let (starter, solution) = match first {
            Role::Starter => (early, Role::Solution.load(&engine, Purpose::Timing)?),
            _ => (Role::Starter.load(&engine, Purpose::Timing)?, early),
        };
        let generator = Role::Generator.load(&engine, Purpose::Timing)?;
        advance_epochs(engine)?;
        Ok(Bench {
            generator,
            starter,
            solution,
            signature: &task.signature,
            generator_signature: task.signature.of_generator(),
            arguments: task.signature.arguments(),
            size: task.size,
            // A sample holds the arguments of all its calls at once.
            memory_bytes: task.memory_bytes + 4 * SAMPLE_BYTES as u64,
            random,
        })
    }

    fn run(&mut self, task: &MeasureTask) -> Result<Measured, Stopped> {
        let mut first = Times::default();
        for _ in 0..DISCARDED_PAIRS {
            first.extend(self.pair(1, Timing::Single)?);
        }
        let call_ns = median(&first.before_ns).max(1.0);
        let calls = match task.calls_per_sample {
            Some(calls) => calls,
            None => self.calls_per_sample(call_ns)?,
        };
        let started = Instant::now();
        self.pair(calls, Timing::Batch)?;
        let pairs = task.budget.div_duration_f64(started.elapsed()) / BLOCKS as f64;
        let pairs = (pairs as usize).clamp(1, PAIRS_PER_BLOCK);
        let mut blocks = Vec::new();
        for _ in 0..BLOCKS {
            let mut block = Times::default();
            for _ in 0..pairs {
                block.extend(self.pair(calls, Timing::Batch)?);
            }
            blocks.push(block);
        }
        let singles = task.single_calls && call_ns >= SINGLE_CALL_NS;
        let singles = if singles {
            Some(self.single_calls(calls)?)
        } else {
            None
        };
        Ok(Measured {
            calls_per_sample: calls,
            blocks,
            singles,
        })
    }

    fn calls_per_sample(&mut self, call_ns: f64) -> Result<usize, Stopped> {
        let by_time = (SAMPLE_NS / call_ns) as usize;
        let input_bytes = self
            .inputs(1)?
            .iter()
            .map(Value::bytes)
            .sum::<usize>()
            .max(1);
        Ok(by_time
            .min(SAMPLE_BYTES / input_bytes)
            .clamp(1, CALLS_PER_SAMPLE))
    }

    fn single_calls(&mut self, calls: usize) -> Result<Times, Stopped> {
        let started = Instant::now();
        let mut times = Times::default();
        while times.before_ns.len() < SINGLE_CALLS && started.elapsed() < SINGLE_CALLS_BUDGET {
            times.extend(self.pair(calls, Timing::Single)?);
        }
        Ok(times)
    }

    /// New inputs for a number of calls.
    fn inputs(&mut self, calls: usize) -> Result<Vec<Value>, Stopped> {
        let mut running = self.generator.start(self.memory_bytes).map_err(by_author)?;
        let mut inputs = Vec::with_capacity(calls);
        for _ in 0..calls {
            let arguments = seed_and_size(self.random.next(), self.size);
            let prepared = running
                .prepare(&arguments, &self.generator_signature.arguments())
                .map_err(by_author)?;
            running.allow_ticks(SAMPLE_TICKS);
            let answered = running.call(prepared, SAMPLE_LIMIT).map_err(by_author)?;
            let made = running
                .answer(answered, &self.generator_signature.result)
                .map_err(by_author)?;
            inputs.push(as_arguments(made, self.signature));
        }
        Ok(inputs)
    }

    /// One pair on new inputs.
    fn pair(&mut self, calls: usize, timing: Timing) -> Result<Times, Stopped> {
        let inputs = self.inputs(calls)?;
        let mut before = self.sample(&self.starter, &inputs).map_err(by_author)?;
        let mut after = self
            .sample(&self.solution, &inputs)
            .map_err(Stopped::BySolution)?;
        if self.random.coin() {
            before.time(timing).map_err(by_author)?;
            after.time(timing).map_err(Stopped::BySolution)?;
        } else {
            after.time(timing).map_err(Stopped::BySolution)?;
            before.time(timing).map_err(by_author)?;
        }
        for index in 0..calls {
            let expected = before
                .answer(index, &self.signature.result)
                .map_err(by_author)?;
            let got = after
                .answer(index, &self.signature.result)
                .map_err(Stopped::BySolution)?;
            if let Some(difference) = expected.first_difference(&got) {
                return Err(Stopped::BySolution(wrong_hidden(self.size, difference)));
            }
        }
        Ok(Times {
            before_ns: before.times_ns,
            after_ns: after.times_ns,
        })
    }

    fn sample(&self, program: &Program, inputs: &[Value]) -> Result<Sample, Failure> {
        let mut running = program.start(self.memory_bytes)?;
        let prepared = inputs
            .iter()
            .map(|input| running.prepare(input, &self.arguments))
            .collect::<Result<_, _>>()?;
        Ok(Sample {
            running,
            prepared,
            answered: Vec::with_capacity(inputs.len()),
            times_ns: Vec::with_capacity(inputs.len()),
        })
    }
}

fn by_author(failure: Failure) -> Stopped {
    Stopped::ByAuthor(format!(
        "the exercise's generator or starter fails: {}",
        failure.message()
    ))
}

/// An instance with its arguments, and then its answers.
struct Sample {
    running: Running,
    prepared: Vec<Prepared>,
    answered: Vec<crate::guest::Answered>,
    times_ns: Vec<f64>,
}

impl Sample {
    fn time(&mut self, timing: Timing) -> Result<(), Failure> {
        self.running.allow_ticks(SAMPLE_TICKS);
        let started_ns = processor_time_ns();
        let mut from_ns = started_ns;
        for &prepared in &self.prepared {
            self.answered
                .push(self.running.call(prepared, SAMPLE_LIMIT)?);
            if timing == Timing::Single {
                let now_ns = processor_time_ns();
                self.times_ns.push(now_ns - from_ns);
                from_ns = now_ns;
            }
        }
        if timing == Timing::Batch {
            self.times_ns
                .push((processor_time_ns() - started_ns) / self.prepared.len() as f64);
        }
        Ok(())
    }

    fn answer(&mut self, index: usize, of: &Type) -> Result<Value, Failure> {
        self.running.answer(self.answered[index], of)
    }
}

/// The processor time of this thread, in nanoseconds.
fn processor_time_ns() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e9 + now.tv_nsec as f64
}

/// Starts the thread that advances the engine's epoch for as long as the process lives.
fn advance_epochs(engine: Engine) -> Answer<()> {
    let tick = move || {
        loop {
            std::thread::sleep(TICK);
            engine.increment_epoch();
        }
    };
    std::thread::Builder::new()
        .spawn(tick)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn coin(&mut self) -> bool {
        self.next() & 1 == 1
    }
}
