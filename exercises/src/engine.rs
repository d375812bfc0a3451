//! The only place that builds a wasmtime [`Engine`] and the limits of a [`Store`]. Each setting has its reason beside
//! it, defaults that matter included; the advisories named are those of the RustSec database.
//!
//! Counting work and timing it exclude each other: counted code is up to 80 % slower. So each [`Purpose`] has an engine
//! of its own, in two forms: one with a compiler, for the process that translates WebAssembly to machine code, and one
//! without, for the process that runs it.
//!
//! What has no setting here:
//! - The crate's features are chosen in `Cargo.toml`, and what is not compiled in cannot be attacked: no component model
//!   (RUSTSEC-2026-0085, -0091 to -0093), no garbage collection and with it no exceptions and no typed references, no
//!   threads, no asynchronous calls, no WASI, no cache, no core dumps, no parallel translation, which one core has no
//!   use for.
//! - Pooling is left out too: it reuses memory between tenants (CVE-2022-39393, RUSTSEC-2026-0088), and here a process
//!   has one tenant and every instance fresh pages.
//! - A program imports nothing but [`crate::precheck::REPORT_PANIC`], and in a simulated world the functions of
//!   [`crate::world::host`], whose clock is the simulation's. Without a clock it cannot time itself, and without
//!   randomness it answers alike every time; both are also what makes memory that it may read by speculation worthless.
//! - Whatever the engine does not stop is ended with its process: fuel and epochs are looked at before a `memory.fill` and
//!   not within, which the limit of memory bounds to some ten milliseconds.
//! - Only modules that passed [`crate::precheck`] are translated, and only what our own process translated is loaded.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use wasmtime::{Config, Engine, OptLevel, ResourceLimiter, Store, Strategy, WasmBacktraceDetails};

/// What a program is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To compare its answers and count its work, in *fuel*: about one unit per WebAssembly instruction, the same on
    /// every machine.
    Checking,
    /// To time it; it is interrupted at an epoch that a second thread advances.
    Timing,
    /// To see where its time goes ([`crate::profile`]), as when it is timed.
    Profiling,
}

/// Whether an engine can translate WebAssembly, or only run what was translated before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// Translates; never runs.
    Present,
    /// Runs; never translates.
    Absent,
}

/// The stack of a program, in bytes. The thread that runs it needs several times as much (see
/// [`crate::child::STACK_BYTES`]), or the process aborts where the program should trap.
pub const GUEST_STACK_BYTES: usize = 1 << 20;

/// How many functions a trap remembers, of which the learner is shown the innermost.
const BACKTRACE_FRAMES: usize = 20;

/// The guard pages behind a memory, in bytes: as far as an instruction's constant offset may reach without a check.
const GUARD_BYTES: u64 = 32 << 20;

/// Builds an engine.
pub fn engine(purpose: Purpose, compiler: Compiler) -> Engine {
    let mut config = Config::new();
    if compiler == Compiler::Present {
        // Never Winch: RUSTSEC-2026-0086, -0089, -0094 and -0095 were its, one of them an escape.
        config.strategy(Strategy::Cranelift);
        // The same in both engines, so that what was checked is what is timed.
        config.cranelift_opt_level(OptLevel::Speed);
        // The counted run compares bits, so every not-a-number has to have the same; timing must not pay for it.
        config.cranelift_nan_canonicalization(purpose == Purpose::Checking);
    } else {
        config.enable_compiler(false);
    }

    // Time: by counted work where it must be the same everywhere, by a second thread's clock where counting would cost.
    config.consume_fuel(purpose == Purpose::Checking);
    config.epoch_interruption(purpose != Purpose::Checking);

    // Memory. Every address that 32 bits can form is reserved with guard pages around it: an access needs no check, which
    // would make programs up to 1.8 times slower, and the base never moves, so that it can be kept in a register.
    config.memory_reservation(4 << 30);
    config.memory_guard_size(GUARD_BYTES);
    config.guard_before_linear_memory(true);
    config.signals_based_traps(true);
    config.memory_may_move(false);
    // Pages come from the module's image when they are touched; a fresh instance costs microseconds.
    config.memory_init_cow(true);
    config.max_wasm_stack(GUEST_STACK_BYTES);

    // What is said of a trap: names only. Lines would need debug information and come from the environment's setting by
    // default; a panic tells its own.
    config.wasm_backtrace_max_frames(NonZeroUsize::new(BACKTRACE_FRAMES));
    config.wasm_backtrace_details(WasmBacktraceDetails::Disable);
    // Quadratic registration on some platforms, for debuggers that are not here.
    config.native_unwind_info(false);

    // What rustc's baseline emits stays on: simd, bulk memory, multi-value, reference types, sign extension. All else
    // is attack surface, or makes results depend on the machine (relaxed SIMD).
    config.wasm_relaxed_simd(false);
    config.wasm_memory64(false);
    config.wasm_multi_memory(false);
    config.wasm_tail_call(false);
    config.wasm_extended_const(false);
    config.wasm_wide_arithmetic(false);
    config.wasm_custom_page_sizes(false);
    Engine::new(&config).expect(
        "the settings are constant and fit each other, which every test of this crate exercises",
    )
}

/// The limits of one instance, and what it did with them.
pub struct Limiter {
    /// How many bytes of memory the program may hold.
    memory_bytes: u64,
    /// The most that it held.
    pub peak_bytes: u64,
    /// What it last asked for in vain.
    pub refused_bytes: Option<u64>,
}

impl Limiter {
    /// A limiter that allows this much memory.
    pub fn new(memory_bytes: u64) -> Limiter {
        Limiter {
            memory_bytes,
            peak_bytes: 0,
            refused_bytes: None,
        }
    }
}

/// The most elements that a program's table of functions may have.
pub const TABLE_ELEMENTS: usize = 10_000;

impl ResourceLimiter for Limiter {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let desired = desired as u64;
        // A refusal is an answer to the program, not a trap: allocators report it, and programs may do with less.
        let allowed = desired <= self.memory_bytes;
        if allowed {
            self.peak_bytes = self.peak_bytes.max(desired);
        } else {
            self.refused_bytes = Some(desired);
        }
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }

    fn instances(&self) -> usize {
        1
    }

    /// One for the functions that are called through pointers, and one to spare: compilers have no use for more.
    fn tables(&self) -> usize {
        2
    }

    fn memories(&self) -> usize {
        1
    }
}

/// A store whose instance is held to the limiter that `limiter` finds in its data.
pub fn store<T: 'static>(
    engine: &Engine,
    data: T,
    limiter: fn(&mut T) -> &mut Limiter,
) -> Store<T> {
    let mut store = Store::new(engine, data);
    store.limiter(move |data| limiter(data));
    store
}
