//! Attempts that are limited: the table `attempts`. Passwords cannot be guessed, and nobody flooded with letters.

use std::net::IpAddr;

use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::{error::Error, state::AppState};

/// A limit.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    name: &'static str,
    /// So many attempts with one address are allowed in the time.
    per_address: u32,
    /// So many from one machine.
    per_machine: u32,
    minutes: i64,
}

/// Attempts are forgotten after the longest time that a limit looks back.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Signing in.
pub const SIGN_INS: Limit = Limit {
    name: "sign-in",
    per_address: 10,
    per_machine: 100,
    minutes: 15,
};

/// Asking for letters.
pub const LETTERS: Limit = Limit {
    name: "letter",
    per_address: 5,
    per_machine: 50,
    minutes: 24 * 60,
};

/// Counts an attempt with `address` from the machine `peer`.
///
/// # Errors
/// There were too many, and the sentence says what to do; or the database failed.
pub async fn attempt(
    state: &AppState,
    limit: Limit,
    address: &str,
    peer: Option<IpAddr>,
) -> Result<(), Error> {
    let now = state.clock.now();
    let since_ms = (now - SignedDuration::from_mins(limit.minutes)).as_millisecond();
    let now_ms = now.as_millisecond();
    let mut transaction = state.db.write().await?;
    let mut subjects = vec![(subject(limit, address), limit.per_address)];
    subjects.extend(peer.map(|peer| (subject(limit, &peer.to_string()), limit.per_machine)));
    let forgotten_ms = (now - REMEMBERED).as_millisecond();
    sqlx::query!(
        "DELETE FROM attempts WHERE attempted_at_ms <= ?",
        forgotten_ms
    )
    .execute(&mut *transaction)
    .await?;
    for (subject, allowed) in &subjects {
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!: u32" FROM attempts WHERE subject = ? AND attempted_at_ms > ?"#,
            subject,
            since_ms,
        )
        .fetch_one(&mut *transaction)
        .await?;
        if count >= *allowed {
            return Err(Error::Refused(
                StatusCode::TOO_MANY_REQUESTS,
                if limit.name == SIGN_INS.name {
                    |text| text.too_many_sign_ins
                } else {
                    |text| text.too_many_letters
                },
            ));
        }
    }
    for (subject, _) in &subjects {
        sqlx::query!(
            "INSERT INTO attempts (subject, attempted_at_ms) VALUES (?, ?)",
            subject,
            now_ms,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Forgets the attempts with an address, once one of them was right.
///
/// # Errors
/// The database failed.
pub async fn forget(state: &AppState, limit: Limit, address: &str) -> sqlx::Result<()> {
    let subject = subject(limit, address);
    let mut transaction = state.db.write().await?;
    sqlx::query!("DELETE FROM attempts WHERE subject = ?", subject)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

fn subject(limit: Limit, whom: &str) -> String {
    // What people type here may be long.
    let whom: String = whom.chars().take(254).collect();
    format!("{} {whom}", limit.name)
}
