//! Browsers that a learner is known in: the rows of `sessions`, which [`crate::learners`] makes.

use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use crate::{
    db::Db,
    learners::{LearnerId, Visitor},
    secrets,
};

/// A browser in which the learner is known.
#[derive(Clone, Debug)]
pub struct Session {
    /// A name for it that is no secret.
    pub name: String,
    /// What the browser says about itself.
    pub user_agent: String,
    /// When somebody last learned in it, to the day.
    pub last_used_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A name for a token from which the token cannot be found.
fn name(token: &str) -> String {
    secrets::hash(token)[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The learner's sessions, the last used first.
///
/// # Errors
/// The database failed.
pub async fn of(db: &Db, learner: LearnerId, visitor: &Visitor) -> anyhow::Result<Vec<Session>> {
    let rows = sqlx::query!(
        r#"SELECT token AS "token!", user_agent, last_used_at_ms FROM sessions
           WHERE learner_id = ? ORDER BY last_used_at_ms DESC, token"#,
        learner,
    )
    .fetch_all(db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Session {
                name: name(&row.token),
                is_this: visitor.returning_token() == Some(row.token.as_str()),
                user_agent: row.user_agent,
                last_used_at: Timestamp::from_millisecond(row.last_used_at_ms)?,
            })
        })
        .collect()
}

/// Ends one of the learner's sessions by its name; one that is not there has ended already.
///
/// # Errors
/// The database failed.
pub async fn revoke(db: &Db, learner: LearnerId, session: &str) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    let tokens = sqlx::query_scalar!(
        r#"SELECT token AS "token!" FROM sessions WHERE learner_id = ?"#,
        learner,
    )
    .fetch_all(&mut *transaction)
    .await?;
    for token in tokens.iter().filter(|token| name(token) == session) {
        sqlx::query!(
            "UPDATE sessions SET learner_id = NULL WHERE token = ?",
            token
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

/// Ends the session of the browser that asks.
///
/// # Errors
/// The database failed.
pub async fn end(
    transaction: &mut Transaction<'static, Sqlite>,
    visitor: &Visitor,
) -> sqlx::Result<()> {
    let token = visitor.returning_token();
    sqlx::query!(
        "UPDATE sessions SET learner_id = NULL WHERE token = ?",
        token
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Ends all of the learner's sessions.
///
/// # Errors
/// The database failed.
pub async fn end_all(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: LearnerId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE sessions SET learner_id = NULL WHERE learner_id = ?",
        learner
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
