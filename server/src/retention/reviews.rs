//! Ratings: the tables `reviews` and `review_undos`, both append-only.
//!
//! 1. [`keep`] appends a rating; [`take_back`] appends that one does not count.
//! 2. Then the item's whole history is folded anew ([`memories::fold`]). Late, repeated and taken-back ratings therefore
//!    lead to the same memory in whatever order the requests arrive.

use app::{
    api::{ItemId, ItemKind, NewReview, Scheduled},
    text::Language,
};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{memories, schedule::Review};
use crate::{
    db::Write,
    error::{Error, Sentence},
    learners::{Learner, LearnerId, Visitor},
    state::AppState,
    text::Text,
};

/// The most points that a rubric can have ticks for.
const MAXIMUM_TICKS: usize = 64;

/// Clocks may differ by this much before it is worth a word.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// A rating as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The rating.
    pub review: NewReview,
    /// When it was given by the client's clock, in milliseconds since 1970, where it comes later than it was given.
    pub given_at_ms: Option<i64>,
    /// The language to answer in.
    pub language: Language,
}

/// Keeps a rating, once however often it is sent, and returns what the item's ratings lead to. Of an answer that was
/// rated twice, in two windows, the earlier rating counts.
///
/// # Errors
/// The answer is not this learner's answer to this item, the rating is not offered for it, or the database failed.
pub async fn keep(state: &AppState, visitor: &Visitor, sent: &Sent) -> Result<Scheduled, Error> {
    let id = Uuid::try_parse(&sent.review.id)
        .map_err(|_| Error::unprocessable(|text| text.id_malformed))?
        .to_string();
    if sent.review.ticks.len() > MAXIMUM_TICKS {
        return Err(Error::unprocessable(|text| text.malformed));
    }
    let (visitor, sent) = (visitor.clone(), sent.clone());
    let (now, time_zone) = (state.clock.now(), state.config.time_zone.clone());
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                append(write, &learner, id, &sent, now).await
            })
        })
        .await?
        // It was kept, but had been taken back before it arrived, and there is no other rating.
        .ok_or(Error::Refused(StatusCode::CONFLICT, |text| {
            text.rating_taken_back
        }))
}

async fn append(
    write: &mut Write,
    learner: &Learner,
    id: String,
    sent: &Sent,
    now: Timestamp,
) -> Result<Option<Scheduled>, Error> {
    let new = &sent.review;
    let answer = sqlx::query!(
        r#"SELECT is_right AS "is_right: bool", items.kind AS "kind!", retired_at_ms FROM answers
           JOIN items ON items.id = answers.item_id
           WHERE answers.id = ? AND learner_id = ? AND item_id = ?"#,
        new.answer,
        learner.id,
        new.item.0,
    )
    .fetch_optional(&mut **write)
    .await?
    .ok_or(Error::unprocessable(|text| text.answer_unknown))?;
    if !memories::is_offered(new.rating, answer.is_right) {
        return Err(Error::unprocessable(|text| text.rating_not_offered));
    }
    let kind = ItemKind::from_name(&answer.kind).unwrap_or(ItemKind::Quiz);
    let (at, told_about_time) = moment(write, learner.id, new.item, sent, now).await?;
    let rated_before = is_rated(write, &new.answer).await?;
    let review = Review {
        rating: new.rating,
        at,
        on: learner.today(at),
        in_session: new.session,
    };
    if !insert(write, learner.id, &id, new, &review).await? {
        // Sent again, unless the id stands for the rating of another answer.
        let kept = sqlx::query_scalar!("SELECT answer_id FROM reviews WHERE id = ?", id)
            .fetch_one(&mut **write)
            .await?;
        if kept != new.answer {
            return Err(Error::Refused(StatusCode::CONFLICT, |text| text.id_taken));
        }
    }
    let counted = counted(write, learner.id, &new.answer).await?;
    let history = memories::fold(write, learner, new.item, kind).await?;
    let Some(history) = history else {
        return Ok(None);
    };
    let notice: Option<Sentence> = if answer.retired_at_ms.is_some() {
        Some(|text| text.rated_retired)
    } else if rated_before && counted.as_deref() != Some(&*id) {
        Some(|text| text.rated_before)
    } else {
        told_about_time
    };
    let mut scheduled = memories::scheduled(&history, learner.today(now), now, sent.language);
    if let Some(notice) = notice {
        let notice = notice(Text::of(sent.language));
        scheduled.words = format!("{}. {notice}", scheduled.words);
        scheduled.notice = Some(notice.to_owned());
    }
    Ok(Some(scheduled))
}

/// When a rating was given, and what the learner should know about that.
async fn moment(
    write: &mut Write,
    learner: LearnerId,
    item: ItemId,
    sent: &Sent,
    now: Timestamp,
) -> Result<(Timestamp, Option<Sentence>), Error> {
    let last_ms = sqlx::query_scalar!(
        r#"SELECT max(reviewed_at_ms) AS "last: i64" FROM standing_reviews WHERE learner_id = ? AND item_id = ?"#,
        learner,
        item.0,
    )
    .fetch_one(&mut **write)
    .await?;
    let last = last_ms.map(Timestamp::from_millisecond).transpose()?;
    let Some(given_at_ms) = sent.given_at_ms else {
        return Ok(match last {
            // What is rated now comes after everything that was rated before, also when our clock was set back.
            Some(last) if last >= now => (
                last.saturating_add(SignedDuration::from_millis(1))?,
                (last > now.saturating_add(CLOCK_TOLERANCE)?)
                    .then_some((|text| text.clock_set_back) as Sentence),
            ),
            _ => (now, None),
        });
    };
    let given_at = Timestamp::from_millisecond(given_at_ms)
        .map_err(|_| Error::unprocessable(|text| text.malformed))?;
    if given_at > now.saturating_add(CLOCK_TOLERANCE)? {
        return Ok((now, Some(|text| text.rated_in_future)));
    }
    let is_late = last.is_some_and(|last| last > given_at);
    Ok((
        given_at.min(now),
        is_late.then_some((|text| text.rated_out_of_order) as Sentence),
    ))
}

async fn is_rated(write: &mut Write, answer: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM standing_reviews WHERE answer_id = ?) AS "rated!: bool""#,
        answer,
    )
    .fetch_one(&mut **write)
    .await
}

/// The rating of the answer that counts.
async fn counted(
    write: &mut Write,
    learner: LearnerId,
    answer: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM standing_reviews WHERE answer_id = ? AND learner_id = ?"#,
        answer,
        learner,
    )
    .fetch_optional(&mut **write)
    .await
}

/// Appends a rating; false where one is kept under its id already.
async fn insert(
    write: &mut Write,
    learner: LearnerId,
    id: &str,
    new: &NewReview,
    review: &Review,
) -> Result<bool, Error> {
    let rating = i64::from(u8::from(review.rating));
    let ticks = serde_json::to_string(&new.ticks)?;
    let (at_ms, on) = (review.at.as_millisecond(), review.on.to_string());
    let inserted = sqlx::query!(
        "INSERT INTO reviews
             (id, learner_id, item_id, answer_id, rating, ticks, reviewed_at_ms, reviewed_on, in_session)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        id,
        learner,
        new.item.0,
        new.answer,
        rating,
        ticks,
        at_ms,
        on,
        review.in_session,
    )
    .execute(&mut **write)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

/// Takes a rating back, once however often it is asked, and returns the item that it was about. A rating that has not
/// arrived yet is taken back when it does.
///
/// # Errors
/// The id is no UUID, or the database failed.
pub async fn take_back(
    state: &AppState,
    visitor: &Visitor,
    review: &str,
) -> Result<Option<ItemId>, Error> {
    let id = Uuid::try_parse(review)
        .map_err(|_| Error::unprocessable(|text| text.id_malformed))?
        .to_string();
    let visitor = visitor.clone();
    let (now, time_zone) = (state.clock.now(), state.config.time_zone.clone());
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                append_undo(write, &learner, &id, now).await
            })
        })
        .await
}

async fn append_undo(
    write: &mut Write,
    learner: &Learner,
    review: &str,
    now: Timestamp,
) -> Result<Option<ItemId>, Error> {
    let now_ms = now.as_millisecond();
    sqlx::query!(
        "INSERT INTO review_undos (learner_id, review_id, undone_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (learner_id, review_id) DO NOTHING",
        learner.id,
        review,
        now_ms,
    )
    .execute(&mut **write)
    .await?;
    let rated = sqlx::query!(
        r#"SELECT item_id, kind FROM reviews JOIN items ON items.id = reviews.item_id
           WHERE reviews.id = ? AND learner_id = ?"#,
        review,
        learner.id,
    )
    .fetch_optional(&mut **write)
    .await?;
    let Some(rated) = rated else { return Ok(None) };
    let item = ItemId(rated.item_id);
    let kind = ItemKind::from_name(&rated.kind).unwrap_or(ItemKind::Quiz);
    memories::fold(write, learner, item, kind).await?;
    Ok(Some(item))
}
