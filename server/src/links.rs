//! Links that work once: the table `one_time_links`. A link holds a random secret; the table has its hash.
//!
//! Programs that scan mail open the links in it. So a link's page only asks, and a button on it does what it is for.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Sqlite, Transaction};

use crate::{
    db::Db,
    error::Error,
    learners::LearnerId,
    secrets::{self, LinkSecret},
};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Confirms the address that reminders go to.
    Confirm,
    /// Signs a learner in, from a reminder.
    SignIn,
    /// Makes an account, once its address is known to be the learner's.
    Register,
    /// Sets a new password.
    Reset,
    /// Makes an account with a role, as an administrator offered.
    Invite,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::SignIn => "sign_in",
            Purpose::Register => "register",
            Purpose::Reset => "reset",
            Purpose::Invite => "invite",
        }
    }

    fn lifetime(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Purpose::Reset => 1,
            Purpose::Register => 24,
            Purpose::Confirm | Purpose::Invite => 72,
            Purpose::SignIn => 7 * 24,
        })
    }
}

/// Whom and what a link concerns.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// The learner.
    pub learner: Option<LearnerId>,
    /// The address that it was sent to.
    pub address: Option<String>,
    /// What else it needs, as JSON.
    pub details: Option<String>,
    /// Whether it was used.
    pub used: bool,
}

/// Makes a link and returns its secret. Links that expired a month ago are forgotten on the way.
///
/// # Errors
/// The database failed.
pub async fn make(
    transaction: &mut Transaction<'static, Sqlite>,
    purpose: Purpose,
    link: &Link,
    now: Timestamp,
) -> sqlx::Result<LinkSecret> {
    let secret = LinkSecret::new();
    let (hash, name) = (secret.hash(), purpose.name());
    let now_ms = now.as_millisecond();
    let expires_at_ms = (now + purpose.lifetime()).as_millisecond();
    let forgotten_ms = (now - SignedDuration::from_hours(30 * 24)).as_millisecond();
    sqlx::query!(
        "INSERT INTO one_time_links (secret_sha256, purpose, learner_id, address, details, created_at_ms, expires_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        hash,
        name,
        link.learner,
        link.address,
        link.details,
        now_ms,
        expires_at_ms,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "DELETE FROM one_time_links WHERE learner_id IS ? AND expires_at_ms < ?",
        link.learner,
        forgotten_ms,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(secret)
}

/// Looks a link up and leaves it as it is.
///
/// # Errors
/// It was never made for this purpose, or it has expired; or the database failed.
pub async fn look_up(
    db: &Db,
    purpose: Purpose,
    secret: &str,
    now: Timestamp,
) -> Result<Link, Error> {
    let (hash, name) = (secrets::hash(secret), purpose.name());
    let row = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", address, details, expires_at_ms, used_at_ms
           FROM one_time_links WHERE secret_sha256 = ? AND purpose = ?"#,
        hash,
        name,
    )
    .fetch_optional(db.reader())
    .await?
    .ok_or(Error::Refused(StatusCode::NOT_FOUND, |text| {
        text.link_forged
    }))?;
    if row.expires_at_ms <= now.as_millisecond() {
        return Err(Error::Refused(StatusCode::GONE, |text| text.link_expired));
    }
    Ok(Link {
        learner: row.learner_id,
        address: row.address,
        details: row.details,
        used: row.used_at_ms.is_some(),
    })
}

/// Marks a link that was looked up as used.
///
/// # Errors
/// It was used already; or the database failed.
pub async fn spend(
    transaction: &mut Transaction<'static, Sqlite>,
    secret: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let (hash, now_ms) = (secrets::hash(secret), now.as_millisecond());
    let spent = sqlx::query!(
        "UPDATE one_time_links SET used_at_ms = ? WHERE secret_sha256 = ? AND used_at_ms IS NULL",
        now_ms,
        hash,
    )
    .execute(&mut **transaction)
    .await?;
    if spent.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Refused(StatusCode::GONE, |text| text.link_used))
    }
}

/// How many links of `purpose` were sent to `address`, or for `learner`, since a moment.
///
/// # Errors
/// The database failed.
pub async fn count_since(
    db: &Db,
    purpose: Purpose,
    learner: Option<LearnerId>,
    address: &str,
    since: Timestamp,
) -> sqlx::Result<u32> {
    let (name, since_ms) = (purpose.name(), since.as_millisecond());
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM one_time_links
           WHERE purpose = ? AND (address = ? OR learner_id = ?) AND created_at_ms > ?"#,
        name,
        address,
        learner,
        since_ms,
    )
    .fetch_one(db.reader())
    .await
}
