//! Reminders that were sent, or are about to be: the table `reminders`.
//!
//! A reminder is claimed on the disk before anything is sent. Whoever finds it claimed leaves it alone, after a crash
//! too: a reminder that may have arrived is not sent again, at the price of one that may be lost.

use jiff::{Timestamp, civil::Date};

use super::rule::Reason;
use crate::{db::Db, learners::LearnerId};

/// The way to a learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A letter.
    Mail,
    /// A message to their browsers.
    Push,
}

impl Channel {
    /// The word in the database and in the output of `latency-lab remind`.
    pub fn word(self) -> &'static str {
        match self {
            Channel::Mail => "email",
            Channel::Push => "push",
        }
    }
}

/// A claimed reminder.
#[derive(Clone, Copy, Debug)]
pub struct Claim(i64);

/// Claims the learner's reminder of a day; nothing where it was claimed before, here or by another process.
///
/// # Errors
/// The database failed.
pub async fn claim(
    db: &Db,
    learner: LearnerId,
    channel: Channel,
    on: Date,
    reason: Reason,
    items: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Claim>> {
    let (channel, on, reason) = (channel.word(), on.to_string(), reason.word());
    let now_ms = now.as_millisecond();
    let mut transaction = db.write().await?;
    let id = sqlx::query_scalar!(
        r#"INSERT INTO reminders (learner_id, channel, sent_on, reason, items, state, claimed_at_ms)
           VALUES (?, ?, ?, ?, ?, 'claimed', ?)
           ON CONFLICT (learner_id, sent_on, channel) DO UPDATE SET state = 'claimed', reason = excluded.reason,
               items = excluded.items, claimed_at_ms = excluded.claimed_at_ms
           WHERE state = 'refused'
           RETURNING id AS "id!""#,
        learner,
        channel,
        on,
        reason,
        items,
        now_ms,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(id.map(Claim))
}

/// Notes what became of a claimed reminder. Where nobody knows, it stays claimed.
///
/// # Errors
/// The database failed.
pub async fn settle(db: &Db, claim: Claim, delivered: bool) -> sqlx::Result<()> {
    let state = if delivered { "sent" } else { "refused" };
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE reminders SET state = ? WHERE id = ?",
        state,
        claim.0
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
