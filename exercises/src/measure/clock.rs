//! The clock that times are read from, and the one that ends what takes too long.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use wasmtime::Engine;

use crate::child::Answer;
use crate::failure::TimeLimit;

/// After how much processor time the epoch advances, and how many of its ticks a sample may take: one second.
const TICK: Duration = Duration::from_millis(10);
pub(crate) const SAMPLE_TICKS: u64 = 100;
pub(crate) const SAMPLE_LIMIT: TimeLimit = TimeLimit::Batch {
    milliseconds: TICK.as_millis() as u64 * SAMPLE_TICKS,
};

/// The processor time of this thread, in nanoseconds.
pub(super) fn processor_time_ns() -> u64 {
    time_ns(ClockId::ThreadCPUTime)
}

fn time_ns(clock: ClockId) -> u64 {
    let now = clock_gettime(clock);
    now.tv_sec.cast_unsigned() * 1_000_000_000 + now.tv_nsec.cast_unsigned()
}

/// Starts the thread that advances the engine's epoch for as long as the process lives. Ticks count processor time, so that
/// a sample that the machine keeps waiting is not taken for a slow one.
pub(super) fn advance_epochs(engine: Engine) -> Answer<()> {
    let tick = move || {
        let mut ticks = 0;
        loop {
            std::thread::sleep(TICK);
            let used = Duration::from_nanos(time_ns(ClockId::ProcessCPUTime));
            while TICK * ticks < used {
                engine.increment_epoch();
                ticks += 1;
            }
        }
    };
    std::thread::Builder::new()
        .spawn(tick)
        .map(drop)
        .map_err(|error| error.to_string())
}
