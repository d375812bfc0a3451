//! What the rule needs to know about a learner: what is due, what waiting would cost, and what they were sent before.

use app::api::ItemId;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::rule::{self, Decision, QuietHours, Sent, Situation};
use crate::{
    learners::Learner,
    retention::{
        day, queue,
        schedule::{Memory, retrievability},
    },
    state::AppState,
};

/// A learner's reminder: whether it is sent now, and what it would be about.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The decision.
    pub decision: Decision,
    /// What is due, in order.
    pub due: Vec<ItemId>,
    /// The learner's day.
    pub today: Date,
}

#[derive(Deserialize)]
struct MemoryRow {
    stability: f32,
    difficulty: f32,
    last_reviewed_on: Date,
}

/// Reads what is due for the learner and decides.
///
/// # Errors
/// The database failed.
pub async fn read(
    state: &AppState,
    learner: &Learner,
    quiet: QuietHours,
    now: Timestamp,
) -> anyhow::Result<Outlook> {
    let today = learner.today(now);
    let queue = queue::read(state, learner, now).await?;
    let due_json = serde_json::to_string(&queue.due)?;
    let facts = facts(state, learner, today, &due_json).await?;
    let recalled_on = |date: Date| {
        facts
            .memories
            .iter()
            .map(|row| {
                let memory = Memory {
                    stability: row.stability,
                    difficulty: row.difficulty,
                };
                retrievability(
                    memory,
                    day::between(row.last_reviewed_on, date),
                    &learner.parameters,
                )
            })
            .sum()
    };
    let decision = rule::decide(&Situation {
        now,
        time_zone: &learner.time_zone,
        day_starts_at_hour: learner.day_starts_at_hour,
        quiet,
        new_plan_rows: facts.new_plan_rows,
        due: u32::try_from(queue.due.len())?,
        full_session: learner.reviews_per_day.min(rule::FULL_SESSION),
        recalled_on: &recalled_on,
        fuller_within_week: facts.fuller_within_week,
        sent: facts.sent,
        last_active_at: facts.last_active_at,
    });
    Ok(Outlook {
        decision,
        due: queue.due,
        today,
    })
}

struct Facts {
    new_plan_rows: u32,
    memories: Vec<MemoryRow>,
    fuller_within_week: bool,
    sent: Sent,
    last_active_at: Option<Timestamp>,
}

/// Everything but the queue, in one query: a pass asks it for every learner.
async fn facts(
    state: &AppState,
    learner: &Learner,
    today: Date,
    due_json: &str,
) -> anyhow::Result<Facts> {
    let week = day::after(today, rule::WEEK_DAYS).to_string();
    let today = today.to_string();
    let row = sqlx::query!(
        r#"WITH activity AS (
               SELECT max((SELECT coalesce(max(answered_at_ms), 0) FROM answers WHERE learner_id = ?1),
                          (SELECT coalesce(max(finished_at_ms), 0) FROM finishes WHERE learner_id = ?1)) AS last_ms
           ), named AS (
               SELECT sent_on, reason, items, claimed_at_ms FROM reminders WHERE learner_id = ?1 AND state <> 'refused'
           )
           SELECT (SELECT count(*) FROM json_each(?2) AS due JOIN items ON items.id = due.value AND items.kind = 'plan'
                   WHERE NOT EXISTS (SELECT 1 FROM memories WHERE learner_id = ?1 AND item_id = items.id)
                     AND NOT EXISTS (SELECT 1 FROM named, json_each(named.items) AS item WHERE item.value = items.id)
                  ) AS "new_plan_rows!: u32",
                  (SELECT json_group_array(json_object('stability', stability, 'difficulty', difficulty,
                              'last_reviewed_on', last_reviewed_on))
                   FROM json_each(?2) AS due JOIN memories ON learner_id = ?1 AND item_id = due.value
                  ) AS "memories!: String",
                  (EXISTS (SELECT 1 FROM memories JOIN items ON items.id = item_id AND retired_at_ms IS NULL
                           WHERE learner_id = ?1 AND due_on > ?3 AND due_on <= ?4)
                   OR EXISTS (SELECT 1 FROM finishes
                              JOIN lessons ON lessons.id = finishes.lesson_id
                              JOIN version_items ON version_items.version_id = lessons.published_version_id
                              WHERE finishes.learner_id = ?1 AND interval_days IS NOT NULL
                                AND date(finished_on, '+' || interval_days || ' days') > ?3
                                AND date(finished_on, '+' || interval_days || ' days') <= ?4)
                  ) AS "fuller_within_week!: bool",
                  (SELECT max(sent_on) FROM named) AS "last_sent_on?: String",
                  (SELECT max(claimed_at_ms) FROM named) AS "last_sent_at_ms?: i64",
                  (SELECT count(DISTINCT sent_on) FROM named WHERE claimed_at_ms > last_ms) AS "ignored!: u32",
                  EXISTS (SELECT 1 FROM named WHERE claimed_at_ms > last_ms AND reason = 'farewell') AS "farewell!: bool",
                  last_ms AS "last_ms!: i64"
           FROM activity"#,
        learner.id,
        due_json,
        today,
        week,
    )
    .fetch_one(state.db.reader())
    .await?;
    let last = match (row.last_sent_on, row.last_sent_at_ms) {
        (Some(on), Some(at_ms)) => Some((on.parse()?, Timestamp::from_millisecond(at_ms)?)),
        _ => None,
    };
    let last_active_at = Some(row.last_ms)
        .filter(|last_ms| *last_ms > 0)
        .map(Timestamp::from_millisecond)
        .transpose()?;
    Ok(Facts {
        new_plan_rows: row.new_plan_rows,
        memories: serde_json::from_str(&row.memories)?,
        fuller_within_week: row.fuller_within_week,
        sent: Sent {
            last,
            ignored: row.ignored,
            farewell: row.farewell,
        },
        last_active_at,
    })
}
