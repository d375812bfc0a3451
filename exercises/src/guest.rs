//! A solution as it runs: translated code, and instances of it that answer calls.
//!
//! A call has four parts, of which only the third belongs to the solution:
//! 1. the arguments are lowered into the instance's memory;
//! 2. `lab_prepare` makes typed values of them;
//! 3. `lab_call` calls the exercise's function;
//! 4. `lab_result` lays the answer out in memory, and it is lifted.

use std::ops::ControlFlow;
use std::path::Path;

use wasmtime::{
    Caller, Engine, Instance, InstancePre, Linker, Memory, Module, Store, TypedFunc,
    UpdateDeadline, WasmBacktrace,
};

use crate::author::{AUTHOR_FUEL, AUTHOR_LIMIT};
use crate::engine::{self, Limiter, Purpose};
use crate::failure::{Failure, TimeLimit, TrapCause};
use crate::measure::{SAMPLE_LIMIT, SAMPLE_TICKS};
use crate::precheck::{REPORT_PANIC, START};
use crate::program::{OUTPUT_BYTES, PRINT};
use crate::signature::Type;
use crate::value::memory::{LiftError, LowerError, lift, lower};
use crate::value::{self, Value};
use crate::world::host::{self, Beside};

mod ending;

use ending::failure;

/// The most that an answer may hold, in bytes.
const ANSWER_BYTES: usize = 8 << 20;

/// Fuel for the parts of a call that are not the solution's: far more than copying any input needs.
const OWN_FUEL: u64 = 1_000_000_000;

/// The limit that those parts would reach.
const OWN_LIMIT: TimeLimit = TimeLimit::Work { fuel: OWN_FUEL };

/// Fuel for what a program does before it is first called, which no clock sees: enough for a runtime and for tables of a
/// few hundred numbers, and too little to be worth moving work there.
const START_FUEL: u64 = 100_000;

/// The limit that this would reach.
const START_LIMIT: TimeLimit = TimeLimit::Start { fuel: START_FUEL };

/// The longest panic message that is kept, in bytes.
const PANIC_BYTES: usize = 4 << 10;

/// Translated code, ready to be instantiated.
pub struct Program {
    engine: Engine,
    purpose: Purpose,
    pre: InstancePre<State>,
}

/// One instance of a program.
pub struct Running {
    purpose: Purpose,
    store: Store<State>,
    memory: Memory,
    allocate: TypedFunc<(u32, u32), u32>,
    prepare: TypedFunc<u32, u32>,
    call: TypedFunc<u32, u32>,
    result: TypedFunc<u32, u32>,
}

/// What the host keeps for an instance.
pub(crate) struct State {
    limiter: Limiter,
    memory_bytes: u64,
    panic: Option<Failure>,
    /// What the program printed, at most [`OUTPUT_BYTES`].
    printed: Vec<u8>,
    /// The world that the program runs in, where its exercise has one.
    pub beside: Option<Box<Beside>>,
}

/// Arguments that an instance has received, for one call.
#[derive(Clone, Copy, Debug)]
pub struct Prepared(u32);

/// An answer that still lies in the instance.
#[derive(Clone, Copy, Debug)]
pub struct Answered(u32);

impl Program {
    /// Reads code that [`crate::artifacts`] stored.
    ///
    /// # Errors
    /// When the file cannot be read, or was made by another version or for another processor.
    pub fn load(engine: &Engine, purpose: Purpose, file: &Path) -> wasmtime::Result<Program> {
        // SAFETY: only the precompile child writes such files, from a module that passed the pre-check, into a folder
        // that is mounted read-only wherever a solution or its compiler runs.
        let module = unsafe { Module::deserialize_file(engine, file)? };
        let mut linker = Linker::new(engine);
        linker.func_wrap(REPORT_PANIC.0, REPORT_PANIC.1, report_panic)?;
        // Only programs of lessons may import it, which the pre-check sees to.
        linker.func_wrap(PRINT.0, PRINT.1, print)?;
        host::link(&mut linker)?;
        Ok(Program {
            engine: engine.clone(),
            purpose,
            pre: linker.instantiate_pre(&module)?,
        })
    }

    /// Starts an instance that may hold `memory_bytes` of memory.
    ///
    /// # Errors
    /// When the program does not fit the limits, which are the learner's failure.
    pub fn start(&self, memory_bytes: u64) -> Result<Running, Failure> {
        let state = State {
            limiter: Limiter::new(memory_bytes),
            memory_bytes,
            panic: None,
            printed: Vec::new(),
            beside: None,
        };
        let mut store = engine::store(&self.engine, state, |state| &mut state.limiter);
        match self.purpose {
            Purpose::Checking => store
                .set_fuel(OWN_FUEL)
                .expect("the checking engine counts fuel"),
            Purpose::Timing | Purpose::Profiling => store.set_epoch_deadline(u64::MAX / 2),
        }
        let instance = match self.pre.instantiate(&mut store) {
            Ok(instance) => instance,
            Err(error) => return Err(failure(&mut store, &error, OWN_LIMIT)),
        };
        if let Ok(start) = instance.get_typed_func::<(), ()>(&mut store, START) {
            if self.purpose == Purpose::Checking {
                store
                    .set_fuel(START_FUEL)
                    .expect("the checking engine counts fuel");
            }
            if let Err(error) = start.call(&mut store, ()) {
                return Err(failure(&mut store, &error, START_LIMIT));
            }
        }
        let running = Running::new(self.purpose, store, instance);
        Ok(running.expect(
            "the pre-check saw the exports, and the support that makes them gives them these types",
        ))
    }
}

impl Running {
    fn new(purpose: Purpose, mut store: Store<State>, instance: Instance) -> Option<Running> {
        Some(Running {
            purpose,
            memory: instance.get_memory(&mut store, "memory")?,
            allocate: instance.get_typed_func(&mut store, "lab_allocate").ok()?,
            prepare: instance.get_typed_func(&mut store, "lab_prepare").ok()?,
            call: instance.get_typed_func(&mut store, "lab_call").ok()?,
            result: instance.get_typed_func(&mut store, "lab_result").ok()?,
            store,
        })
    }

    /// The most memory that the instance has held, in bytes.
    pub fn peak_memory_bytes(&self) -> u64 {
        self.store.data().limiter.peak_bytes
    }

    /// What the program has printed.
    pub fn printed(&self) -> &[u8] {
        &self.store.data().printed
    }

    /// Hands the arguments of one call over.
    ///
    /// # Errors
    /// When the instance has no room for them.
    pub fn prepare(&mut self, arguments: &Value, of: &Type) -> Result<Prepared, Failure> {
        self.allow_own_work();
        let at = lower(self, arguments, of).map_err(|error| match error {
            LowerError::Allocation(failure) => failure,
            LowerError::Outside | LowerError::TooLarge => {
                Failure::trap(TrapCause::NoRoomForArguments)
            }
        })?;
        let prepared = self.prepare.call(&mut self.store, at);
        prepared
            .map(Prepared)
            .map_err(|error| failure(&mut self.store, &error, OWN_LIMIT))
    }

    /// Lets the program answer one call that may use this much fuel, and counts what it used.
    ///
    /// # Errors
    /// When it does not come to an answer; `limit` is what is said of its time.
    pub fn call_counted(
        &mut self,
        prepared: Prepared,
        fuel: u64,
        limit: TimeLimit,
    ) -> Result<(Answered, u64), Failure> {
        self.store
            .set_fuel(fuel)
            .expect("only the checking engine counts, and has fuel");
        let answered = self.call.call(&mut self.store, prepared.0).map(Answered);
        let left = self
            .store
            .get_fuel()
            .expect("only the checking engine counts, and has fuel");
        match answered {
            Ok(answered) => Ok((answered, fuel - left)),
            Err(error) => Err(failure(&mut self.store, &error, limit)),
        }
    }

    /// Puts a world beside the program, or takes it away.
    pub fn set_world(&mut self, beside: Option<Box<Beside>>) -> Option<Box<Beside>> {
        std::mem::replace(&mut self.store.data_mut().beside, beside)
    }

    /// The world beside the program.
    pub fn world(&mut self) -> Option<&mut Beside> {
        self.store.data_mut().beside.as_deref_mut()
    }

    /// The same as [`Running::call_counted`] in the world beside the program, whose clock is charged for the work.
    ///
    /// # Errors
    /// When it does not come to an answer, or breaks a rule of the world.
    pub fn call_in_world(
        &mut self,
        prepared: Prepared,
        fuel: u64,
        limit: TimeLimit,
    ) -> Result<(Answered, u64), Failure> {
        if let Some(beside) = self.world() {
            beside.fuel_left = fuel;
        }
        let called = self.call_counted(prepared, fuel, limit)?;
        let left = fuel - called.1;
        if let Some(beside) = self.world() {
            beside.charge(left);
        }
        Ok(called)
    }

    /// Calls `look` with the program's stack at each tick after the allowed ones, until it says that it has seen enough;
    /// the call then ends as if its time were over.
    pub fn look_at_ticks(
        &mut self,
        mut look: impl FnMut(&WasmBacktrace) -> ControlFlow<()> + Send + Sync + 'static,
    ) {
        self.store.epoch_deadline_callback(move |store| {
            Ok(match look(&WasmBacktrace::force_capture(&store)) {
                ControlFlow::Continue(()) => UpdateDeadline::Continue(1),
                ControlFlow::Break(()) => UpdateDeadline::Interrupt,
            })
        });
    }

    /// Gives the calls that follow this many ticks of the epoch.
    pub fn allow_ticks(&mut self, ticks: u64) {
        self.store.set_epoch_deadline(ticks);
    }

    /// Lets the program answer one call.
    ///
    /// # Errors
    /// When it does not come to an answer; `limit` is what is said of its time.
    pub fn call(&mut self, prepared: Prepared, limit: TimeLimit) -> Result<Answered, Failure> {
        let answered = self.call.call(&mut self.store, prepared.0).map(Answered);
        answered.map_err(|error| failure(&mut self.store, &error, limit))
    }

    /// Lets a program of the author's answer one call, which may take long enough for anything but a mistake.
    ///
    /// # Errors
    /// When it does not come to an answer.
    pub fn call_of_author(&mut self, prepared: Prepared) -> Result<Answered, Failure> {
        match self.purpose {
            Purpose::Checking => self
                .call_counted(prepared, AUTHOR_FUEL, AUTHOR_LIMIT)
                .map(|(answered, _)| answered),
            Purpose::Timing => {
                self.allow_ticks(SAMPLE_TICKS);
                self.call(prepared, SAMPLE_LIMIT)
            }
            // Its ticks are samples; the process has a limit of its own.
            Purpose::Profiling => {
                self.allow_ticks(u64::from(u32::MAX));
                self.call(prepared, SAMPLE_LIMIT)
            }
        }
    }

    /// Takes an answer out of the instance.
    ///
    /// # Errors
    /// When it is not a value of this type, or too long.
    pub fn answer(&mut self, answered: Answered, of: &Type) -> Result<Value, Failure> {
        self.allow_own_work();
        let at = self.result.call(&mut self.store, answered.0);
        let at = at.map_err(|error| failure(&mut self.store, &error, OWN_LIMIT))?;
        lift(self.memory.data(&self.store), at, of, ANSWER_BYTES).map_err(|error| match error {
            LiftError::Outside {
                pointer,
                bytes,
                memory_bytes,
            } => Failure::trap(TrapCause::ResultOutside {
                pointer,
                bytes,
                memory_bytes,
            }),
            LiftError::Misaligned { pointer } => {
                Failure::trap(TrapCause::ResultMisaligned { pointer })
            }
            LiftError::NotUtf8 => Failure::trap(TrapCause::ResultNotUtf8),
            LiftError::TooLarge { found_bytes } => Failure::OutputLimit {
                found_bytes,
                limit_bytes: ANSWER_BYTES as u64,
            },
        })
    }

    /// Calls of the support itself are not held to the solution's limits.
    fn allow_own_work(&mut self) {
        match self.purpose {
            Purpose::Checking => self
                .store
                .set_fuel(OWN_FUEL)
                .expect("the checking engine counts fuel"),
            Purpose::Timing | Purpose::Profiling => {
                self.store.set_epoch_deadline(u64::MAX / 2);
            }
        }
    }
}

impl value::memory::Memory for Running {
    type Error = Failure;

    fn allocate(&mut self, bytes: u32, alignment: u32) -> Result<u32, Failure> {
        let space = self.allocate.call(&mut self.store, (bytes, alignment));
        space.map_err(|error| failure(&mut self.store, &error, OWN_LIMIT))
    }

    fn contents(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }
}

/// The host function behind [`REPORT_PANIC`]: keeps the first message. Whatever numbers the program passes, and however
/// often, it only ever changes what is said of its own end.
fn report_panic(mut caller: Caller<'_, State>, message: u32, length: u32, line: u32, column: u32) {
    if caller.data().panic.is_some() {
        return;
    }
    let Some(memory) = caller
        .get_export("memory")
        .and_then(wasmtime::Extern::into_memory)
    else {
        return;
    };
    let start = message as usize;
    let end = start + (length as usize).min(PANIC_BYTES);
    let Some(bytes) = memory.data(&caller).get(start..end) else {
        return;
    };
    let cause = TrapCause::Panic {
        message: crate::text::printable(&String::from_utf8_lossy(bytes)),
        cut: length as usize > PANIC_BYTES,
    };
    caller.data_mut().panic = Some(Failure::Trap {
        cause,
        place: (line > 0).then_some((line, column)),
        frames: Vec::new(),
    });
}

/// The host function behind [`PRINT`]: keeps what is printed, and ends a program that prints too much.
fn print(mut caller: Caller<'_, State>, text: u32, length: u32) -> wasmtime::Result<()> {
    let memory = caller
        .get_export("memory")
        .and_then(wasmtime::Extern::into_memory)
        .ok_or_else(|| wasmtime::Error::msg("the program has no memory"))?;
    let (memory, state) = memory.data_and_store_mut(&mut caller);
    let start = text as usize;
    let bytes = memory
        .get(start..start + length as usize)
        .ok_or_else(|| wasmtime::Error::msg("the text to print lies outside of the memory"))?;
    let room = OUTPUT_BYTES - state.printed.len();
    state
        .printed
        .extend_from_slice(&bytes[..bytes.len().min(room)]);
    if bytes.len() <= room {
        return Ok(());
    }
    state.panic = Some(Failure::OutputLimit {
        found_bytes: (OUTPUT_BYTES - room + bytes.len()) as u64,
        limit_bytes: OUTPUT_BYTES as u64,
    });
    Err(wasmtime::Error::msg("the program printed too much"))
}
