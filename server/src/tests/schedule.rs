//! The scheduler against published vectors of FSRS-6.

mod properties;
mod steps;

use app::api::Rating;

use crate::retention::schedule::{Memory, Parameters, Scheduler, retrievability};

fn scheduler(desired_retention: f32, maximum_interval_days: u32) -> Scheduler {
    Scheduler::new(
        &Parameters::default(),
        desired_retention,
        maximum_interval_days,
    )
}

fn rating(number: u8) -> Rating {
    Rating::try_from(number).expect("a rating")
}

fn intervals(ratings: &[u8], desired_retention: f32) -> Vec<u32> {
    let scheduler = scheduler(desired_retention, 36_500);
    let mut memory: Option<Memory> = None;
    let mut elapsed_days = 0;
    let mut intervals = Vec::new();
    for rating in ratings {
        let next = scheduler.next(
            memory,
            elapsed_days,
            Rating::try_from(*rating).expect("a rating"),
        );
        memory = Some(next.memory);
        elapsed_days = next.interval_days;
        intervals.push(next.interval_days);
    }
    intervals
}

#[test]
fn intervals_are_those_of_the_reference_implementations() {
    let good_then_forgotten = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3];
    assert_eq!(
        intervals(&good_then_forgotten, 0.9),
        [2, 11, 46, 163, 497, 1346, 9, 1, 2, 4, 7, 13, 22]
    );
    assert_eq!(
        intervals(&[1, 2, 3, 4, 1, 2, 3, 4], 0.9),
        [1, 1, 3, 12, 1, 2, 4, 9]
    );
    assert_eq!(intervals(&[2, 3, 3, 3], 0.9), [1, 5, 17, 50]);
    assert_eq!(intervals(&[4, 3, 3, 1, 3], 0.9), [8, 39, 153, 5, 13]);
    assert_eq!(intervals(&[3; 6], 0.95), [1, 3, 8, 19, 43, 89]);
}

#[test]
fn the_memory_state_is_that_of_the_reference_implementation() {
    let scheduler = scheduler(0.9, 36_500);
    let history = [(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)];
    let memory = history
        .into_iter()
        .fold(None, |memory, (rating, elapsed_days)| {
            Some(
                scheduler
                    .next(
                        memory,
                        elapsed_days,
                        Rating::try_from(rating).expect("a rating"),
                    )
                    .memory,
            )
        });
    let memory = memory.expect("six reviews");
    assert!((memory.stability - 53.62691).abs() < 1e-3, "{memory:?}");
    assert!((memory.difficulty - 6.357_486_7).abs() < 1e-4, "{memory:?}");
}

#[test]
fn retrievability_falls_as_published() {
    let memory = Memory {
        stability: 1.0,
        difficulty: 5.0,
    };
    for (elapsed_days, expected) in [(0, 1.0), (1, 0.9), (2, 0.845_885), (3, 0.809_388_1)] {
        let recalled = retrievability(memory, elapsed_days, &Parameters::default());
        assert!((recalled - expected).abs() < 1e-5);
    }
}

#[test]
fn an_interval_is_never_longer_than_the_maximum() {
    assert_eq!(intervals(&[4; 12], 0.9).last(), Some(&36_500));
    let scheduler = scheduler(0.9, 3_650);
    let memory = Memory {
        stability: 30_000.0,
        difficulty: 1.0,
    };
    assert_eq!(
        scheduler
            .next(Some(memory), 3_650, Rating::Easy)
            .interval_days,
        3_650
    );
}

/// Ratings with the days before each, and the stability after each.
type Case = (&'static [(u8, u32)], &'static [f64]);

#[test]
fn stabilities_and_difficulties_are_those_of_the_reference_implementations() {
    let followed = |ratings: &[(u8, u32)]| {
        let scheduler = scheduler(0.9, 36_500);
        let mut memory = None;
        let mut stabilities = Vec::new();
        for (number, elapsed_days) in ratings {
            let next = scheduler.next(memory, *elapsed_days, rating(*number));
            memory = Some(next.memory);
            stabilities.push(next.memory.stability);
        }
        stabilities
    };
    let cases: [Case; 4] = [
        (
            &[
                (3, 0),
                (3, 2),
                (3, 11),
                (3, 46),
                (3, 163),
                (3, 497),
                (1, 1346),
                (1, 9),
                (3, 1),
            ],
            &[
                2.3065,
                10.964_341,
                46.280_251,
                162.862_32,
                497.447_235,
                1_345.529_297,
                9.444_602,
                1.312_639,
                2.349_675,
            ],
        ),
        (
            &[
                (1, 0),
                (2, 1),
                (3, 1),
                (4, 3),
                (1, 12),
                (2, 1),
                (3, 2),
                (4, 4),
            ],
            &[
                0.212, 1.219_218, 3.086_309, 11.706_173, 1.483_361, 2.179_397, 3.855_109, 9.414_038,
            ],
        ),
        (
            &[(2, 0), (3, 1), (3, 5), (3, 17)],
            &[1.2931, 4.546_03, 16.551_27, 50.191_643],
        ),
        (
            &[(4, 0), (3, 8), (3, 39), (1, 153), (3, 5)],
            &[8.2956, 38.905_167, 153.000_168, 4.826_816, 12.977_213],
        ),
    ];
    for (ratings, expected) in cases {
        for (stability, expected) in followed(ratings).into_iter().zip(expected) {
            let off = (f64::from(stability) - expected).abs();
            assert!(
                off < 1e-4 * expected.max(1.0),
                "{stability} is not {expected}"
            );
        }
    }
}

#[test]
fn a_rating_on_the_same_day_or_the_next_leads_to_the_published_stability() {
    let cases = [
        (3, 0, [0.775_084, 2.306_5, 2.306_5, 3.946_054]),
        (2, 0, [0.451_403, 1.293_1, 1.335_9, 2.298_151]),
        (3, 1, [0.571_299, 5.318_793, 7.315_3, 11.687_482]),
    ];
    let scheduler = scheduler(0.9, 36_500);
    for (first, elapsed_days, expected) in cases {
        let memory = scheduler.next(None, 0, rating(first)).memory;
        for (number, expected) in (1..).zip(expected) {
            let next = scheduler.next(Some(memory), elapsed_days, rating(number));
            assert!(
                (next.memory.stability - expected).abs() < 1e-4,
                "{first} {number}"
            );
        }
    }
}

#[test]
fn the_first_rating_leads_to_the_published_memory() {
    let scheduler = scheduler(0.9, 36_500);
    let expected = [
        (0.212, 6.4133),
        (1.2931, 5.112_170_7),
        (2.3065, 2.118_104),
        (8.2956, 1.0),
    ];
    for (number, (stability, difficulty)) in (1..).zip(expected) {
        let memory = scheduler.next(None, 0, rating(number)).memory;
        assert!((memory.stability - stability).abs() < 1e-4, "{memory:?}");
        assert!((memory.difficulty - difficulty).abs() < 1e-4, "{memory:?}");
    }
}

#[test]
fn the_interval_of_a_stability_of_one_day_is_as_published_for_every_retention() {
    // At the day when recall is 90 % a rating Hard after no time leaves a stability of one day as it is.
    let memory = Memory {
        stability: 1.0,
        difficulty: 5.0,
    };
    let intervals: Vec<u32> = (1..=10)
        .map(|tenths| {
            let retention = tenths as f32 / 10.0;
            let scheduler = scheduler(retention, u32::MAX);
            scheduler.next(Some(memory), 0, Rating::Hard).interval_days
        })
        .collect();
    assert_eq!(
        intervals,
        [3_116_766, 34_793, 2_508, 387, 90, 27, 9, 3, 1, 1]
    );
}

#[test]
fn difficulty_after_each_rating_is_as_published() {
    let scheduler = scheduler(0.9, 36_500);
    let memory = Memory {
        stability: 5.0,
        difficulty: 5.0,
    };
    let expected = [8.341_762, 6.665_995_5, 4.990_228, 3.314_461_5];
    for (number, expected) in (1..).zip(expected) {
        let next = scheduler.next(Some(memory), 1, rating(number)).memory;
        assert!((next.difficulty - expected).abs() < 1e-4, "{next:?}");
    }
}

#[test]
fn without_short_term_parameters_the_memory_is_the_long_term_one() {
    let mut numbers = *Parameters::default().numbers();
    numbers[17..20].fill(0.0);
    let parameters = Parameters::new(&numbers).expect("they are valid");
    let scheduler = Scheduler::new(&parameters, 0.9, 36_500);
    let history = [(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)];
    let memory = history.into_iter().fold(None, |memory, (number, elapsed)| {
        Some(scheduler.next(memory, elapsed, rating(number)).memory)
    });
    let memory = memory.expect("six reviews");
    assert!((memory.stability - 53.335_106).abs() < 1e-3, "{memory:?}");
    assert!((memory.difficulty - 6.357_486_7).abs() < 1e-4, "{memory:?}");
}
