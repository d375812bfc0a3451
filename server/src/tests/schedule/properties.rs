//! What holds for every sequence of ratings.

use app::api::{ItemId, Rating};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;

use super::{rating, scheduler};
use crate::retention::schedule::{Memory, Parameters, Review, Scheduler, Spread};

fn ratings() -> impl Strategy<Value = Rating> {
    (1_u8..=4).prop_map(rating)
}

/// A moment between the years 1900 and 2400.
fn moments() -> impl Strategy<Value = Timestamp> {
    (-2_208_988_800_000_i64..13_569_465_600_000)
        .prop_map(|ms| Timestamp::from_millisecond(ms).expect("within range"))
}

fn reviews() -> impl Strategy<Value = Review> {
    (ratings(), moments(), any::<bool>()).prop_map(|(rating, at, in_session)| Review {
        rating,
        at,
        on: at.to_zoned_datetime(TimeZone::UTC).date(),
        in_session,
    })
}

fn parameters() -> impl Strategy<Value = Parameters> {
    prop::collection::vec(0.5_f32..1.5, 21).prop_map(|factors| {
        let defaults = Parameters::default();
        let numbers: Vec<f32> = defaults
            .numbers()
            .iter()
            .zip(factors)
            .map(|(number, factor)| number * factor)
            .collect();
        Parameters::new(&numbers).expect("clipped to what is valid")
    })
}

proptest! {
    #[test]
    fn stability_never_falls_after_a_recall(
        first in ratings(),
        later in prop::collection::vec((ratings(), 0_u32..5_000), 0..30),
    ) {
        let scheduler = scheduler(0.9, 36_500);
        let mut memory: Option<Memory> = Some(scheduler.next(None, 0, first).memory);
        for (rating, elapsed_days) in later {
            let next = scheduler.next(memory, elapsed_days, rating).memory;
            if let Some(memory) = memory && rating != Rating::Again {
                prop_assert!(next.stability >= memory.stability, "{memory:?} {rating:?} {elapsed_days} {next:?}");
            }
            memory = Some(next);
        }
    }

    #[test]
    fn a_due_date_is_never_before_its_review_nor_after_the_year_2200(
        parameters in parameters(),
        retention in 0.8_f32..=0.95,
        item in any::<i64>(),
        reviews in prop::collection::vec(reviews(), 1..40),
    ) {
        let scheduler = Scheduler::new(&parameters, retention, 36_500);
        let last_day: Date = jiff::civil::date(2200, 12, 31);
        let mut history = None;
        for review in reviews {
            let next = scheduler.follow(history.as_ref(), review, Some(Spread { item: ItemId(item) }));
            prop_assert!(next.memory.stability.is_finite() && next.memory.difficulty.is_finite());
            prop_assert!(next.due.on >= review.on.min(last_day) && next.due.on <= last_day);
            if let Some(at) = next.due.at {
                prop_assert!(at >= review.at.min(latest()), "{at} {}", review.at);
                prop_assert!(at <= latest());
            }
            history = Some(next);
        }
    }
}

/// The last moment of the year 2200.
fn latest() -> Timestamp {
    "2200-12-31T23:59:59Z".parse().expect("a moment")
}
