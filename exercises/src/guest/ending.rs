//! What the end of a call means for the learner.

use std::collections::HashSet;

use wasmtime::{Error, Store, Trap, WasmBacktrace};

use super::State;
use crate::engine::GUEST_STACK_BYTES;
use crate::failure::{Failure, TimeLimit, TrapCause};
use crate::precheck::EXPORTS;

/// How many functions are named, from the innermost on.
const FRAMES: usize = 5;

/// The longest name of a function that is shown, in bytes.
const NAME_BYTES: usize = 100;

/// What the end of a call means; `limit` is what is said of its time.
pub(super) fn failure(store: &mut Store<State>, error: &Error, limit: TimeLimit) -> Failure {
    let code = error.downcast_ref::<Trap>();
    let beside = store.data().beside.as_ref();
    if let Some(broken) = beside.and_then(|beside| beside.simulation.broken()) {
        return Failure::World {
            broken: broken.clone(),
        };
    }
    if let Some(Trap::OutOfFuel | Trap::Interrupt) = code {
        return Failure::TimeLimit { limit };
    }
    let state = store.data_mut();
    // Rust's allocator turns refused memory into a panic or an abort; either is the limit's doing.
    if let (Some(asked_bytes), false) = (
        state.limiter.refused_bytes,
        code == Some(&Trap::StackOverflow),
    ) {
        return Failure::MemoryLimit {
            asked_bytes,
            limit_bytes: state.memory_bytes,
        };
    }
    if let Some(panic) = state.panic.take() {
        return panic;
    }
    let frames = frames(error);
    Failure::Trap {
        cause: code.map_or_else(|| other(error), |code| cause(*code, error, &frames)),
        place: None,
        frames,
    }
}

fn other(error: &Error) -> TrapCause {
    TrapCause::Other {
        detail: crate::text::printable(&format!("{error:#}")),
    }
}

fn cause(code: Trap, error: &Error, frames: &[String]) -> TrapCause {
    match code {
        Trap::StackOverflow => TrapCause::StackOverflow {
            limit_bytes: GUEST_STACK_BYTES as u64,
        },
        Trap::MemoryOutOfBounds => {
            let access = faulting_access(error);
            let may_be_stack = access.is_none_or(|(address, _)| address >= BELOW_STACK);
            if may_be_stack && is_recursion(frames) {
                TrapCause::StackOverflow {
                    limit_bytes: MEMORY_STACK_BYTES,
                }
            } else {
                TrapCause::MemoryOutOfBounds { access }
            }
        }
        Trap::UnreachableCodeReached => TrapCause::Abort,
        Trap::IntegerDivisionByZero => TrapCause::DivisionByZero,
        Trap::IntegerOverflow => TrapCause::IntegerOverflow,
        Trap::BadConversionToInteger => TrapCause::BadConversion,
        Trap::IndirectCallToNull => TrapCause::UndefinedFunction,
        Trap::BadSignature => TrapCause::WrongFunctionType,
        Trap::TableOutOfBounds => TrapCause::TableOutOfBounds,
        _ => other(error),
    }
}

/// The stack that compilers keep in the memory, for what does not fit the machine's own: its size, which is the linker's
/// default, and the address from which on an access went below it. It lies at the beginning of the memory, so addresses
/// below it come out as the largest there are, where they are told.
const MEMORY_STACK_BYTES: u64 = 1 << 20;
const BELOW_STACK: u64 = (1 << 32) - MEMORY_STACK_BYTES;

/// Whether a function is among those that it was called from.
fn is_recursion(frames: &[String]) -> bool {
    let mut seen = HashSet::new();
    !frames.iter().all(|frame| seen.insert(frame))
}

/// The address that was reached for, and the size of the memory. wasmtime tells them as text only, "memory fault at wasm
/// address 0x… in linear memory of size 0x…", and only for accesses that the guard pages catch.
fn faulting_access(error: &Error) -> Option<(u64, u64)> {
    let text = format!("{error:#}");
    let (_, fault) = text.split_once("memory fault at wasm address 0x")?;
    let (address, size) = fault.split_once(" in linear memory of size 0x")?;
    let size = size
        .split(|character: char| !character.is_ascii_hexdigit())
        .next()?;
    Some((
        u64::from_str_radix(address, 16).ok()?,
        u64::from_str_radix(size, 16).ok()?,
    ))
}

/// The functions that the program was in, by the names that its source gives them. The names are the learner's to choose,
/// and need not come from a Rust compiler.
fn frames(error: &Error) -> Vec<String> {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else {
        return Vec::new();
    };
    // The sandbox's own way in is not the learner's code.
    let names = backtrace
        .frames()
        .iter()
        .filter_map(|frame| frame.func_name())
        .filter(|name| !EXPORTS.iter().any(|(export, _)| export == name));
    names
        .take(FRAMES)
        .map(|name| {
            let name = crate::text::printable(&format!("{:#}", rustc_demangle::demangle(name)));
            crate::text::beginning(name, NAME_BYTES).0
        })
        .collect()
}
