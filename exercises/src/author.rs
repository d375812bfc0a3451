//! The author's own programs around an exercise's function: the generator, which makes inputs, and the checker, which judges
//! answers that may be right without being equal to the reference's. They run in the sandbox like everything else, and what
//! goes wrong in them is the author's error, never a verdict.
//!
//! Each is asked twice in one instance wherever its word decides something, so that one that keeps anything between two
//! calls is found out.

use crate::child::{Answer, Role};
use crate::engine::Purpose;
use crate::failure::{Failure, TimeLimit};
use crate::guest::{Program, Running};
use crate::signature::{Primitive, Signature};
use crate::value::Value;

/// Fuel for all that an author's program does in one grading, where only a mistake would use it up. It lasts for less than
/// the time that the process has, or the author's loop would be told as the learner's.
pub(crate) const AUTHOR_FUEL: u64 = 2_000_000_000;

/// The limit that it would reach.
pub(crate) const AUTHOR_LIMIT: TimeLimit = TimeLimit::Work { fuel: AUTHOR_FUEL };

/// Lets the exercise's generator make the arguments of one call, in a fresh instance.
///
/// # Errors
/// The generator fails, or makes something else the second time.
pub(crate) fn generate(
    generator: &Program,
    signature: &Signature,
    seed: u64,
    size: u32,
    memory_bytes: u64,
) -> Answer<Value> {
    let own = signature.of_generator();
    let arguments = seed_and_size(seed, size);
    let fails = |failure: Failure| format!("the exercise's generator fails: {}", failure.message());
    let mut running = generator.start(memory_bytes).map_err(fails)?;
    let made = ask(&mut running, &own, &arguments).map_err(fails)?;
    if ask(&mut running, &own, &arguments).map_err(fails)? != made {
        return Err(format!(
            "the exercise's generator disagrees with itself: it makes two different inputs of the size {size} for one seed. It must \
             depend on seed and size alone"
        ));
    }
    Ok(as_arguments(made, signature))
}

/// Lets a program of the author's answer one call.
pub(crate) fn ask(
    running: &mut Running,
    own: &Signature,
    arguments: &Value,
) -> Result<Value, Failure> {
    let prepared = running.prepare(arguments, &own.arguments())?;
    let answered = running.call_of_author(prepared)?;
    running.answer(answered, &own.result)
}

/// The arguments of a generator.
fn seed_and_size(seed: u64, size: u32) -> Value {
    Value::Tuple(vec![
        Value::Primitive(Primitive::U64, seed),
        Value::Primitive(Primitive::U32, size.into()),
    ])
}

/// What a generator made, as the arguments of a call.
fn as_arguments(made: Value, signature: &Signature) -> Value {
    if signature.parameters.len() == 1 {
        Value::Tuple(vec![made])
    } else {
        made
    }
}

/// An instance of the generator that makes inputs for timing: of many, none of which decides anything, so each is asked for
/// once.
pub(crate) struct Inputs<'task> {
    running: Running,
    own: Signature,
    signature: &'task Signature,
}

impl<'task> Inputs<'task> {
    /// Starts the generator.
    ///
    /// # Errors
    /// It does not fit the limits.
    pub fn start(
        generator: &Program,
        signature: &'task Signature,
        memory_bytes: u64,
    ) -> Result<Inputs<'task>, Failure> {
        Ok(Inputs {
            running: generator.start(memory_bytes)?,
            own: signature.of_generator(),
            signature,
        })
    }

    /// The arguments of one call.
    ///
    /// # Errors
    /// The generator fails.
    pub fn make(&mut self, seed: u64, size: u32) -> Result<Value, Failure> {
        let made = ask(&mut self.running, &self.own, &seed_and_size(seed, size))?;
        Ok(as_arguments(made, self.signature))
    }
}

/// Says whether answers are right: those that equal the expected one, and those that the exercise's checker accepts.
pub(crate) struct Checker {
    program: Option<Program>,
    own: Signature,
    memory_bytes: u64,
}

impl Checker {
    /// Loads the exercise's checker, where `is_present`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn load(
        engine: &wasmtime::Engine,
        purpose: Purpose,
        is_present: bool,
        signature: &Signature,
        memory_bytes: u64,
    ) -> Answer<Checker> {
        let program = is_present.then(|| Role::Checker.load(engine, purpose));
        Ok(Checker {
            program: program.transpose()?,
            own: signature.of_checker(),
            memory_bytes,
        })
    }

    /// The place of the first value that is wrong, empty for the whole answer; none when the answer is right.
    ///
    /// # Errors
    /// The checker fails, or judges the same answer differently the second time.
    pub fn first_wrong(
        &self,
        arguments: &Value,
        expected: &Value,
        answer: &Value,
    ) -> Answer<Option<String>> {
        let Some(difference) = expected.first_difference(answer) else {
            return Ok(None);
        };
        let Some(program) = &self.program else {
            return Ok(Some(difference.place));
        };
        let fails =
            |failure: Failure| format!("the exercise's checker fails: {}", failure.message());
        let mut asked = match arguments {
            Value::Tuple(members) => members.clone(),
            only => vec![only.clone()],
        };
        asked.extend([expected.clone(), answer.clone()]);
        let asked = Value::Tuple(asked);
        let mut running = program.start(self.memory_bytes).map_err(fails)?;
        let judged = ask(&mut running, &self.own, &asked).map_err(fails)?;
        if ask(&mut running, &self.own, &asked).map_err(fails)? != judged {
            return Err(
                "the exercise's checker disagrees with itself: it judges one answer in two ways. It must depend on its \
                 arguments alone"
                    .to_owned(),
            );
        }
        match judged {
            Value::Tuple(members) => match members.as_slice() {
                [Value::Primitive(Primitive::Bool, 0), Value::String(place)] => {
                    Ok(Some(crate::text::printable(place)))
                }
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }
}
