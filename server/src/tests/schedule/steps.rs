//! Learning and relearning inside a session, and where long intervals land.

use std::collections::BTreeSet;

use app::api::{ItemId, Rating};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{rating, scheduler};
use crate::retention::{
    day,
    schedule::{History, Phase, Review, Scheduler, Spread},
};

const START: &str = "2022-11-29T12:30:00Z";

/// A rating in a session at `at`, of somebody whose days are those of UTC.
fn review(number: u8, at: Timestamp) -> Review {
    Review {
        rating: rating(number),
        at,
        on: at.to_zoned_datetime(TimeZone::UTC).date(),
        in_session: true,
    }
}

/// When an item is asked again by somebody who comes at the very moment.
fn next_moment(history: &History) -> Timestamp {
    history.due.at.unwrap_or_else(|| {
        let noon = history.due.on.at(12, 30, 0, 0);
        noon.to_zoned_datetime(TimeZone::UTC)
            .expect("UTC has no gaps")
            .timestamp()
    })
}

fn start() -> Timestamp {
    START.parse().expect("a moment")
}

/// The history after each rating, each given when the item is due.
fn at_due_times(scheduler: &Scheduler, ratings: &[u8]) -> Vec<History> {
    let mut histories: Vec<History> = Vec::new();
    for number in ratings {
        let at = histories.last().map_or(start(), next_moment);
        let next = scheduler.follow(histories.last(), review(*number, at), None);
        histories.push(next);
    }
    histories
}

fn minutes(history: &History, since: Timestamp) -> Option<i64> {
    let at = history.due.at?;
    Some(at.duration_since(since).as_mins())
}

#[test]
fn intervals_with_steps_are_those_of_the_reference_implementations() {
    let scheduler = scheduler(0.9, 36_500);
    let histories = at_due_times(&scheduler, &[3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]);
    let days: Vec<u32> = histories
        .iter()
        .map(|history| day::between(history.last.on, history.due.on))
        .collect();
    assert_eq!(days, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
}

#[test]
fn only_easy_leads_out_of_the_steps_at_once() {
    let scheduler = scheduler(0.9, 36_500);
    let days: Vec<(u32, Phase)> = (1..=4)
        .map(|number| {
            let history = scheduler.follow(None, review(number, start()), None);
            (day::between(history.last.on, history.due.on), history.phase)
        })
        .collect();
    let learning = (0, Phase::Learning);
    assert_eq!(days, [learning, learning, learning, (8, Phase::Review)]);
}

#[test]
fn a_new_item_comes_back_after_one_six_or_ten_minutes() {
    let scheduler = scheduler(0.9, 36_500);
    let after = [1, 2, 3, 4].map(|number| {
        minutes(
            &scheduler.follow(None, review(number, start()), None),
            start(),
        )
    });
    assert_eq!(after, [Some(1), Some(6), Some(10), None]);
}

#[test]
fn in_the_second_step_good_leads_out() {
    let scheduler = scheduler(0.9, 36_500);
    let first = scheduler.follow(None, review(3, start()), None);
    let at = next_moment(&first);
    let after = [1, 2, 3].map(|number| {
        minutes(
            &scheduler.follow(Some(&first), review(number, at), None),
            at,
        )
    });
    assert_eq!(after, [Some(1), Some(6), None]);
}

#[test]
fn a_forgotten_item_comes_back_after_ten_or_fifteen_minutes_until_it_is_recalled() {
    let scheduler = scheduler(0.9, 36_500);
    let histories = at_due_times(&scheduler, &[3, 3, 3, 1]);
    let forgotten = histories.last().expect("four reviews");
    assert_eq!((forgotten.phase, forgotten.lapses), (Phase::Relearning, 1));
    let at = next_moment(forgotten);
    let after = [1, 2, 3].map(|number| {
        minutes(
            &scheduler.follow(Some(forgotten), review(number, at), None),
            at,
        )
    });
    assert_eq!(after, [Some(10), Some(15), None]);
}

#[test]
fn a_rating_outside_a_session_leads_to_whole_days() {
    let scheduler = scheduler(0.9, 36_500);
    let days: Vec<u32> = (1..=4)
        .map(|number| {
            let review = Review {
                in_session: false,
                ..review(number, start())
            };
            let history = scheduler.follow(None, review, None);
            assert_eq!((history.phase, history.due.at), (Phase::Review, None));
            day::between(history.last.on, history.due.on)
        })
        .collect();
    assert_eq!(days, [1, 1, 2, 8]);
}

#[test]
fn what_was_learned_together_comes_back_on_different_days_always_the_same() {
    let scheduler = scheduler(0.9, 3_650);
    let ratings = [(3, "2026-11-24"), (3, "2026-11-26"), (3, "2026-12-07")];
    let due = |item: i64| {
        let reviews = ratings.map(|(number, on)| {
            let on: Date = on.parse().expect("a day");
            Review {
                rating: rating(number),
                at: on
                    .to_zoned_datetime(TimeZone::UTC)
                    .expect("UTC has no gaps")
                    .timestamp(),
                on,
                in_session: false,
            }
        });
        let spread = Some(Spread { item: ItemId(item) });
        scheduler
            .fold(reviews, spread)
            .expect("three reviews")
            .due
            .on
    };
    let days: BTreeSet<Date> = (1..=9).map(due).collect();
    let again: BTreeSet<Date> = (1..=9).map(due).collect();
    assert_eq!(days, again);
    assert_eq!(days.len(), 9, "{days:?}");
    // 46.3 days, give or take 4.3.
    let since: Date = "2026-12-07".parse().expect("a day");
    let window = day::after(since, 42)..=day::after(since, 51);
    assert!(days.iter().all(|day| window.contains(day)), "{days:?}");
}

#[test]
fn short_intervals_are_never_moved() {
    let scheduler = scheduler(0.9, 3_650);
    for item in 1..=20 {
        let review = Review {
            in_session: false,
            ..review(3, start())
        };
        let spread = Some(Spread { item: ItemId(item) });
        let history = scheduler.follow(None, review, spread);
        assert_eq!(day::between(history.last.on, history.due.on), 2);
    }
}

#[test]
fn an_item_that_was_left_in_a_step_is_still_in_it_the_next_day() {
    let scheduler = scheduler(0.9, 3_650);
    let first = scheduler.follow(None, review(1, start()), None);
    let tomorrow = start()
        .saturating_add(SignedDuration::from_hours(24))
        .expect("a moment");
    let next = scheduler.follow(Some(&first), review(3, tomorrow), None);
    assert_eq!((next.phase, next.step), (Phase::Learning, 1));
    assert_eq!(next.last.rating, Rating::Good);
}
