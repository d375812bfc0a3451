//! Whether a solution's answers are right, and how much work they took. Runs inside the sandbox, on the engine that
//! counts.
//!
//! For every input, visible examples first:
//! 1. starter and reference answer it, and have to agree;
//! 2. the solution answers it with at most [`WORK_FACTOR`] times the starter's fuel; all do so in fresh instances, but for
//!    inputs of the measured size: there an instance has answered another one before;
//! 3. its answer is compared with the reference's, or judged by the exercise's checker.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use crate::author::{AUTHOR_FUEL, AUTHOR_LIMIT, Checker, generate};
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

/// How many inputs of the measured size are checked; the work reported is their mean.
const MEASURED_SIZE_INPUTS: u64 = 3;

/// How many characters of an example are shown.
const EXAMPLE_CHARACTERS: usize = 2_000;

/// Compare all answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckTask {
    /// The exercise's function.
    pub signature: Signature,
    /// Whether the exercise has a checker.
    pub has_checker: bool,
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
        let engine = engine(Purpose::Checking, Compiler::Absent);
        let judge = Judge::load(
            &engine,
            &self.signature,
            self.has_checker,
            self.memory_bytes,
        )?;
        let generator = Role::Generator.load(&engine, Purpose::Checking)?;
        let mut peak_memory_bytes = 0;
        for example in &self.examples {
            let arguments = read_arguments(example, &self.signature)?;
            match judge.ask(None, &arguments)? {
                Judged {
                    result: Err(failure),
                    ..
                } => return Ok(Err(failure)),
                Judged {
                    result: Ok(got),
                    expected,
                    wrong: Some(_),
                    ..
                } => {
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
        let mut earlier: Option<Value> = None;
        for (seed, (size, typical)) in (self.seed..).zip(sizes) {
            let arguments = generate(&generator, &self.signature, seed, size, self.memory_bytes)?;
            let judged = judge.ask(earlier.as_ref().filter(|_| typical), &arguments)?;
            let got = match judged.result {
                Ok(got) => got,
                Err(failure) => return Ok(Err(failure)),
            };
            if let Some(place) = judged.wrong {
                return Ok(Err(wrong_hidden(size, place)));
            }
            peak_memory_bytes = got.peak_memory_bytes.max(peak_memory_bytes);
            if typical {
                earlier = Some(arguments);
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
    /// Whether the exercise has a checker.
    pub has_checker: bool,
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
    /// Whether the answer is right.
    pub passed: bool,
    /// Why there is no answer.
    pub failure: Option<Failure>,
}

impl ExamplesTask {
    pub(crate) fn run(&self) -> Answer<Vec<ExampleRun>> {
        let engine = engine(Purpose::Checking, Compiler::Absent);
        let judge = Judge::load(
            &engine,
            &self.signature,
            self.has_checker,
            self.memory_bytes,
        )?;
        let run = |example: &Example| {
            let arguments = read_arguments(example, &self.signature)?;
            let Judged {
                expected,
                result,
                wrong,
                ..
            } = judge.ask(None, &arguments)?;
            let input = show_arguments(&arguments, &self.signature);
            let passed = result.is_ok() && wrong.is_none();
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
    checker: Checker,
    starter: Program,
    reference: Program,
    solution: Program,
    arguments: Type,
    signature: &'task Signature,
    memory_bytes: u64,
    /// What the author's programs may still use.
    author_fuel: Cell<u64>,
}

/// What one input showed.
struct Judged {
    expected: Value,
    starter_fuel: u64,
    reference_fuel: u64,
    result: Result<Got, Failure>,
    /// The place where the solution's answer is wrong, if it gave one that is.
    wrong: Option<String>,
}

/// A program's answer and what it used.
struct Got {
    value: Value,
    fuel: u64,
    peak_memory_bytes: u64,
}

impl<'task> Judge<'task> {
    fn load(
        engine: &wasmtime::Engine,
        signature: &'task Signature,
        has_checker: bool,
        memory_bytes: u64,
    ) -> Answer<Judge<'task>> {
        let purpose = Purpose::Checking;
        Ok(Judge {
            checker: Checker::load(engine, purpose, has_checker, signature, memory_bytes)?,
            starter: Role::Starter.load(engine, purpose)?,
            reference: Role::Reference.load(engine, purpose)?,
            solution: Role::Solution.load(engine, purpose)?,
            arguments: signature.arguments(),
            signature,
            memory_bytes,
            author_fuel: Cell::new(AUTHOR_FUEL),
        })
    }

    /// Lets all three answer, in instances that answered an `earlier` call where there is one, so that what a solution wrongly
    /// keeps between calls is found out. An error is the author's.
    fn ask(&self, earlier: Option<&Value>, arguments: &Value) -> Answer<Judged> {
        let calls: Vec<&Value> = earlier.into_iter().chain([arguments]).collect();
        let by_author = |name: &str, program: &Program| {
            let got = self
                .answer(program, &calls, self.author_fuel.get(), AUTHOR_LIMIT)
                .map_err(|failure| format!("the exercise's {name} fails: {}", failure.message()))?;
            self.author_fuel.update(|left| left - got.fuel);
            Ok::<Got, String>(got)
        };
        let reference = by_author("reference", &self.reference)?;
        let expected = reference.value;
        let starter = by_author("starter", &self.starter)?;
        let wrong = self
            .checker
            .first_wrong(arguments, &expected, &starter.value)?;
        if let Some(place) = wrong {
            let [expected, got] =
                [&expected, &starter.value].map(|value| value.to_text(EXAMPLE_CHARACTERS));
            let arguments = show_arguments(arguments, self.signature);
            return Err(format!(
                "the reference answers {expected} and the starter {got}, which differ at `{place}`, for {arguments}"
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
        let result = self.answer(&self.solution, &calls, fuel, limit);
        let wrong = match &result {
            Ok(got) => self.checker.first_wrong(arguments, &expected, &got.value)?,
            Err(_) => None,
        };
        Ok(Judged {
            expected,
            starter_fuel: starter.fuel,
            reference_fuel: reference.fuel,
            result,
            wrong,
        })
    }

    /// Lets a fresh instance answer calls, and gives what came of the last.
    fn answer(
        &self,
        program: &Program,
        calls: &[&Value],
        fuel: u64,
        limit: TimeLimit,
    ) -> Result<Got, Failure> {
        let mut running = program.start(self.memory_bytes)?;
        let mut last = None;
        for arguments in calls {
            let prepared = running.prepare(arguments, &self.arguments)?;
            let (answered, fuel) = running.call_counted(prepared, fuel, limit)?;
            last = Some((running.answer(answered, &self.signature.result)?, fuel));
        }
        let (value, fuel) = last.expect("there is at least one call");
        Ok(Got {
            value,
            fuel,
            peak_memory_bytes: running.peak_memory_bytes(),
        })
    }
}

/// The failure of a solution that answers a hidden input wrongly.
pub(crate) fn wrong_hidden(size: u32, place: String) -> Failure {
    Failure::WrongHidden { size, place }
}

/// The arguments of a visible example.
pub(crate) fn read_arguments(example: &Example, signature: &Signature) -> Answer<Value> {
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
pub(crate) fn show_arguments(arguments: &Value, signature: &Signature) -> String {
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
