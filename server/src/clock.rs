//! What time it is: the only place that asks.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until a test moves it.
    Manual(ManualClock),
}

impl Clock {
    /// The present moment, to the millisecond, as the database keeps it.
    pub fn now(&self) -> Timestamp {
        let milliseconds = match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Manual(clock) => clock.milliseconds.load(Ordering::SeqCst),
        };
        Timestamp::from_millisecond(milliseconds)
            .expect("the clock is within the years -9999 to 9999")
    }
}

/// A clock moved by hand.
#[derive(Clone, Debug)]
pub struct ManualClock {
    milliseconds: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that stands at `now`.
    pub fn new(now: Timestamp) -> ManualClock {
        ManualClock {
            milliseconds: Arc::new(AtomicI64::new(now.as_millisecond())),
        }
    }

    /// Moves the clock forward, or back when negative.
    pub fn advance(&self, by: SignedDuration) {
        let milliseconds =
            i64::try_from(by.as_millis()).expect("tests move the clock by less than an age");
        self.milliseconds.fetch_add(milliseconds, Ordering::SeqCst);
    }
}
