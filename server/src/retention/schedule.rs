//! When an item comes back: FSRS-6 with learning steps, as a pure function of ratings and moments.
//!
//! 1. [`Scheduler::next`] is FSRS alone: the memory after a rating, and its interval. The formulas are those of the
//!    `fsrs` crate (<https://github.com/open-spaced-repetition/fsrs-rs>).
//! 2. [`steps`] keeps an item in the session for some minutes until it was recalled.
//! 3. [`spread`] moves a long interval by a few days, so that what was learned together does not come back together.
//! 4. [`history`] folds an item's reviews into what they amount to.

pub mod history;
pub mod parameters;
mod spread;
mod steps;

use app::api::Rating;
use fsrs::{FSRS, MemoryState, current_retrievability};

pub use history::{History, Rated, Review};
pub use parameters::Parameters;
pub use spread::Spread;
pub use steps::Phase;

/// The name of the algorithm, stored beside its numbers.
pub const ALGORITHM: &str = "fsrs-6";

/// The longest interval in days that the product gives: ten years.
pub const MAXIMUM_INTERVAL_DAYS: u32 = 3_650;

/// An item that was forgotten this often after it had been learned is named as one that repetition alone does not teach.
pub const LEECH_LAPSES: u32 = 8;

/// What is remembered of an item after a review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which the probability of recall has fallen to 90 %.
    pub stability: f32,
    /// From 1, easy, to 10.
    pub difficulty: f32,
}

/// What a rating leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// The memory after it.
    pub memory: Memory,
    /// Whole days until the item comes back, at least 1.
    pub interval_days: u32,
    /// The interval before it was rounded and bounded.
    exact_days: f32,
}

/// The scheduler with the learner's wishes.
#[derive(Debug)]
pub struct Scheduler {
    model: FSRS,
    desired_retention: f32,
    maximum_interval_days: u32,
}

impl Scheduler {
    /// A scheduler that lets recall fall to `desired_retention`.
    pub fn new(
        parameters: &Parameters,
        desired_retention: f32,
        maximum_interval_days: u32,
    ) -> Scheduler {
        Scheduler {
            model: parameters.model(),
            desired_retention,
            maximum_interval_days,
        }
    }

    /// What `rating` leads to, `elapsed_days` after the review that left `memory` (nothing before the first).
    pub fn next(&self, memory: Option<Memory>, elapsed_days: u32, rating: Rating) -> Next {
        let state = memory.map(|memory| MemoryState {
            stability: memory.stability,
            difficulty: memory.difficulty,
        });
        let states = self
            .model
            .next_states(state, self.desired_retention, elapsed_days)
            .expect("stability and difficulty come from the model and are finite");
        let state = match rating {
            Rating::Again => states.again,
            Rating::Hard => states.hard,
            Rating::Good => states.good,
            Rating::Easy => states.easy,
        };
        Next {
            memory: Memory {
                stability: state.memory.stability,
                difficulty: state.memory.difficulty,
            },
            interval_days: whole_days(state.interval).clamp(1, self.maximum_interval_days),
            exact_days: state.interval,
        }
    }

    /// The whole days after which recall of `memory` has fallen to what is desired, at least 1.
    pub fn interval_of(&self, memory: Memory) -> u32 {
        let exact_days =
            self.model
                .next_interval(Some(memory.stability), self.desired_retention, 3);
        whole_days(exact_days).clamp(1, self.maximum_interval_days)
    }

    /// The days until an item comes back after its review number `review_count`, moved as [`spread`] says.
    pub fn moved(&self, next: &Next, review_count: u32, spread: Spread) -> u32 {
        spread.days(next.exact_days, review_count, self.maximum_interval_days)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from float to integer saturates"
)]
fn whole_days(days: f32) -> u32 {
    days.round() as u32
}

/// The probability that an item is still recalled `elapsed_days` after the review that left `memory`.
pub fn retrievability(memory: Memory, elapsed_days: u32, parameters: &Parameters) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "days are far below 2^24")]
    let elapsed_days = elapsed_days as f32;
    let state = MemoryState {
        stability: memory.stability,
        difficulty: memory.difficulty,
    };
    current_retrievability(state, elapsed_days, parameters.decay())
}
