//! How long a solution and the starter take. Runs inside the sandbox, on the engine that does not count, in a process
//! that has a core to itself where there is more than one.
//!
//! 1. A *sample* is a batch of calls on different inputs, which lie in a fresh instance before the clock starts; the
//!    clock counts this thread's processor time. No input occurs twice in an instance's life.
//! 2. A *pair* is a sample of each side on the same inputs, in random order, each made ready and timed before the other is
//!    touched; all answers are compared.
//! 3. A *block* is up to [`PAIRS_PER_BLOCK`] pairs on the same inputs, each in fresh instances. The fastest of twenty
//!    samples is the least disturbed one only where all do the same work: with new inputs for each pair it would be
//!    the one with the easiest input. A process does [`BLOCKS`] blocks, each on new inputs.
//! 4. Where the calls of both sides are long enough, single calls are timed as well, for the percentiles.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::author::{Checker, Inputs};
use crate::check::wrong_hidden;
use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::failure::Failure;
use crate::guest::{Answered, Prepared, Program, Running};
use crate::samples::{Pair, ProcessSamples, Side};
use crate::signature::{Signature, Type};
use crate::statistics::median;
use crate::value::Value;

pub(crate) use clock::{SAMPLE_LIMIT, SAMPLE_TICKS};
use clock::{advance_epochs, processor_time_ns};
pub(crate) use random::Random;

mod clock;
pub(crate) mod random;

/// Blocks per process.
pub const BLOCKS: usize = 8;

/// Pairs per block, unless they take too long.
pub const PAIRS_PER_BLOCK: usize = 20;

/// Pairs that are run first and not used: they touch code and memory for the first time.
const DISCARDED_PAIRS: usize = 3;

/// The length that a starter's sample is meant to have: short ones are more often left alone, and there can be more of
/// them. Twenty of a quarter of a millisecond gave half the spread of ten of one millisecond.
const SAMPLE_NS: f64 = 250_000.0;

/// The most calls in a sample.
const CALLS_PER_SAMPLE: usize = 2_000;

/// The most bytes of arguments in a sample.
const SAMPLE_BYTES: usize = 8 << 20;

/// The shortest call that is timed alone, in nanoseconds.
const SINGLE_CALL_NS: f64 = 20_000.0;

/// The most calls of each side that are timed alone, and how long they may take in all.
pub const SINGLE_CALLS: usize = 1_500;
const SINGLE_CALLS_BUDGET: Duration = Duration::from_millis(150);

/// What a time that the clock did not notice is taken for, since nothing has no logarithm.
const SHORTEST_NS: u64 = 1;

/// Time both sides.
#[derive(Debug, Serialize, Deserialize)]
pub struct MeasureTask {
    /// The exercise's function.
    pub signature: Signature,
    /// Whether the exercise has a checker.
    pub has_checker: bool,
    /// The size of the inputs.
    pub size: u32,
    /// What inputs and order are made from; unknown to everybody before the process starts.
    pub seed: u64,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
    /// How many calls a sample has, where an earlier process decided that.
    pub calls_per_sample: Option<u32>,
    /// Whether to time single calls as well.
    pub single_calls: bool,
    /// How many blocks, unless they take too long.
    pub blocks: usize,
    /// How long the blocks may take in all.
    pub budget: Duration,
    /// In which order the samples are taken.
    pub schedule: Schedule,
}

/// In which order samples are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// Both sides in turn, in random order within each pair: what verdicts are made from.
    Interleaved,
    /// All of the starter's, then all of the solution's, as most benchmarks do; only [`crate::campaign`] does so, to
    /// show what comes of it.
    OneAfterTheOther,
}

impl MeasureTask {
    pub(crate) fn run(&self) -> Answer<Result<ProcessSamples, Failure>> {
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
    checker: Checker,
    starter: Program,
    solution: Program,
    signature: &'task Signature,
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
        let checker = Checker::load(
            &engine,
            Purpose::Timing,
            task.has_checker,
            &task.signature,
            task.memory_bytes,
        )?;
        advance_epochs(engine)?;
        Ok(Bench {
            generator,
            checker,
            starter,
            solution,
            signature: &task.signature,
            arguments: task.signature.arguments(),
            size: task.size,
            // A sample holds the arguments of all its calls at once.
            memory_bytes: task.memory_bytes + 4 * SAMPLE_BYTES as u64,
            random,
        })
    }

    fn run(&mut self, task: &MeasureTask) -> Result<ProcessSamples, Stopped> {
        let mut first = Vec::new();
        for _ in 0..DISCARDED_PAIRS {
            let inputs = self.inputs(1)?;
            first.extend(self.pair(&inputs, Timing::Single)?);
        }
        let typical_ns = |of: fn(&Pair) -> u64| {
            let times: Vec<f64> = first.iter().map(|pair| of(pair) as f64).collect();
            median(&times).max(1.0)
        };
        let before_ns = typical_ns(|pair| pair.before_ns);
        let after_ns = typical_ns(|pair| pair.after_ns);
        let calls = match task.calls_per_sample {
            Some(calls) => calls as usize,
            None => self.calls_per_sample(before_ns)?,
        };
        let started = Instant::now();
        self.block(1, calls)?;
        let pairs = task.budget.div_duration_f64(started.elapsed()) / task.blocks as f64;
        let pairs = (pairs as usize).clamp(1, PAIRS_PER_BLOCK);
        let blocks = match task.schedule {
            Schedule::Interleaved => (0..task.blocks)
                .map(|_| self.block(pairs, calls))
                .collect::<Result<_, _>>()?,
            Schedule::OneAfterTheOther => {
                let all = self.one_after_the_other(task.blocks * pairs, calls)?;
                all.chunks(pairs).map(<[Pair]>::to_vec).collect()
            }
        };
        let single_calls = if task.single_calls && before_ns.min(after_ns) >= SINGLE_CALL_NS {
            self.single_calls(calls)?
        } else {
            Vec::new()
        };
        Ok(ProcessSamples {
            calls_per_sample: u32::try_from(calls).unwrap_or(u32::MAX),
            blocks,
            single_calls,
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

    /// Pairs of samples on new inputs.
    fn block(&mut self, pairs: usize, calls: usize) -> Result<Vec<Pair>, Stopped> {
        let inputs = self.inputs(calls)?;
        let mut block = Vec::new();
        for _ in 0..pairs {
            block.extend(self.pair(&inputs, Timing::Batch)?);
        }
        Ok(block)
    }

    fn one_after_the_other(&mut self, pairs: usize, calls: usize) -> Result<Vec<Pair>, Stopped> {
        let mut times_ns = [Vec::new(), Vec::new()];
        for (side, times_ns) in [Side::Before, Side::After].into_iter().zip(&mut times_ns) {
            for _ in 0..pairs {
                let inputs = self.inputs(calls)?;
                let sample = self.timed(side, &inputs, Timing::Batch)?;
                times_ns.extend(sample.times_ns);
            }
        }
        let [before_ns, after_ns] = times_ns;
        let pair = |(before_ns, after_ns)| Pair {
            before_ns,
            after_ns,
            first: Side::Before,
        };
        Ok(before_ns.into_iter().zip(after_ns).map(pair).collect())
    }

    fn single_calls(&mut self, calls: usize) -> Result<Vec<Pair>, Stopped> {
        let started = Instant::now();
        let mut pairs = Vec::new();
        while pairs.len() < SINGLE_CALLS && started.elapsed() < SINGLE_CALLS_BUDGET {
            let calls = calls.min(SINGLE_CALLS - pairs.len());
            let inputs = self.inputs(calls)?;
            pairs.extend(self.pair(&inputs, Timing::Single)?);
        }
        Ok(pairs)
    }

    /// New inputs for a number of calls.
    fn inputs(&mut self, calls: usize) -> Result<Vec<Value>, Stopped> {
        let mut inputs =
            Inputs::start(&self.generator, self.signature, self.memory_bytes).map_err(by_author)?;
        (0..calls)
            .map(|_| {
                inputs
                    .make(self.random.next(), self.size)
                    .map_err(by_author)
            })
            .collect()
    }

    /// One pair on these inputs: of samples, or of each of the calls.
    fn pair(&mut self, inputs: &[Value], timing: Timing) -> Result<Vec<Pair>, Stopped> {
        let (mut before, mut after, first) = if self.random.coin() {
            let before = self.timed(Side::Before, inputs, timing)?;
            let after = self.timed(Side::After, inputs, timing)?;
            (before, after, Side::Before)
        } else {
            let after = self.timed(Side::After, inputs, timing)?;
            let before = self.timed(Side::Before, inputs, timing)?;
            (before, after, Side::After)
        };
        for (index, arguments) in inputs.iter().enumerate() {
            let expected = before
                .answer(index, &self.signature.result)
                .map_err(by_author)?;
            let got = after
                .answer(index, &self.signature.result)
                .map_err(Stopped::BySolution)?;
            let wrong = self.checker.first_wrong(arguments, &expected, &got);
            if let Some(place) = wrong.map_err(Stopped::ByAuthor)? {
                return Err(Stopped::BySolution(wrong_hidden(self.size, place)));
            }
        }
        let times = before.times_ns.iter().zip(&after.times_ns);
        let pair = |(&before_ns, &after_ns): (&u64, &u64)| Pair {
            before_ns,
            after_ns,
            first,
        };
        Ok(times.map(pair).collect())
    }

    /// A sample of one side. The inputs are handed over immediately before the clock starts, for either side: handing both
    /// sides' over first left the second's in the caches, and made it faster by three percent where they are large.
    fn timed(&self, side: Side, inputs: &[Value], timing: Timing) -> Result<Sample, Stopped> {
        let time = |program: &Program| {
            let mut running = program.start(self.memory_bytes)?;
            let prepared = inputs
                .iter()
                .map(|input| running.prepare(input, &self.arguments))
                .collect::<Result<Vec<_>, _>>()?;
            Sample::time(running, &prepared, timing)
        };
        match side {
            Side::Before => time(&self.starter).map_err(by_author),
            Side::After => time(&self.solution).map_err(Stopped::BySolution),
        }
    }
}

fn by_author(failure: Failure) -> Stopped {
    Stopped::ByAuthor(format!(
        "the exercise's generator or starter fails: {}",
        failure.message()
    ))
}

/// An instance that has answered, and how long it took.
struct Sample {
    running: Running,
    answered: Vec<Answered>,
    times_ns: Vec<u64>,
}

impl Sample {
    fn time(
        mut running: Running,
        prepared: &[Prepared],
        timing: Timing,
    ) -> Result<Sample, Failure> {
        let mut answered = Vec::with_capacity(prepared.len());
        let mut times_ns = Vec::with_capacity(prepared.len());
        running.allow_ticks(SAMPLE_TICKS);
        let started_ns = processor_time_ns();
        let mut from_ns = started_ns;
        for &prepared in prepared {
            answered.push(running.call(prepared, SAMPLE_LIMIT)?);
            if timing == Timing::Single {
                let now_ns = processor_time_ns();
                times_ns.push((now_ns - from_ns).max(SHORTEST_NS));
                from_ns = now_ns;
            }
        }
        if timing == Timing::Batch {
            let took_ns = processor_time_ns() - started_ns;
            times_ns.push(took_ns.max(SHORTEST_NS));
        }
        Ok(Sample {
            running,
            answered,
            times_ns,
        })
    }

    fn answer(&mut self, index: usize, of: &Type) -> Result<Value, Failure> {
        self.running.answer(self.answered[index], of)
    }
}
