//! What the end of a call means for the learner.

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
    Failure::Trap {
        cause: code.map_or_else(|| other(error), |code| cause(*code, error)),
        place: None,
        frames: frames(error),
    }
}

fn other(error: &Error) -> TrapCause {
    TrapCause::Other {
        detail: crate::text::printable(&format!("{error:#}")),
    }
}

fn cause(code: Trap, error: &Error) -> TrapCause {
    match code {
        Trap::StackOverflow => TrapCause::StackOverflow {
            limit_bytes: GUEST_STACK_BYTES as u64,
        },
        Trap::MemoryOutOfBounds => TrapCause::MemoryOutOfBounds {
            access: faulting_access(error),
        },
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
