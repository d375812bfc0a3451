//! The fold: an item's reviews, oldest first, become what they amount to.

use app::api::Rating;
use jiff::{Timestamp, civil::Date};

use super::{
    Memory, Phase, Scheduler, Spread,
    steps::{self, Step},
};
use crate::retention::day;

/// No item comes back later than on this day, whatever was rated when.
const LAST_DAY: Date = jiff::civil::date(2200, 12, 31);

/// Neither does one in a step come back later than at this moment, in milliseconds since 1970: the last second of that
/// day in UTC.
const LAST_MOMENT_MS: i64 = 7_289_654_399_000;

/// A rating as the log has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// The rating.
    pub rating: Rating,
    /// When it was given.
    pub at: Timestamp,
    /// The learner's day at that moment.
    pub on: Date,
    /// Whether it was given in a review session, where items come back within minutes.
    pub in_session: bool,
}

/// A rating of an item on one of the learner's days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    /// The rating.
    pub rating: Rating,
    /// The learner's day.
    pub on: Date,
}

/// When an item comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The learner's day.
    pub on: Date,
    /// In a step, the moment.
    pub at: Option<Timestamp>,
}

/// Everything that an item's reviews amount to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// The memory after the last review.
    pub memory: Memory,
    /// Whether the item is in steps.
    pub phase: Phase,
    /// The step, from 0.
    pub step: usize,
    /// The day of the first review.
    pub first_reviewed_on: Date,
    /// The last review.
    pub last: Rated,
    /// How many reviews there were.
    pub review_count: u32,
    /// How often the item was forgotten after it had been learned.
    pub lapses: u32,
    /// When it comes back.
    pub due: Due,
}

impl Scheduler {
    /// What an item's next review leads to. Without `spread` the interval is not moved.
    pub fn follow(
        &self,
        history: Option<&History>,
        review: Review,
        spread: Option<Spread>,
    ) -> History {
        let on = review.on.min(LAST_DAY);
        let elapsed_days = history.map_or(0, |history| day::between(history.last.on, on));
        let next = self.next(
            history.map(|history| history.memory),
            elapsed_days,
            review.rating,
        );
        let review_count = history.map_or(0, |history| history.review_count) + 1;
        let (phase, step) = history.map_or((Phase::Learning, 0), |history| {
            (history.phase, history.step)
        });
        let forgotten = phase == Phase::Review && review.rating == Rating::Again;
        let led_to = review
            .in_session
            .then(|| steps::after(phase, step, review.rating))
            .flatten();
        let (phase, step, due) = match led_to {
            Some(Step {
                phase,
                number,
                minutes,
            }) => {
                let at_ms = review.at.as_millisecond() + i64::from(minutes) * 60_000;
                let at =
                    Timestamp::from_millisecond(at_ms.min(LAST_MOMENT_MS)).unwrap_or(review.at);
                (phase, number, Due { on, at: Some(at) })
            }
            None => {
                let days = match spread {
                    Some(spread) => self.moved(&next, review_count, spread),
                    None => next.interval_days,
                };
                let due_on = day::after(on, days).min(LAST_DAY);
                (
                    Phase::Review,
                    0,
                    Due {
                        on: due_on,
                        at: None,
                    },
                )
            }
        };
        History {
            memory: next.memory,
            phase,
            step,
            first_reviewed_on: history.map_or(on, |history| history.first_reviewed_on),
            last: Rated {
                rating: review.rating,
                on,
            },
            review_count,
            lapses: history.map_or(0, |history| history.lapses) + u32::from(forgotten),
            due,
        }
    }

    /// Folds an item's reviews, oldest first; nothing where there are none.
    pub fn fold(
        &self,
        reviews: impl IntoIterator<Item = Review>,
        spread: Option<Spread>,
    ) -> Option<History> {
        reviews.into_iter().fold(None, |history, review| {
            Some(self.follow(history.as_ref(), review, spread))
        })
    }
}
