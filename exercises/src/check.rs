//! Whether a solution's answers are right, and how much work they took. Runs inside the sandbox, on the engine that
//! counts.
//!
//! For every input, visible examples first:
//! 1. starter and reference answer it, and have to agree;
//! 2. the solution answers it in a fresh instance, with at most [`WORK_FACTOR`] times the starter's fuel;
//! 3. its answer is compared with the reference's.

use serde::{Deserialize, Serialize};

use crate::child::{Answer, Role};
use crate::engine::{Compiler, Purpose, engine};
use crate::exercise::{Example, Inputs};
use crate::failure::{Failure, TimeLimit};
use crate::guest::Program;
use crate::signature::{Signature, Type};
use crate::value::Value;

/// How many times the starter's work a solution may do.
pub const WORK_FACTOR: u64 = 20;

/// Fuel that a call may always use, so that limits of stack and memory are met first.
pub const LEAST_FUEL: u64 = 1_000_000_000;

/// Fuel for the author's own programs, where only a mistake would use it up.
const AUTHOR_FUEL: u64 = 20_000_000_000;
const AUTHOR_LIMIT: TimeLimit = TimeLimit::Work { fuel: AUTHOR_FUEL };

/// How many inputs of the measured size are checked; the work reported is their mean.
const MEASURED_SIZE_INPUTS: u64 = 3;

/// How many characters of an example are shown.
const EXAMPLE_CHARACTERS: usize = 2_000;

/// Compare all answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckTask {
    /// The exercise's function.
    pub signature: Signature,
    /// The visible inputs.
    pub examples: Vec<Example>,
    /// The sizes of the hidden ones.
    pub inputs: Inputs,
    /// What the hidden ones are made from.
    pub seed: u64,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
}

/// What a solution with right answers used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The starter's fuel for an input of the measured size.
    pub fuel_before: u64,
    /// The solution's fuel for it.
    pub fuel_after: u64,
    /// The reference's fuel for it.
    pub fuel_reference: u64,
    /// The most memory that the solution held for any input, in bytes.
    pub peak_memory_bytes: u64,
}

impl CheckTask {
    pub(crate) fn run(&self) -> Answer<Result<Work, Failure>> {
        let judge = Judge::load(&self.signature, self.memory_bytes)?;
        let generator = Role::Generator.load(&judge.engine, Purpose::Checking)?;
        let mut peak_memory_bytes = 0;
        for example in &self.examples {
            let arguments = read_arguments(example, &self.signature)?;
            match judge.ask(&arguments)? {
                Judged {
                    result: Err(failure),
                    ..
                } => return Ok(Err(failure)),
                Judged {
                    result: Ok(got),
                    expected,
                    ..
                } if got.value != expected => {
                    return Ok(Err(Failure::WrongExample {
                        input: show_arguments(&arguments, &self.signature),
                        expected: expected.to_text(EXAMPLE_CHARACTERS),
                        got: got.value.to_text(EXAMPLE_CHARACTERS),
                    }));
                }
                Judged {
                    result: Ok(got), ..
                } => peak_memory_bytes = got.peak_memory_bytes.max(peak_memory_bytes),
            }
        }
        let measured =
            std::iter::repeat_n(self.inputs.measured_size, MEASURED_SIZE_INPUTS as usize);
        let sizes = self
            .inputs
            .checked_sizes
            .iter()
            .copied()
            .map(|size| (size, false))
            .chain(measured.map(|size| (size, true)));
        let (mut fuel_before, mut fuel_after, mut fuel_reference) = (0, 0, 0);
        for (seed, (size, typical)) in (self.seed..).zip(sizes) {
            let arguments = generate(&generator, &self.signature, seed, size, self.memory_bytes)?;
            let judged = judge.ask(&arguments)?;
            let got = match judged.result {
                Ok(got) => got,
                Err(failure) => return Ok(Err(failure)),
            };
            if let Some(difference) = judged.expected.first_difference(&got.value) {
                return Ok(Err(wrong_hidden(size, difference)));
            }
            peak_memory_bytes = got.peak_memory_bytes.max(peak_memory_bytes);
            if typical {
                fuel_before += judged.starter_fuel / MEASURED_SIZE_INPUTS;
                fuel_after += got.fuel / MEASURED_SIZE_INPUTS;
                fuel_reference += judged.reference_fuel / MEASURED_SIZE_INPUTS;
            }
        }
        Ok(Ok(Work {
            fuel_before,
            fuel_after,
            fuel_reference,
            peak_memory_bytes,
        }))
    }
}

/// Answer the visible examples.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExamplesTask {
    /// The exercise's function.
    pub signature: Signature,
    /// The visible inputs.
    pub examples: Vec<Example>,
    /// How much memory a program may hold, in bytes.
    pub memory_bytes: u64,
}

/// One visible example, answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleRun {
    /// The arguments.
    pub input: String,
    /// What the reference answers.
    pub expected: String,
    /// What the solution answered, if it did.
    pub got: Option<String>,
    /// Whether the two are equal.
    pub passed: bool,
    /// Why there is no answer.
    pub failure: Option<Failure>,
}

impl ExamplesTask {
    pub(crate) fn run(&self) -> Answer<Vec<ExampleRun>> {
        let judge = Judge::load(&self.signature, self.memory_bytes)?;
        let run = |example: &Example| {
            let arguments = read_arguments(example, &self.signature)?;
            let Judged {
                expected, result, ..
            } = judge.ask(&arguments)?;
            let input = show_arguments(&arguments, &self.signature);
            let passed = result.as_ref().is_ok_and(|got| got.value == expected);
            let expected = expected.to_text(EXAMPLE_CHARACTERS);
            let (got, failure) = match result {
                Ok(got) => (Some(got.value.to_text(EXAMPLE_CHARACTERS)), None),
                Err(failure) => (None, Some(failure)),
            };
            Ok(ExampleRun {
                input,
                expected,
                got,
                passed,
                failure,
            })
        };
        self.examples.iter().map(run).collect()
    }
}

/// The three programs that are compared.
struct Judge<'task> {
    engine: wasmtime::Engine,
    starter: Program,
    reference: Program,
    solution: Program,
    arguments: Type,
    signature: &'task Signature,
    memory_bytes: u64,
}

/// What one input showed.
struct Judged {
    expected: Value,
    starter_fuel: u64,
    reference_fuel: u64,
    result: Result<Got, Failure>,
}

/// A program's answer and what it used.
struct Got {
    value: Value,
    fuel: u64,
    peak_memory_bytes: u64,
}

impl<'task> Judge<'task> {
    fn load(signature: &'task Signature, memory_bytes: u64) -> Answer<Judge<'task>> {
        let engine = engine(Purpose::Checking, Compiler::Absent);
        Ok(Judge {
            starter: Role::Starter.load(&engine, Purpose::Checking)?,
            reference: Role::Reference.load(&engine, Purpose::Checking)?,
            solution: Role::Solution.load(&engine, Purpose::Checking)?,
            arguments: signature.arguments(),
            engine,
            signature,
            memory_bytes,
        })
    }

    /// Lets all three answer. An error is the author's.
    fn ask(&self, arguments: &Value) -> Answer<Judged> {
        let by_author = |name: &str, program: &Program| {
            self.answer(program, arguments, AUTHOR_FUEL, AUTHOR_LIMIT)
                .map_err(|failure| format!("the exercise's {name} fails: {}", failure.message()))
        };
        let reference = by_author("reference", &self.reference)?;
        let expected = reference.value;
        let starter = by_author("starter", &self.starter)?;
        if let Some(difference) = expected.first_difference(&starter.value) {
            let crate::value::Difference {
                place,
                expected,
                got,
            } = difference;
            let arguments = show_arguments(arguments, self.signature);
            return Err(format!(
                "the reference answers {expected} and the starter {got} at `{place}` for {arguments}"
            ));
        }
        let fuel = starter.fuel.saturating_mul(WORK_FACTOR).max(LEAST_FUEL);
        let limit = if fuel == LEAST_FUEL {
            TimeLimit::Work { fuel }
        } else {
            TimeLimit::WorkFactor {
                factor: WORK_FACTOR,
                fuel,
            }
        };
        let result = self.answer(&self.solution, arguments, fuel, limit);
        Ok(Judged {
            expected,
            starter_fuel: starter.fuel,
            reference_fuel: reference.fuel,
            result,
        })
    }

    fn answer(
        &self,
        program: &Program,
        arguments: &Value,
        fuel: u64,
        limit: TimeLimit,
    ) -> Result<Got, Failure> {
        let mut running = program.start(self.memory_bytes)?;
        let prepared = running.prepare(arguments, &self.arguments)?;
        let (answered, fuel) = running.call_counted(prepared, fuel, limit)?;
        let value = running.answer(answered, &self.signature.result)?;
        Ok(Got {
            value,
            fuel,
            peak_memory_bytes: running.peak_memory_bytes(),
        })
    }
}

/// The failure of a solution that answers a hidden input wrongly.
pub(crate) fn wrong_hidden(size: u32, difference: crate::value::Difference) -> Failure {
    Failure::WrongHidden {
        size,
        place: difference.place,
    }
}

/// The arguments of a visible example.
fn read_arguments(example: &Example, signature: &Signature) -> Answer<Value> {
    let read = |(text, parameter): (&String, &crate::signature::Parameter)| {
        Value::from_text(text, &parameter.of).map_err(|error| format!("example `{text}`: {error}"))
    };
    example
        .arguments
        .iter()
        .zip(&signature.parameters)
        .map(read)
        .collect::<Result<_, _>>()
        .map(Value::Tuple)
}

/// Arguments with the names of their parameters.
fn show_arguments(arguments: &Value, signature: &Signature) -> String {
    let Value::Tuple(members) = arguments else {
        return arguments.to_text(EXAMPLE_CHARACTERS);
    };
    let shown = signature.parameters.iter().zip(members);
    let shown: Vec<String> = shown
        .map(|(parameter, value)| {
            format!("{} = {}", parameter.name, value.to_text(EXAMPLE_CHARACTERS))
        })
        .collect();
    shown.join(", ")
}

/// Lets the exercise's generator make the arguments of one call, in a fresh instance. An error is the author's.
fn generate(
    generator: &Program,
    signature: &Signature,
    seed: u64,
    size: u32,
    memory_bytes: u64,
) -> Answer<Value> {
    let own = signature.of_generator();
    let ask = || {
        let mut running = generator.start(memory_bytes)?;
        let prepared = running.prepare(&seed_and_size(seed, size), &own.arguments())?;
        let (answered, _) = running.call_counted(prepared, AUTHOR_FUEL, AUTHOR_LIMIT)?;
        running.answer(answered, &own.result)
    };
    let made = ask()
        .map_err(|failure| format!("the exercise's generator fails: {}", failure.message()))?;
    Ok(as_arguments(made, signature))
}

/// The arguments of a generator.
pub(crate) fn seed_and_size(seed: u64, size: u32) -> Value {
    use crate::signature::Primitive::{U32, U64};
    Value::Tuple(vec![
        Value::Primitive(U64, seed),
        Value::Primitive(U32, size.into()),
    ])
}

/// What a generator made, as the arguments of a call.
pub(crate) fn as_arguments(made: Value, signature: &Signature) -> Value {
    if signature.parameters.len() == 1 {
        Value::Tuple(vec![made])
    } else {
        made
    }
}
