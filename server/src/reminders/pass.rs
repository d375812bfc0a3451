//! A pass over the learners: who is reminded now.
//!
//! 1. Learners who can be reached are read in pages, so that a pass needs little memory however many there are. The
//!    server's own passes read only those whose moment has come.
//! 2. What is due is read, and the rule decides.
//! 3. A reminder is claimed in the outbox, then sent over each of the learner's channels.

use std::time::Duration;

use app::{api::ItemId, text::Language};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};
use tokio::{sync::watch, time};

use super::{
    letter::{self, DueQuestion},
    outbox::{self, Channel, Claim},
    outlook::{self, Outlook},
    push::{self, Delivery, Message},
    rule::{Decision, QuietHours, Reason},
    settings,
};
use crate::{
    learners::{Learner, LearnerId, LearnerRow},
    links::{self, Link, Purpose},
    mail::{
        Address,
        server::{Connection, Undelivered},
    },
    state::AppState,
};

/// How often the server makes a pass.
const EVERY: Duration = Duration::from_secs(60);

/// So many learners are read at once.
const PAGE: i64 = 256;

/// So many learners are decided about at a time: as many as the database has readers.
const CONCURRENCY: usize = 4;

/// After a failure of our own, such as a mail server that cannot be reached, a learner is looked at again.
const TRY_AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// What a pass does.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The moment that it is made for.
    pub at: Timestamp,
    /// Whether it only says what it would do.
    pub dry_run: bool,
    /// Whether it looks at every learner, not only at those whose moment has come.
    pub everyone: bool,
}

/// What a pass did, or would do, about one learner over one channel.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The learner's number.
    pub learner: i64,
    /// `email` or `push`.
    pub channel: &'static str,
    /// Whether a reminder is sent.
    pub send: bool,
    /// Why, or why not, in a word.
    pub reason: &'static str,
    /// The items that are due.
    pub items: Vec<ItemId>,
    /// When it is sent; otherwise, when the learner is looked at again.
    #[serde(serialize_with = "moment")]
    pub at: Timestamp,
}

fn moment<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// A learner who can be reached.
struct Candidate {
    learner: Learner,
    language: Language,
    quiet: QuietHours,
    /// The confirmed address that reminders go to.
    address: Option<String>,
    retry_after: Option<Timestamp>,
    parked: bool,
    has_push: bool,
}

/// Makes a pass every minute until the server stops.
pub async fn keep_up(state: AppState, mut stopped: watch::Receiver<bool>) {
    let mut minutes = time::interval(EVERY);
    minutes.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = minutes.tick() => {}
            _ = stopped.changed() => return,
        }
        let options = Options {
            at: state.clock.now(),
            dry_run: false,
            everyone: false,
        };
        if let Err(error) = make(&state, options, |_| {}).await {
            tracing::error!(error = format!("{error:#}"), "a pass of reminders failed");
        }
    }
}

/// Makes a pass and tells `each` about every learner that it looked at.
///
/// # Errors
/// The database failed.
pub async fn make(
    state: &AppState,
    options: Options,
    mut each: impl FnMut(Entry),
) -> anyhow::Result<()> {
    let mut after = LearnerId(0);
    let mut post = Post {
        state,
        connection: None,
        server_failed: false,
    };
    loop {
        let page = candidates(state, after, options).await?;
        let Some(last) = page.last() else { break };
        after = last.learner.id;
        let mut next_checks = Vec::new();
        let mut decided = stream::iter(page)
            .map(|candidate| async move {
                let read = outlook::read(state, &candidate.learner, candidate.quiet, options.at);
                read.await.map(|outlook| (candidate, outlook))
            })
            .buffered(CONCURRENCY);
        while let Some((candidate, outlook)) = decided.try_next().await? {
            let (entries, next_check) = post.remind(&candidate, &outlook, options).await?;
            next_checks.push((candidate.learner.id, next_check));
            entries.into_iter().for_each(&mut each);
        }
        if !options.dry_run {
            look_again(state, &next_checks).await?;
        }
    }
    post.close().await;
    Ok(())
}

async fn candidates(
    state: &AppState,
    after: LearnerId,
    options: Options,
) -> anyhow::Result<Vec<Candidate>> {
    // The end of time where everyone is looked at.
    let moment_ms = if options.everyone {
        i64::MAX
    } else {
        options.at.as_millisecond()
    };
    let rows = sqlx::query!(
        r#"SELECT learners.id AS "id!: LearnerId", time_zone, day_starts_at_hour AS "day_starts_at_hour: i8",
                  desired_retention AS "desired_retention: f32", new_items_per_day AS "new_items_per_day: u32",
                  reviews_per_day AS "reviews_per_day: u32", parameters,
                  language, address, confirmed_at_ms, by_mail AS "by_mail: bool",
                  quiet_from_hour AS "quiet_from_hour: i8", quiet_until_hour AS "quiet_until_hour: i8",
                  retry_after_ms, parked_at_ms,
                  EXISTS (SELECT 1 FROM push_subscriptions WHERE push_subscriptions.learner_id = learners.id)
                      AS "has_push!: bool"
           FROM reminder_settings JOIN learners ON learners.id = reminder_settings.learner_id
           WHERE reminder_settings.learner_id > ? AND next_check_at_ms <= ?
           ORDER BY reminder_settings.learner_id LIMIT ?"#,
        after,
        moment_ms,
        PAGE,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Candidate {
                learner: LearnerRow {
                    id: row.id,
                    time_zone: row.time_zone,
                    day_starts_at_hour: row.day_starts_at_hour,
                    desired_retention: row.desired_retention,
                    new_items_per_day: row.new_items_per_day,
                    reviews_per_day: row.reviews_per_day,
                    parameters: row.parameters,
                }
                .into(),
                language: Language::from_code(&row.language).unwrap_or(Language::Bulgarian),
                quiet: QuietHours {
                    from_hour: row.quiet_from_hour,
                    until_hour: row.quiet_until_hour,
                },
                address: row
                    .address
                    .filter(|_| row.by_mail && row.confirmed_at_ms.is_some()),
                retry_after: row
                    .retry_after_ms
                    .map(Timestamp::from_millisecond)
                    .transpose()?,
                parked: row.parked_at_ms.is_some(),
                has_push: row.has_push,
            })
        })
        .collect()
}

/// Sends what a pass decided; one connection to the mail server serves the whole pass.
struct Post<'a> {
    state: &'a AppState,
    connection: Option<Connection>,
    /// Whether the mail server failed in this pass: it is not asked again for each of the others.
    server_failed: bool,
}

/// What one channel is about to send.
struct Reminder<'a> {
    candidate: &'a Candidate,
    reason: Reason,
    questions: &'a [DueQuestion],
    count: usize,
    now: Timestamp,
}

/// What became of a reminder over one channel.
enum Outcome {
    Sent,
    /// Nobody knows, so it counts as sent.
    Unknown,
    /// It was not delivered and may be tried again then.
    Later(&'static str, Timestamp),
}

impl Post<'_> {
    async fn remind(
        &mut self,
        candidate: &Candidate,
        outlook: &Outlook,
        options: Options,
    ) -> anyhow::Result<(Vec<Entry>, Timestamp)> {
        let mut entries = Vec::new();
        let mut next_check = match outlook.decision {
            // Tomorrow's first moment is found at the next look.
            Decision::Send(_) => options.at + SignedDuration::from_hours(1),
            Decision::Hold(_, until) => until,
        };
        for channel in candidate.channels() {
            let (send, reason, at) =
                match (outlook.decision, candidate.obstacle(channel, options.at)) {
                    (Decision::Hold(why, until), _) => (false, why.word(), until),
                    (Decision::Send(_), Some((why, until))) => (false, why, until),
                    (Decision::Send(_), None)
                        if channel == Channel::Mail && self.state.mail.is_none() =>
                    {
                        (false, "mail_not_configured", options.at + TRY_AGAIN)
                    }
                    (Decision::Send(reason), None) if options.dry_run => {
                        (true, reason.word(), options.at)
                    }
                    (Decision::Send(reason), None) => {
                        match self
                            .deliver(candidate, outlook, channel, reason, options.at)
                            .await?
                        {
                            None => (false, "already_today", options.at),
                            Some(Outcome::Sent | Outcome::Unknown) => {
                                (true, reason.word(), options.at)
                            }
                            Some(Outcome::Later(why, until)) => {
                                next_check = next_check.min(until);
                                (false, why, until)
                            }
                        }
                    }
                };
            entries.push(Entry {
                learner: candidate.learner.id.0,
                channel: channel.word(),
                send,
                reason,
                items: outlook.due.clone(),
                at,
            });
        }
        Ok((entries, next_check))
    }

    async fn deliver(
        &mut self,
        candidate: &Candidate,
        outlook: &Outlook,
        channel: Channel,
        reason: Reason,
        now: Timestamp,
    ) -> anyhow::Result<Option<Outcome>> {
        let db = &self.state.db;
        let items = serde_json::to_string(&outlook.due)?;
        let learner = candidate.learner.id;
        let Some(claim) =
            outbox::claim(db, learner, channel, outlook.today, reason, &items, now).await?
        else {
            return Ok(None);
        };
        let questions = letter::questions(self.state, &outlook.due).await?;
        let reminder = Reminder {
            candidate,
            reason,
            questions: &questions,
            count: outlook.due.len(),
            now,
        };
        let outcome = match channel {
            Channel::Mail => self.by_mail(&reminder, claim).await?,
            Channel::Push => self.by_push(&reminder).await?,
        };
        match outcome {
            Outcome::Sent => outbox::settle(db, claim, true).await?,
            Outcome::Later(..) => outbox::settle(db, claim, false).await?,
            Outcome::Unknown => {}
        }
        Ok(Some(outcome))
    }

    async fn by_mail(&mut self, reminder: &Reminder<'_>, claim: Claim) -> anyhow::Result<Outcome> {
        let (state, candidate, now) = (self.state, reminder.candidate, reminder.now);
        let learner = candidate.learner.id;
        let later = Outcome::Later("mail_server_failed", now + TRY_AGAIN);
        let (Some(mail), Some(address)) = (&state.mail, &candidate.address) else {
            return Ok(later);
        };
        let Ok(to) = Address::read(address) else {
            return self.refused(learner, now).await;
        };
        if self.server_failed {
            return Ok(later);
        }
        if !self.connection.as_ref().is_some_and(Connection::is_usable) {
            match mail.connect().await {
                Ok(connection) => self.connection = Some(connection),
                Err(undelivered) => {
                    tracing::error!(%undelivered, "reminders wait for the mail server");
                    self.server_failed = true;
                    return Ok(later);
                }
            }
        }
        let secret = {
            let mut transaction = state.db.write().await?;
            let link = Link {
                learner: Some(learner),
                ..Link::default()
            };
            let secret = links::make(&mut transaction, Purpose::SignIn, &link, now).await?;
            transaction.commit().await?;
            secret
        };
        let due = (reminder.questions, reminder.count);
        let letter = letter::reminder(
            state,
            candidate.language,
            learner,
            to,
            reminder.reason,
            due,
            &secret,
        );
        let Some(connection) = &mut self.connection else {
            return Ok(later);
        };
        match connection.send(&letter).await {
            Ok(()) => {
                settings::note_delivery(&state.db, learner).await?;
                Ok(Outcome::Sent)
            }
            Err(Undelivered::Unknown(reason)) => {
                tracing::warn!(
                    ?claim,
                    reason,
                    "nobody knows whether a reminder was delivered"
                );
                self.connection = None;
                Ok(Outcome::Unknown)
            }
            Err(Undelivered::Refused(reason)) => {
                tracing::warn!(learner = learner.0, reason, "a reminder was refused");
                self.refused(learner, now).await
            }
            Err(Undelivered::Server(_)) => Ok(later),
        }
    }

    async fn refused(&self, learner: LearnerId, now: Timestamp) -> anyhow::Result<Outcome> {
        let retry_after = settings::note_refusal(&self.state.db, learner, now).await?;
        Ok(Outcome::Later("refused", retry_after))
    }

    async fn by_push(&self, reminder: &Reminder<'_>) -> anyhow::Result<Outcome> {
        let (state, learner) = (self.state, reminder.candidate.learner.id);
        let mut taken = false;
        let mut unknown = false;
        for subscription in push::of(&state.db, learner).await? {
            let language = subscription.language;
            let (title, body) = letter::message(
                language,
                reminder.reason,
                reminder.questions,
                reminder.count,
            );
            let message = Message {
                title,
                body,
                lang: language.code(),
                url: format!("/{}/review", language.code()),
            };
            match state
                .pusher
                .send(&subscription, &message, reminder.now)
                .await
            {
                Delivery::Taken => taken = true,
                Delivery::Gone => {
                    push::unsubscribe(&state.db, learner, Some(&subscription.endpoint)).await?;
                }
                Delivery::Refused(status) => {
                    tracing::warn!(
                        learner = learner.0,
                        status,
                        "a push service refused a message"
                    );
                }
                Delivery::Unknown(reason) => {
                    tracing::warn!(learner = learner.0, reason, "a push service did not answer");
                    unknown = true;
                }
            }
        }
        Ok(match (taken, unknown) {
            (true, _) => Outcome::Sent,
            (false, true) => Outcome::Unknown,
            (false, false) => {
                Outcome::Later("refused", reminder.now + SignedDuration::from_hours(1))
            }
        })
    }

    async fn close(self) {
        if let Some(connection) = self.connection {
            connection.close().await;
        }
    }
}

/// Notes when learners are looked at again, a page of them at once. If this is lost they are looked at too soon, and the
/// outbox knows what they were sent.
async fn look_again(state: &AppState, learners: &[(LearnerId, Timestamp)]) -> sqlx::Result<()> {
    let mut transaction = state.db.write().await?;
    for (learner, at) in learners {
        let at_ms = at.as_millisecond();
        sqlx::query!(
            "UPDATE reminder_settings SET next_check_at_ms = ? WHERE learner_id = ?",
            at_ms,
            learner,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

impl Candidate {
    fn channels(&self) -> impl Iterator<Item = Channel> + use<> {
        let mail = self.address.is_some().then_some(Channel::Mail);
        mail.into_iter()
            .chain(self.has_push.then_some(Channel::Push))
    }

    /// Why a channel cannot be used now, and until when.
    fn obstacle(&self, channel: Channel, now: Timestamp) -> Option<(&'static str, Timestamp)> {
        if channel == Channel::Push {
            return None;
        }
        let tomorrow = now + SignedDuration::from_hours(24);
        if self.parked {
            return Some(("parked", tomorrow));
        }
        self.retry_after
            .filter(|retry_after| *retry_after > now)
            .map(|retry_after| ("backing_off", retry_after))
    }
}
