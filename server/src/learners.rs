//! Learners: who is asking, known by a signed cookie.
//!
//! 1. The first page with something to answer sets the cookie: a random UUID, signed. Nothing is stored yet, so readers
//!    and robots cost no write.
//! 2. The first answer, draft or submission stores the learner, and that the UUID is theirs: a row of `sessions`. A client
//!    that repeats the request before it has seen the first response is therefore still the same learner.
//! 3. A learner may have several sessions. One that was signed out or revoked is nobody's; whoever goes on in that browser
//!    is a new learner.

pub mod archive;
pub mod settings;

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use axum_extra::extract::cookie::{Cookie, Key, SameSite, SignedCookieJar};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sqlx::{Sqlite, SqliteExecutor, Transaction};
use uuid::Uuid;

use crate::{
    db::Db,
    retention::{day, schedule::Parameters},
    state::AppState,
};

const COOKIE: &str = "learner";
const COOKIE_KEY: &str = "cookie key";

/// The number of a learner in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct LearnerId(pub i64);

/// What scheduling needs to know about a learner.
#[derive(Clone, Debug)]
pub struct Learner {
    /// Their number.
    pub id: LearnerId,
    /// Where their days begin and end.
    pub time_zone: TimeZone,
    /// The hour at which a new day begins.
    pub day_starts_at_hour: i8,
    /// The probability of recall at which an item is due.
    pub desired_retention: f32,
    /// How many new items enter their review in a day.
    pub new_items_per_day: u32,
    /// The most items that come back in a day.
    pub reviews_per_day: u32,
    /// The parameters of their memory.
    pub parameters: Parameters,
}

/// A learner as the database has them.
#[derive(Debug)]
pub(crate) struct LearnerRow {
    pub(crate) id: LearnerId,
    pub(crate) time_zone: String,
    pub(crate) day_starts_at_hour: i8,
    pub(crate) desired_retention: f32,
    pub(crate) new_items_per_day: u32,
    pub(crate) reviews_per_day: u32,
    pub(crate) parameters: Option<String>,
}

impl From<LearnerRow> for Learner {
    fn from(row: LearnerRow) -> Learner {
        Learner {
            id: row.id,
            // A zone that a later release of the time zone database dropped must not lock its learners out.
            time_zone: TimeZone::get(&row.time_zone).unwrap_or(TimeZone::UTC),
            day_starts_at_hour: row.day_starts_at_hour,
            desired_retention: row.desired_retention,
            new_items_per_day: row.new_items_per_day,
            reviews_per_day: row.reviews_per_day,
            parameters: Parameters::read(row.parameters.as_deref()),
        }
    }
}

impl Learner {
    /// The learner's day at `now`.
    pub fn today(&self, now: Timestamp) -> Date {
        day::of(now, &self.time_zone, self.day_starts_at_hour)
    }
}

/// Who is asking: an identity that may or may not be stored yet.
#[derive(Clone)]
pub struct Visitor {
    token: String,
    /// Whether the browser had the cookie; without it nobody can be stored under the token yet.
    returning: bool,
    jar: SignedCookieJar,
    secure: bool,
    user_agent: String,
    peer: Option<IpAddr>,
}

/// The machine at the other end of a connection, as the accept loop knows it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The header in which a proxy names the machine that it asks for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The machine that asks. A proxy on this machine is believed; what anybody else says of themselves is not.
fn peer(parts: &Parts) -> Option<IpAddr> {
    let Peer(peer) = *parts.extensions.get::<Peer>()?;
    let forwarded = parts
        .headers
        .get(FORWARDED_FOR)
        .filter(|_| peer.is_loopback())
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    Some(forwarded.unwrap_or(peer))
}

/// So much of what a browser says about itself is kept.
const USER_AGENT_CHARACTERS: usize = 200;

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Visitor, Infallible> {
        let jar = SignedCookieJar::from_headers(&parts.headers, state.cookie_key.clone());
        let cookie = jar.get(COOKIE);
        let returning = cookie.is_some();
        let token = cookie.map_or_else(
            || Uuid::new_v4().to_string(),
            |cookie| cookie.value().to_owned(),
        );
        Ok(Visitor {
            token,
            returning,
            jar,
            secure: state.config.secure_cookies(),
            peer: peer(parts),
            user_agent: parts
                .headers
                .get(header::USER_AGENT)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .chars()
                .take(USER_AGENT_CHARACTERS)
                .collect(),
        })
    }
}

impl Visitor {
    /// The token of a browser that had the cookie: only under such a token can anybody be stored.
    pub fn returning_token(&self) -> Option<&str> {
        Some(self.token.as_str()).filter(|_| self.returning)
    }

    /// The response part that keeps the identity in the browser; browsers keep it for at most 400 days from each visit.
    pub fn cookie(self) -> SignedCookieJar {
        let cookie = Cookie::build((COOKIE, self.token))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .permanent();
        self.jar.add(cookie)
    }

    /// The response part after which the browser is a stranger's.
    pub fn forget(self) -> SignedCookieJar {
        self.jar.remove(Cookie::build(COOKIE).path("/"))
    }

    /// The learner with this identity, if stored.
    ///
    /// # Errors
    /// The database failed.
    pub async fn learner(&self, db: &Db) -> sqlx::Result<Option<Learner>> {
        match self.returning_token() {
            Some(token) => find(token, db.reader()).await,
            None => Ok(None),
        }
    }

    /// The same inside a write.
    ///
    /// # Errors
    /// The database failed.
    pub async fn learner_in(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> sqlx::Result<Option<Learner>> {
        match self.returning_token() {
            Some(token) => find(token, &mut **transaction).await,
            None => Ok(None),
        }
    }

    /// The machine that asks, where the request came over a network.
    pub fn peer(&self) -> Option<IpAddr> {
        self.peer
    }

    /// The learner with this identity, stored now if not yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn learner_or_new(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        now: Timestamp,
        time_zone: &str,
    ) -> sqlx::Result<Learner> {
        let now_ms = now.as_millisecond();
        if let Some(learner) = find(&self.token, &mut **transaction).await? {
            // To the day is enough to recognise a browser by.
            sqlx::query!(
                "UPDATE sessions SET last_used_at_ms = ?1 WHERE token = ?2 AND last_used_at_ms <= ?1 - 86400000",
                now_ms,
                self.token,
            )
            .execute(&mut **transaction)
            .await?;
            return Ok(learner);
        }
        // The token itself is free unless its session was ended: then the learner it was made for has it.
        let other = Uuid::new_v4().to_string();
        let learner = sqlx::query_scalar!(
            r#"INSERT INTO learners (token, created_at_ms, time_zone)
               VALUES (CASE WHEN EXISTS (SELECT 1 FROM learners WHERE token = ?1) THEN ?2 ELSE ?1 END, ?3, ?4)
               RETURNING id AS "id!: LearnerId""#,
            self.token,
            other,
            now_ms,
            time_zone,
        )
        .fetch_one(&mut **transaction)
        .await?;
        self.belongs_to(transaction, learner, now).await?;
        find(&self.token, &mut **transaction)
            .await?
            .ok_or(sqlx::Error::RowNotFound)
    }

    /// Notes that this browser is the learner's.
    ///
    /// # Errors
    /// The database failed.
    pub async fn belongs_to(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        learner: LearnerId,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        let now_ms = now.as_millisecond();
        sqlx::query!(
            "INSERT INTO sessions (token, learner_id, user_agent, created_at_ms, last_used_at_ms) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (token) DO UPDATE SET learner_id = excluded.learner_id, user_agent = excluded.user_agent,
                 created_at_ms = excluded.created_at_ms, last_used_at_ms = excluded.last_used_at_ms",
            self.token,
            learner,
            self.user_agent,
            now_ms,
            now_ms,
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// The same browser under a new token: who signs in must not keep a token that somebody else may have set.
    pub fn renewed(self) -> Visitor {
        Visitor {
            token: Uuid::new_v4().to_string(),
            returning: true,
            ..self
        }
    }
}

async fn find<'c>(token: &str, database: impl SqliteExecutor<'c>) -> sqlx::Result<Option<Learner>> {
    let row = sqlx::query_as!(
        LearnerRow,
        r#"SELECT id AS "id: LearnerId", time_zone, day_starts_at_hour AS "day_starts_at_hour: i8",
                  desired_retention AS "desired_retention: f32", new_items_per_day AS "new_items_per_day: u32",
                  reviews_per_day AS "reviews_per_day: u32", parameters
           FROM learners WHERE id = (SELECT learner_id FROM sessions WHERE token = ?)"#,
        token,
    )
    .fetch_optional(database)
    .await?;
    Ok(row.map(Learner::from))
}

/// The learner with this number.
///
/// # Errors
/// The database failed.
pub async fn by_id<'c>(
    database: impl SqliteExecutor<'c>,
    id: LearnerId,
) -> sqlx::Result<Option<Learner>> {
    let row = sqlx::query_as!(
        LearnerRow,
        r#"SELECT id AS "id: LearnerId", time_zone, day_starts_at_hour AS "day_starts_at_hour: i8",
                  desired_retention AS "desired_retention: f32", new_items_per_day AS "new_items_per_day: u32",
                  reviews_per_day AS "reviews_per_day: u32", parameters
           FROM learners WHERE id = ?"#,
        id,
    )
    .fetch_optional(database)
    .await?;
    Ok(row.map(Learner::from))
}

/// The key that signs cookies. It is made once and kept in the database, so that a server started on a backup knows the
/// same learners.
///
/// # Errors
/// The database failed.
pub async fn cookie_key(db: &Db) -> sqlx::Result<Key> {
    let mut transaction = db.write().await?;
    let fresh = Key::generate();
    let fresh_bytes = fresh.master();
    sqlx::query!(
        "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        COOKIE_KEY,
        fresh_bytes,
    )
    .execute(&mut *transaction)
    .await?;
    let kept = sqlx::query_scalar!("SELECT value FROM secrets WHERE name = ?", COOKIE_KEY)
        .fetch_one(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Key::from(&kept))
}
