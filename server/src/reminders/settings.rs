//! How a learner is reached: the table `reminder_settings`.
//!
//! 1. A learner leaves an address and gets a letter with a link that confirms it.
//! 2. Reminders go to confirmed addresses only. One that refuses letters is tried less and less often, then parked until
//!    the learner leaves it again.

use app::text::Language;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Sqlite, Transaction};

use super::{letter, rule::QuietHours};
use crate::{
    db::Db,
    error::Error,
    learners::{LearnerId, Visitor},
    links::{self, Link, Purpose},
    mail::Address,
    state::AppState,
};

/// A second request within this time means the first letter.
const SAME_REQUEST: SignedDuration = SignedDuration::from_mins(2);

/// So many letters to one address, or for one learner, may ask for a confirmation in a day.
const CONFIRMATIONS_PER_DAY: u32 = 5;

/// An address that refused so often in a row is parked.
const FAILURES_UNTIL_PARKED: i64 = 5;

/// How a learner is reached and when.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The language in which they are written to.
    pub language: Language,
    /// The address that they left.
    pub address: Option<String>,
    /// Whether they confirmed it.
    pub confirmed: bool,
    /// Whether reminders go to it.
    pub by_mail: bool,
    /// When they want silence.
    pub quiet: QuietHours,
    /// When the address may be tried again.
    pub retry_after: Option<Timestamp>,
    /// Whether the address was given up.
    pub parked: bool,
    /// The generation of the calendar feed, where it is offered.
    pub calendar: Option<i64>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: Language::Bulgarian,
            address: None,
            confirmed: false,
            by_mail: true,
            quiet: QuietHours {
                from_hour: 21,
                until_hour: 8,
            },
            retry_after: None,
            parked: false,
            calendar: None,
        }
    }
}

/// A row of `reminder_settings`.
pub(super) struct Row {
    pub(super) language: String,
    pub(super) address: Option<String>,
    pub(super) confirmed_at_ms: Option<i64>,
    pub(super) by_mail: bool,
    pub(super) quiet_from_hour: i8,
    pub(super) quiet_until_hour: i8,
    pub(super) retry_after_ms: Option<i64>,
    pub(super) parked_at_ms: Option<i64>,
    pub(super) calendar_on: bool,
    pub(super) calendar_generation: i64,
}

impl TryFrom<Row> for Settings {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Settings> {
        Ok(Settings {
            language: Language::from_code(&row.language).unwrap_or(Language::Bulgarian),
            address: row.address,
            confirmed: row.confirmed_at_ms.is_some(),
            by_mail: row.by_mail,
            quiet: QuietHours {
                from_hour: row.quiet_from_hour,
                until_hour: row.quiet_until_hour,
            },
            retry_after: row
                .retry_after_ms
                .map(Timestamp::from_millisecond)
                .transpose()?,
            parked: row.parked_at_ms.is_some(),
            calendar: row.calendar_on.then_some(row.calendar_generation),
        })
    }
}

/// The learner's settings; the defaults where they were never here.
///
/// # Errors
/// The database failed.
pub async fn of(db: &Db, learner: LearnerId) -> anyhow::Result<Settings> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT language, address, confirmed_at_ms, by_mail AS "by_mail: bool",
                  quiet_from_hour AS "quiet_from_hour: i8", quiet_until_hour AS "quiet_until_hour: i8",
                  retry_after_ms, parked_at_ms, calendar_on AS "calendar_on: bool", calendar_generation
           FROM reminder_settings WHERE learner_id = ?"#,
        learner,
    )
    .fetch_optional(db.reader())
    .await?;
    row.map_or_else(|| Ok(Settings::default()), Settings::try_from)
}

/// Makes the learner's row if there is none, notes their language, and lets the next pass look at them.
pub(super) async fn touch(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: LearnerId,
    language: Language,
) -> sqlx::Result<()> {
    let code = language.code();
    sqlx::query!(
        "INSERT INTO reminder_settings (learner_id, language) VALUES (?, ?)
         ON CONFLICT (learner_id) DO UPDATE SET language = excluded.language, next_check_at_ms = 0",
        learner,
        code,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Keeps the address and sends the letter that confirms it. Leaving the same address again within moments sends nothing.
///
/// # Errors
/// It is not an address, too many letters were asked for, this installation sends no mail, or the mail server failed.
pub async fn leave_address(
    state: &AppState,
    visitor: &Visitor,
    language: Language,
    typed: &str,
) -> Result<(), Error> {
    let address = Address::read(typed)?;
    let mail = state
        .mail
        .as_ref()
        .ok_or(Error::Refused(StatusCode::SERVICE_UNAVAILABLE, |text| {
            text.mail_not_configured
        }))?;
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?
        .id;
    touch(&mut transaction, learner, language).await?;
    let text = address.as_str();
    let known = sqlx::query!(
        r#"SELECT address, confirmed_at_ms, parked_at_ms FROM reminder_settings WHERE learner_id = ?"#,
        learner,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let same = known.address.as_deref() == Some(text);
    if same && known.confirmed_at_ms.is_some() && known.parked_at_ms.is_none() {
        transaction.commit().await?;
        return Ok(());
    }
    let count = async |since: SignedDuration| {
        links::count_since(
            &state.db,
            Purpose::Confirm,
            Some(learner),
            text,
            now - since,
        )
        .await
    };
    if same && count(SAME_REQUEST).await? > 0 {
        transaction.commit().await?;
        return Ok(());
    }
    if count(SignedDuration::from_hours(24)).await? >= CONFIRMATIONS_PER_DAY {
        return Err(Error::Refused(StatusCode::TOO_MANY_REQUESTS, |text| {
            text.too_many_letters
        }));
    }
    sqlx::query!(
        "UPDATE reminder_settings SET address = ?, confirmed_at_ms = NULL, by_mail = 1, failures = 0,
             retry_after_ms = NULL, parked_at_ms = NULL WHERE learner_id = ?",
        text,
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    let link = Link {
        learner: Some(learner),
        address: Some(text.to_owned()),
        ..Link::default()
    };
    let secret = links::make(&mut transaction, Purpose::Confirm, &link, now).await?;
    transaction.commit().await?;
    let letter = letter::confirmation(state, language, address, &secret);
    mail.send(&letter).await.map_err(|undelivered| {
        tracing::error!(%undelivered, "a letter was not sent");
        Error::Refused(StatusCode::SERVICE_UNAVAILABLE, |text| text.letter_not_sent)
    })
}

/// Confirms the address of a link. Once confirmed it stays so, however often the link is followed.
///
/// # Errors
/// The link is forged or expired, or the learner has left another address since.
pub async fn confirm(state: &AppState, secret: &str) -> Result<(), Error> {
    let now = state.clock.now();
    let link = links::look_up(&state.db, Purpose::Confirm, secret, now).await?;
    let mut transaction = state.db.write().await?;
    if !link.used {
        links::spend(&mut transaction, secret, now).await?;
    }
    let now_ms = now.as_millisecond();
    let confirmed = sqlx::query!(
        "UPDATE reminder_settings SET confirmed_at_ms = coalesce(confirmed_at_ms, ?), next_check_at_ms = 0
         WHERE learner_id = ? AND address = ?",
        now_ms,
        link.learner,
        link.address,
    )
    .execute(&mut *transaction)
    .await?;
    if confirmed.rows_affected() == 0 {
        return Err(Error::Refused(StatusCode::GONE, |text| {
            text.address_replaced
        }));
    }
    transaction.commit().await?;
    Ok(())
}

/// Forgets the address.
///
/// # Errors
/// The database failed.
pub async fn remove_address(state: &AppState, learner: LearnerId) -> Result<(), Error> {
    let mut transaction = state.db.write().await?;
    sqlx::query!(
        "UPDATE reminder_settings SET address = NULL, confirmed_at_ms = NULL WHERE learner_id = ?",
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Keeps what the learner chose.
///
/// # Errors
/// An hour is not one, or the database failed.
pub async fn choose(
    state: &AppState,
    visitor: &Visitor,
    language: Language,
    by_mail: bool,
    quiet: QuietHours,
) -> Result<(), Error> {
    if ![quiet.from_hour, quiet.until_hour]
        .iter()
        .all(|hour| (0..24).contains(hour))
    {
        return Err(Error::unprocessable(|text| text.hour_unknown));
    }
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, state.clock.now(), &state.config.time_zone)
        .await?
        .id;
    touch(&mut transaction, learner, language).await?;
    sqlx::query!(
        "UPDATE reminder_settings SET by_mail = ?, quiet_from_hour = ?, quiet_until_hour = ? WHERE learner_id = ?",
        by_mail,
        quiet.from_hour,
        quiet.until_hour,
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends letters to a learner, as a letter's own link asks.
///
/// # Errors
/// The database failed.
pub async fn unsubscribe(state: &AppState, learner: LearnerId) -> sqlx::Result<()> {
    let mut transaction = state.db.write().await?;
    sqlx::query!(
        "UPDATE reminder_settings SET by_mail = 0 WHERE learner_id = ?",
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Offers the calendar feed, at a new address each time; the one before is no longer valid.
///
/// # Errors
/// The database failed.
pub async fn offer_calendar(
    state: &AppState,
    visitor: &Visitor,
    language: Language,
    offered: bool,
) -> Result<(), Error> {
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, state.clock.now(), &state.config.time_zone)
        .await?
        .id;
    touch(&mut transaction, learner, language).await?;
    sqlx::query!(
        "UPDATE reminder_settings SET calendar_on = ?, calendar_generation = calendar_generation + 1 WHERE learner_id = ?",
        offered,
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Notes that a letter to the learner's address was refused and returns when it may be tried again.
///
/// # Errors
/// The database failed.
pub(super) async fn note_refusal(
    db: &Db,
    learner: LearnerId,
    now: Timestamp,
) -> sqlx::Result<Timestamp> {
    let mut transaction = db.write().await?;
    let failures = sqlx::query_scalar!(
        "UPDATE reminder_settings SET failures = failures + 1 WHERE learner_id = ? RETURNING failures",
        learner,
    )
    .fetch_one(&mut *transaction)
    .await?;
    // 1 hour, 4 hours, 16 hours, then a day and more.
    let hours = 4_i64.pow(u32::try_from(failures - 1).unwrap_or_default().min(4));
    let retry_after = now + SignedDuration::from_hours(hours);
    let retry_after_ms = retry_after.as_millisecond();
    let parked_at_ms = (failures >= FAILURES_UNTIL_PARKED).then(|| now.as_millisecond());
    sqlx::query!(
        "UPDATE reminder_settings SET retry_after_ms = ?, parked_at_ms = ? WHERE learner_id = ?",
        retry_after_ms,
        parked_at_ms,
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(retry_after)
}

/// Notes that a letter was taken.
///
/// # Errors
/// The database failed.
pub(super) async fn note_delivery(db: &Db, learner: LearnerId) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE reminder_settings SET failures = 0, retry_after_ms = NULL WHERE learner_id = ?",
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
