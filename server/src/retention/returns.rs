//! Exercises that come back: what was made fast once is made fast again, from the slow starter, against one's own past.
//!
//! A pass begins a round. The first return is a week after it, the next a month, then a quarter of a year after each round;
//! passing again before that changes nothing.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::day;
use crate::{learners::Learner, state::AppState};

/// Days from a round to the next return; the last holds for all that follow.
const INTERVALS_DAYS: [u32; 3] = [7, 30, 90];

/// An exercise that has come back.
#[derive(Clone, Debug, PartialEq)]
pub struct Return {
    /// The exercise's slug.
    pub exercise: String,
    /// The day of the last round.
    pub passed_on: Date,
    /// The best speed-up so far.
    pub best_speedup: f64,
}

/// The exercises that have come back by `now`, longest ago first.
///
/// # Errors
/// The database failed.
pub async fn due(
    state: &AppState,
    learner: &Learner,
    now: Timestamp,
) -> anyhow::Result<Vec<Return>> {
    let rows = sqlx::query!(
        r#"SELECT exercise, submitted_at_ms, speedup AS "speedup!" FROM submissions
           WHERE learner_id = ? AND passed = 1 AND speedup IS NOT NULL ORDER BY submitted_at_ms"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    let mut passes: BTreeMap<String, (Vec<Date>, f64)> = BTreeMap::new();
    for row in rows {
        let on = learner.today(Timestamp::from_millisecond(row.submitted_at_ms)?);
        let (days, best) = passes.entry(row.exercise).or_default();
        days.push(on);
        *best = best.max(row.speedup);
    }
    let today = learner.today(now);
    let mut due: Vec<Return> = passes
        .into_iter()
        .filter_map(|(exercise, (days, best_speedup))| {
            let (passed_on, due_on) = next_return(&days)?;
            (due_on <= today).then_some(Return {
                exercise,
                passed_on,
                best_speedup,
            })
        })
        .collect();
    due.sort_by_key(|exercise| exercise.passed_on);
    Ok(due)
}

/// From the days of passes, oldest first: the day of the last round, and the day on which the exercise comes back.
pub fn next_return(passes: &[Date]) -> Option<(Date, Date)> {
    let mut rounds = 0;
    let mut round: Option<(Date, Date)> = None;
    for on in passes {
        if round.is_none_or(|(_, due_on)| *on >= due_on) {
            let last = INTERVALS_DAYS.len() - 1;
            round = Some((*on, day::after(*on, INTERVALS_DAYS[rounds.min(last)])));
            rounds += 1;
        }
    }
    round
}
