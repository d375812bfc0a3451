//! Spreading: a long interval may be a few days shorter or longer, so that what was learned together does not come back
//! together.
//!
//! The window is that of Anki and the reference schedulers: one day, and 15 % of what lies between 2.5 and 7 days, 10 %
//! up to 20, 5 % beyond. Where in it an item lands is no dice throw but follows from the item and the number of its
//! review: the items of one lesson have numbers in sequence, so those with the same history take the days of the window
//! in turn, and a history that is computed again leads to the same day.

use app::api::ItemId;

use crate::retention::chance::Chance;

/// Shorter intervals are not moved.
const SHORTEST_MOVED_DAYS: f32 = 2.5;

/// From, to, and the share of what lies between that the interval may move.
const SHARES: [(f32, f32, f32); 3] = [
    (2.5, 7.0, 0.15),
    (7.0, 20.0, 0.10),
    (20.0, f32::INFINITY, 0.05),
];

/// What decides an item's place in the window.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The item.
    pub item: ItemId,
}

impl Spread {
    /// The days until the item comes back after its review number `review_count`, instead of `exact_days`.
    pub(super) fn days(self, exact_days: f32, review_count: u32, maximum_days: u32) -> u32 {
        let rounded = super::whole_days(exact_days).clamp(1, maximum_days);
        if exact_days < SHORTEST_MOVED_DAYS || !exact_days.is_finite() {
            return rounded;
        }
        let reach = SHARES.iter().fold(1.0, |reach, (from, to, share)| {
            reach + share * (exact_days.min(*to) - from).max(0.0)
        });
        let highest = super::whole_days(exact_days + reach).min(maximum_days);
        let lowest = super::whole_days(exact_days - reach).max(2).min(highest);
        let width = u64::from(highest - lowest) + 1;
        let turn = self.item.0.unsigned_abs() % width
            + Chance::new(u64::from(review_count)).next() % width;
        lowest + u32::try_from(turn % width).unwrap_or(0)
    }
}
