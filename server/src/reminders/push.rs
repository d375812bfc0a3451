//! Web Push: browsers that asked for it (the table `push_subscriptions`), and messages to them (RFC 8030).
//!
//! 1. A message is encrypted for one browser (RFC 8291, [`encryption`]).
//! 2. It is handed to the browser's push service, signed so that the service knows the sender (RFC 8292, [`vapid`]).
//! 3. A service that says 404 or 410 will never deliver again, so the subscription is dropped.

pub mod encryption;
pub mod vapid;

use std::{sync::Arc, time::Duration};

use app::{api::NewPushSubscription, text::Language};
use base64::{Engine, alphabet, engine};
use jiff::Timestamp;
use serde::Serialize;

use self::{encryption::BrowserKeys, vapid::Vapid};
use super::settings;
use crate::{
    db::Db,
    error::Error,
    learners::{LearnerId, Visitor},
    state::AppState,
};

/// The push services of today's browsers. A browser names the address that messages go to, and a server that sends
/// requests to any address that it is told would be a tool against the machines around it.
pub const SERVICES: [&str; 4] = [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://web.push.apple.com",
];

/// How long a service may take to answer.
const LIMIT: Duration = Duration::from_secs(15);

/// A service keeps a message for a browser that is off for so long; tomorrow it would be wrong.
const TIME_TO_LIVE_SECONDS: u32 = 12 * 60 * 60;

/// The longest address that a subscription may have.
const MAXIMUM_ENDPOINT_BYTES: usize = 2_048;

/// Browsers write keys with and without padding.
const BASE64: engine::GeneralPurpose = engine::GeneralPurpose::new(
    &alphabet::URL_SAFE,
    engine::GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(engine::DecodePaddingMode::Indifferent),
);

/// Sends messages to browsers.
#[derive(Clone)]
pub struct Pusher {
    vapid: Vapid,
    services: Arc<[String]>,
    agent: ureq::Agent,
}

/// A browser that asked for messages.
pub struct Subscription {
    /// Where messages go.
    pub endpoint: String,
    /// Its language.
    pub language: Language,
    keys: BrowserKeys,
}

/// What a browser shows.
#[derive(Debug, Serialize)]
pub struct Message {
    /// The headline.
    pub title: String,
    /// The text below it.
    pub body: String,
    /// The language of both.
    pub lang: &'static str,
    /// The page that a click opens.
    pub url: String,
}

/// What a push service made of a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was taken.
    Taken,
    /// The browser does not exist any more.
    Gone,
    /// The service answered, and did not take it.
    Refused(u16),
    /// Nothing was sent, or nobody knows.
    Unknown(String),
}

impl Pusher {
    /// The pusher of this installation, which sends to `services` only.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(db: &Db, contact: String, services: &[String]) -> anyhow::Result<Pusher> {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(LIMIT))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        Ok(Pusher {
            vapid: Vapid::open(db, contact).await?,
            services: services.into(),
            agent,
        })
    }

    /// The key with which browsers subscribe, as their scripts take it.
    pub fn public_key(&self) -> String {
        self.vapid.public_key()
    }

    /// The address's scheme, host and port, if it is that of a known service.
    fn origin<'e>(&self, endpoint: &'e str) -> Option<&'e str> {
        let scheme_end = endpoint.find("://")? + 3;
        let host_end = endpoint[scheme_end..].find(['/', '?', '#', '\\', '@'])? + scheme_end;
        let origin = &endpoint[..host_end];
        let known = self
            .services
            .iter()
            .any(|service| match service.split_once('*') {
                None => service == origin,
                Some((before, after)) => {
                    let middle = origin
                        .strip_prefix(before)
                        .and_then(|rest| rest.strip_suffix(after));
                    middle.is_some_and(|name| {
                        !name.is_empty()
                            && name.chars().all(|letter| {
                                letter.is_ascii_alphanumeric() || "-.".contains(letter)
                            })
                    })
                }
            });
        known
            .then_some(origin)
            .filter(|_| endpoint[host_end..].starts_with('/'))
    }

    /// Sends a message to a browser.
    pub async fn send(
        &self,
        subscription: &Subscription,
        message: &Message,
        now: Timestamp,
    ) -> Delivery {
        let Some(origin) = self.origin(&subscription.endpoint) else {
            return Delivery::Gone;
        };
        let payload = serde_json::to_vec(message).expect("texts are JSON");
        let body = encryption::encrypt(&subscription.keys, &payload);
        let authorization = self.vapid.authorization(origin, now);
        let (agent, endpoint) = (self.agent.clone(), subscription.endpoint.clone());
        let answer = tokio::task::spawn_blocking(move || {
            agent
                .post(&endpoint)
                .header("authorization", authorization)
                .header("content-type", "application/octet-stream")
                .header("content-encoding", "aes128gcm")
                .header("ttl", TIME_TO_LIVE_SECONDS.to_string())
                .header("topic", "review")
                .header("urgency", "normal")
                .send(&body[..])
        })
        .await;
        match answer {
            Ok(Ok(answer)) => match answer.status().as_u16() {
                200..=299 => Delivery::Taken,
                404 | 410 => Delivery::Gone,
                status => Delivery::Refused(status),
            },
            Ok(Err(error)) => Delivery::Unknown(error.to_string()),
            Err(error) => Delivery::Unknown(error.to_string()),
        }
    }
}

/// Keeps a browser's subscription; one that subscribes again is the same.
///
/// # Errors
/// The address is not of a known push service, a key is malformed, or the database failed.
pub async fn subscribe(
    state: &AppState,
    visitor: &Visitor,
    language: Language,
    new: &NewPushSubscription,
) -> Result<(), Error> {
    let malformed = || Error::unprocessable(|text| text.push_unknown);
    if new.endpoint.len() > MAXIMUM_ENDPOINT_BYTES || state.pusher.origin(&new.endpoint).is_none() {
        return Err(malformed());
    }
    let bytes = |text: &str| BASE64.decode(text).map_err(|_| malformed());
    let (p256dh, auth) = (bytes(&new.p256dh)?, bytes(&new.auth)?);
    BrowserKeys::read(&p256dh, &auth).ok_or_else(malformed)?;
    let now = state.clock.now();
    let (code, now_ms) = (language.code(), now.as_millisecond());
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?
        .id;
    settings::touch(&mut transaction, learner, language).await?;
    sqlx::query!(
        "INSERT INTO push_subscriptions (endpoint, learner_id, language, p256dh, auth, created_at_ms)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (endpoint) DO UPDATE SET learner_id = excluded.learner_id, language = excluded.language,
             p256dh = excluded.p256dh, auth = excluded.auth",
        new.endpoint,
        learner,
        code,
        p256dh,
        auth,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Forgets one of the learner's browsers, or all of them.
///
/// # Errors
/// The database failed.
pub async fn unsubscribe(db: &Db, learner: LearnerId, endpoint: Option<&str>) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "DELETE FROM push_subscriptions WHERE learner_id = ?1 AND (?2 IS NULL OR endpoint = ?2)",
        learner,
        endpoint,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// The learner's browsers.
///
/// # Errors
/// The database failed.
pub async fn of(db: &Db, learner: LearnerId) -> sqlx::Result<Vec<Subscription>> {
    let rows = sqlx::query!(
        r#"SELECT endpoint AS "endpoint!", language, p256dh, auth FROM push_subscriptions
           WHERE learner_id = ? ORDER BY created_at_ms"#,
        learner,
    )
    .fetch_all(db.reader())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Subscription {
                endpoint: row.endpoint,
                language: Language::from_code(&row.language)?,
                keys: BrowserKeys::read(&row.p256dh, &row.auth)?,
            })
        })
        .collect())
}
