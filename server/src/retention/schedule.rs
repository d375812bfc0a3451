//! When an item comes back: FSRS-6, as a pure function of ratings and days.
//!
//! The formulas are those of the `fsrs` crate (<https://github.com/open-spaced-repetition/fsrs-rs>); what is ours is the
//! rounding to whole days and the bounds.

use app::api::Rating;
use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRS6_DEFAULT_DECAY, MemoryState, current_retrievability};
use jiff::civil::Date;

use super::day;

/// The name of the algorithm, stored beside its numbers.
pub const ALGORITHM: &str = "fsrs-6";

/// The longest interval in days that the product gives: ten years.
pub const MAXIMUM_INTERVAL_DAYS: u32 = 3_650;

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
}

/// The scheduler with the learner's wishes.
#[derive(Debug)]
pub struct Scheduler {
    model: FSRS,
    desired_retention: f32,
    maximum_interval_days: u32,
}

impl Scheduler {
    /// A scheduler with the default parameters that lets recall fall to `desired_retention`.
    pub fn new(desired_retention: f32, maximum_interval_days: u32) -> Scheduler {
        let model = FSRS::new(&DEFAULT_PARAMETERS).expect("the default parameters are valid");
        Scheduler {
            model,
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
        }
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
pub fn retrievability(memory: Memory, elapsed_days: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "days are far below 2^24")]
    let elapsed_days = elapsed_days as f32;
    let state = MemoryState {
        stability: memory.stability,
        difficulty: memory.difficulty,
    };
    current_retrievability(state, elapsed_days, FSRS6_DEFAULT_DECAY)
}

/// One rating of an item on one of the learner's days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    /// The rating.
    pub rating: Rating,
    /// The learner's day.
    pub on: Date,
}

/// Everything that an item's reviews amount to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// The memory after the last review.
    pub memory: Memory,
    /// The day of the first review.
    pub first_reviewed_on: Date,
    /// The last review.
    pub last: Rated,
    /// How many reviews there were.
    pub review_count: u32,
    /// The day on which the item comes back.
    pub due_on: Date,
}

impl Scheduler {
    /// Folds an item's reviews, oldest first; nothing where there are none.
    pub fn fold(&self, reviews: impl IntoIterator<Item = Rated>) -> Option<History> {
        reviews
            .into_iter()
            .fold(None, |history: Option<History>, rated| {
                let elapsed_days =
                    history.map_or(0, |history| day::between(history.last.on, rated.on));
                let next = self.next(
                    history.map(|history| history.memory),
                    elapsed_days,
                    rated.rating,
                );
                Some(History {
                    memory: next.memory,
                    first_reviewed_on: history
                        .map_or(rated.on, |history| history.first_reviewed_on),
                    last: rated,
                    review_count: history.map_or(0, |history| history.review_count) + 1,
                    due_on: day::after(rated.on, next.interval_days),
                })
            })
    }
}
