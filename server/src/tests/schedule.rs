//! The scheduler against published vectors of FSRS-6.

use app::api::Rating;

use crate::retention::schedule::{Memory, Scheduler, retrievability};

fn intervals(ratings: &[u8], desired_retention: f32) -> Vec<u32> {
    let scheduler = Scheduler::new(desired_retention, 36_500);
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
    let scheduler = Scheduler::new(0.9, 36_500);
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
        assert!((retrievability(memory, elapsed_days) - expected).abs() < 1e-5);
    }
}

#[test]
fn an_interval_is_never_longer_than_the_maximum() {
    assert_eq!(intervals(&[4; 12], 0.9).last(), Some(&36_500));
    let scheduler = Scheduler::new(0.9, 3_650);
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
