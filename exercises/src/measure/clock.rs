//! The clock that times are read from, and the one that ends what takes too long.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use wasmtime::Engine;

use crate::child::Answer;
use crate::failure::TimeLimit;

/// How often the epoch advances, and how many of its ticks a sample may take: one second.
const TICK: Duration = Duration::from_millis(10);
pub(super) const SAMPLE_TICKS: u64 = 100;
pub(super) const SAMPLE_LIMIT: TimeLimit = TimeLimit::Batch {
    milliseconds: TICK.as_millis() as u64 * SAMPLE_TICKS,
};

/// The processor time of this thread, in nanoseconds.
pub(super) fn processor_time_ns() -> u64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec.cast_unsigned() * 1_000_000_000 + now.tv_nsec.cast_unsigned()
}

/// Starts the thread that advances the engine's epoch for as long as the process lives.
pub(super) fn advance_epochs(engine: Engine) -> Answer<()> {
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
