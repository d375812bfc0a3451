//! The functions behind the module `world`: what a program asks, passed on to the simulation.
//!
//! Each call costs [`CALL_FUEL`] as a call of an operating system would, which also bounds how often a program can ask.
//! What a program computed since it last asked is charged to its clock first, so that it sees the time it took.

use wasmparser::{FuncType, Import, TypeRef, ValType};
use wasmtime::{Caller, Linker, Memory};

use crate::guest::State;
use crate::world::broken::Rule;
use crate::world::calls::{Operation, Order};
use crate::world::description::Style;
use crate::world::simulation::Simulation;

/// How much fuel a virtual nanosecond is: about three instructions, as a processor of 3 GHz executes one each cycle.
pub const FUEL_PER_NS: u64 = 3;

/// What asking the world costs: a tenth of a microsecond.
pub const CALL_FUEL: u64 = 300;

/// The module that programs import these functions from.
pub const MODULE: &str = "world";

/// The most numbers that one call passes.
const MOST_NUMBERS: usize = 20_000;

use ValType::{I32, I64};

/// The functions of both styles, and of each: names, parameters, results.
const COMMON: [(&str, &[ValType], &[ValType]); 6] = [
    ("now", &[], &[I64]),
    ("setting", &[I32], &[I64]),
    ("start", &[I32, I32, I32, I64, I32, I32], &[I32]),
    ("status", &[I32], &[I32]),
    ("values", &[I32, I32, I32], &[I32]),
    ("cancel", &[I32], &[]),
];
const CALL: [(&str, &[ValType], &[ValType]); 2] = [
    ("wait", &[I32], &[]),
    ("wait_any", &[I32, I32, I64], &[I32]),
];
const EVENT: [(&str, &[ValType], &[ValType]); 3] = [
    ("reply", &[I32, I32, I32], &[]),
    ("refuse", &[I32], &[]),
    ("set_timer", &[I64, I64], &[]),
];

/// Whether an import is one of the functions that a style offers, with the type that the host gives it.
pub fn offers(style: Style, import: &Import<'_>, types: &[FuncType]) -> bool {
    let TypeRef::Func(index) = import.ty else {
        return false;
    };
    let Some(kind) = types.get(index as usize) else {
        return false;
    };
    let own: &[_] = match style {
        Style::Call => &CALL,
        Style::Event => &EVENT,
    };
    import.module == MODULE
        && COMMON.iter().chain(own).any(|(name, parameters, results)| {
            import.name == *name && kind.params() == *parameters && kind.results() == *results
        })
}

/// A world beside a program that runs in it.
pub struct Beside {
    /// The world.
    pub simulation: Simulation,
    /// The fuel that the program had left when its clock was last set.
    pub fuel_left: u64,
    /// Fuel that was used and is less than a nanosecond.
    pub fuel_over: u64,
}

impl Beside {
    /// A world, beside a program that has not begun.
    pub fn new(simulation: Simulation) -> Beside {
        Beside {
            simulation,
            fuel_left: 0,
            fuel_over: 0,
        }
    }

    /// Charges the program's clock for what it computed; it now has so much fuel left.
    pub fn charge(&mut self, fuel_left: u64) {
        let used = self.fuel_left.saturating_sub(fuel_left) + self.fuel_over;
        self.simulation.spend(used / FUEL_PER_NS);
        self.fuel_over = used % FUEL_PER_NS;
        self.fuel_left = fuel_left;
    }
}

/// Why a program is stopped by the host: the simulation knows which rule it broke.
#[derive(Debug, thiserror::Error)]
#[error("the program broke a rule of the world")]
struct Stopped;

type Asked<T> = wasmtime::Result<T>;

/// Makes the functions known to programs.
pub(crate) fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(
        MODULE,
        "now",
        |mut caller: Caller<'_, State>| -> Asked<u64> {
            Ok(enter(&mut caller)?.simulation.clock_ns())
        },
    )?;
    linker.func_wrap(
        MODULE,
        "setting",
        |mut caller: Caller<'_, State>, place: u32| {
            ask(&mut caller, |simulation| simulation.setting(place))
        },
    )?;
    linker.func_wrap(MODULE, "start", start)?;
    linker.func_wrap(
        MODULE,
        "status",
        |mut caller: Caller<'_, State>, call: u32| {
            ask(&mut caller, |simulation| {
                let outcome = simulation.call(call)?.outcome;
                Some(outcome.map_or(u32::MAX, |outcome| outcome.number()))
            })
        },
    )?;
    linker.func_wrap(MODULE, "values", values)?;
    linker.func_wrap(
        MODULE,
        "cancel",
        |mut caller: Caller<'_, State>, call: u32| {
            ask(&mut caller, |simulation| {
                simulation.call(call)?;
                simulation.cancel(call);
                Some(())
            })
        },
    )?;
    linker.func_wrap(
        MODULE,
        "wait",
        |mut caller: Caller<'_, State>, call: u32| {
            ask(&mut caller, |simulation| simulation.wait(call))
        },
    )?;
    linker.func_wrap(MODULE, "wait_any", wait_any)?;
    linker.func_wrap(MODULE, "reply", reply)?;
    linker.func_wrap(
        MODULE,
        "refuse",
        |mut caller: Caller<'_, State>, request: u32| {
            ask(&mut caller, |simulation| {
                simulation.reply(request.into(), None);
                Some(())
            })
        },
    )?;
    linker.func_wrap(
        MODULE,
        "set_timer",
        |mut caller: Caller<'_, State>, delay_ns: u64, token: u64| {
            ask(&mut caller, |simulation| {
                simulation.set_timer(delay_ns, token);
                Some(())
            })
        },
    )?;
    Ok(())
}

/// Charges the program for what it did and for asking, and gives its world.
fn enter<'a>(caller: &'a mut Caller<'_, State>) -> Asked<&'a mut Beside> {
    let left = caller.get_fuel()?.saturating_sub(CALL_FUEL);
    caller.set_fuel(left)?;
    let beside = caller.data_mut().beside.as_mut().ok_or(Stopped)?;
    beside.charge(left);
    Ok(beside)
}

/// Asks the world something. Nothing stands for what the world does not have.
fn ask<T>(
    caller: &mut Caller<'_, State>,
    question: impl FnOnce(&mut Simulation) -> Option<T>,
) -> Asked<T> {
    let simulation = &mut enter(caller)?.simulation;
    let answer = question(simulation);
    if answer.is_none() {
        simulation.breaks(Rule::NoSuchThing, None);
    }
    match answer {
        Some(answer) if simulation.broken().is_none() => Ok(answer),
        _ => Err(Stopped.into()),
    }
}

/// Numbers in the program's memory; none where they do not lie in it.
fn numbers(caller: &mut Caller<'_, State>, at: u32, count: u32) -> Option<Vec<u64>> {
    if count as usize > MOST_NUMBERS {
        return None;
    }
    let memory = memory(caller)?;
    let bytes = memory
        .data(&caller)
        .get(at as usize..)?
        .get(..count as usize * 8)?;
    let (numbers, _) = bytes.as_chunks::<8>();
    Some(
        numbers
            .iter()
            .map(|bytes| u64::from_le_bytes(*bytes))
            .collect(),
    )
}

fn memory(caller: &mut Caller<'_, State>) -> Option<Memory> {
    caller.get_export("memory")?.into_memory()
}

fn start(
    mut caller: Caller<'_, State>,
    component: u32,
    operation: u32,
    connection: u32,
    timeout_ns: u64,
    at: u32,
    count: u32,
) -> Asked<u32> {
    let operation = Operation::from_number(operation);
    // What is put into a cache stands behind its key.
    let is_put = operation == Some(Operation::Put);
    let count = if is_put {
        count.saturating_mul(2)
    } else {
        count
    };
    let numbers = numbers(&mut caller, at, count);
    ask(&mut caller, |simulation| {
        let (operation, mut keys) = (operation?, numbers?);
        let values = if is_put {
            keys.split_off(keys.len() / 2)
        } else {
            Vec::new()
        };
        simulation.start(Order {
            component: component as usize,
            operation,
            keys,
            values,
            connection: (connection != u32::MAX).then_some(connection),
            timeout_ns: (timeout_ns != u64::MAX).then_some(timeout_ns),
        })
    })
}

/// Lays the answer of a call into the program's memory where there is room for all of it, and says how long it is.
fn values(mut caller: Caller<'_, State>, call: u32, at: u32, room: u32) -> Asked<u32> {
    let answer = ask(&mut caller, |simulation| {
        Some(simulation.call(call)?.answer.clone())
    })?;
    if answer.len() <= room as usize {
        let bytes: Vec<u8> = answer
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        let memory = memory(&mut caller).ok_or(Stopped)?;
        memory.write(&mut caller, at as usize, &bytes)?;
    }
    Ok(answer.len() as u32)
}

fn wait_any(mut caller: Caller<'_, State>, at: u32, count: u32, timeout_ns: u64) -> Asked<u32> {
    let calls = call_numbers(&mut caller, at, count);
    ask(&mut caller, |simulation| {
        let calls = calls?;
        let are_known = calls.iter().all(|call| simulation.call(*call).is_some());
        let place = are_known.then(|| simulation.wait_any(&calls, timeout_ns))?;
        Some(place.map_or(u32::MAX, |place| place as u32))
    })
}

fn call_numbers(caller: &mut Caller<'_, State>, at: u32, count: u32) -> Option<Vec<u32>> {
    if count as usize > MOST_NUMBERS {
        return None;
    }
    let memory = memory(caller)?;
    let bytes = memory
        .data(&caller)
        .get(at as usize..)?
        .get(..count as usize * 4)?;
    let (numbers, _) = bytes.as_chunks::<4>();
    Some(
        numbers
            .iter()
            .map(|bytes| u32::from_le_bytes(*bytes))
            .collect(),
    )
}

fn reply(mut caller: Caller<'_, State>, request: u32, at: u32, count: u32) -> Asked<()> {
    let values = numbers(&mut caller, at, count);
    ask(&mut caller, |simulation| {
        simulation.reply(request.into(), Some(&values?));
        Some(())
    })
}
