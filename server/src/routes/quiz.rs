//! Answers and ratings, from the API and from the forms of a lesson and of the review. Both lead to the same two steps.

use app::{
    api::{ItemId, NewAnswer, NewReview, Rating, Revealed},
    text::Language,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    error::Error,
    extract::{Asked, Form, Json, LanguageCode, Path},
    learners::Visitor,
    retention::{
        answers,
        questions::{self, Setting},
        reviews,
    },
    state::AppState,
};

/// What a program sends: with the moment at which it was given, where it could not be sent at once.
#[derive(Debug, Deserialize)]
pub struct Sent<T> {
    #[serde(flatten)]
    new: T,
    /// By the client's clock, in milliseconds since 1970.
    #[serde(default)]
    given_at_ms: Option<i64>,
}

/// `POST /api/v1/answers`.
pub async fn answer(
    State(state): State<AppState>,
    visitor: Visitor,
    Asked(language): Asked,
    Json(sent): Json<Sent<NewAnswer>>,
) -> Result<Response, Error> {
    let sent = answers::Sent {
        answer: sent.new,
        given_at_ms: sent.given_at_ms,
    };
    let revealed = keep_answer(&state, &visitor, &sent, language).await?;
    Ok((visitor.cookie(), axum::Json(revealed)).into_response())
}

/// `POST /api/v1/reviews`.
pub async fn review(
    State(state): State<AppState>,
    visitor: Visitor,
    Asked(language): Asked,
    Json(sent): Json<Sent<NewReview>>,
) -> Result<Response, Error> {
    let sent = reviews::Sent {
        review: sent.new,
        given_at_ms: sent.given_at_ms,
        language,
    };
    let scheduled = reviews::keep(&state, &visitor, &sent).await?;
    Ok((visitor.cookie(), axum::Json(scheduled)).into_response())
}

/// `POST /api/v1/reviews/{id}/undo`: the rating does not count, whether it has arrived already or not.
pub async fn undo(
    State(state): State<AppState>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Error> {
    reviews::take_back(&state, &visitor, &id).await?;
    Ok((visitor.cookie(), axum::http::StatusCode::NO_CONTENT).into_response())
}

/// The answer form of a lesson.
pub async fn answer_in_lesson(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let sent = answer_of(&form, false)?;
    let item = sent.answer.item;
    keep_answer(&state, &visitor, &sent, language).await?;
    Ok((visitor.cookie(), back_to_lesson(language, number, item)).into_response())
}

/// The rating form of a lesson.
pub async fn review_in_lesson(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let sent = review_of(&form, false, language)?;
    reviews::keep(&state, &visitor, &sent).await?;
    let back = back_to_lesson(language, number, sent.review.item);
    Ok((visitor.cookie(), back).into_response())
}

/// The answer form of the review.
pub async fn answer_in_review(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let sent = answer_of(&form, true)?;
    keep_answer(&state, &visitor, &sent, language).await?;
    Ok((
        visitor.cookie(),
        back_to_review(language, Some(sent.answer.item)),
    )
        .into_response())
}

/// The rating form of the review.
pub async fn review_in_review(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    reviews::keep(&state, &visitor, &review_of(&form, true, language)?).await?;
    Ok((visitor.cookie(), back_to_review(language, None)).into_response())
}

/// The undo form of the review: the question of the rating that was taken back comes next.
pub async fn undo_in_review(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let item = reviews::take_back(&state, &visitor, form.field("review")?).await?;
    Ok((visitor.cookie(), back_to_review(language, item)).into_response())
}

/// Empties an earlier answer, and leads back to the review.
pub async fn forget(
    State(state): State<AppState>,
    Path((LanguageCode(language), id)): Path<(LanguageCode, String)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    if let Some(learner) = visitor.learner(&state.db).await? {
        answers::forget(&state, learner.id, id).await?;
    }
    Ok((visitor.cookie(), back_to_review(language, None)).into_response())
}

async fn keep_answer(
    state: &AppState,
    visitor: &Visitor,
    sent: &answers::Sent,
    language: Language,
) -> Result<Revealed, Error> {
    let unknown = || Error::unprocessable(|text| text.item_unknown);
    let item = sent.answer.item;
    let published = state.library.of_item_also_retired(item).await?;
    let published = published.ok_or_else(unknown)?;
    let (learner, answer) = answers::keep(state, visitor, &published, sent).await?;
    let setting = Setting {
        learner: &learner,
        in_session: sent.answer.session,
        language,
        now: state.clock.now(),
    };
    questions::reveal(state, &published, setting, &answer).await
}

fn answer_of(form: &Form, session: bool) -> Result<answers::Sent, Error> {
    let answer = NewAnswer {
        id: form.field("id")?.to_owned(),
        item: ItemId(form.parsed("item")?),
        // The boxes of a multiple choice send a value each.
        text: form.all("text").collect::<Vec<_>>().join(" "),
        session,
    };
    Ok(answers::Sent {
        answer,
        given_at_ms: None,
    })
}

fn review_of(form: &Form, session: bool, language: Language) -> Result<reviews::Sent, Error> {
    let rating: u8 = form.parsed("rating")?;
    let review = NewReview {
        id: form.field("id")?.to_owned(),
        item: ItemId(form.parsed("item")?),
        answer: form.field("answer")?.to_owned(),
        rating: Rating::try_from(rating)
            .map_err(|_| Error::unprocessable(|text| text.rating_unknown))?,
        ticks: form
            .all("tick")
            .filter_map(|tick| tick.parse().ok())
            .collect(),
        session,
    };
    Ok(reviews::Sent {
        review,
        given_at_ms: None,
        language,
    })
}

fn back_to_lesson(language: Language, number: u32, item: ItemId) -> Redirect {
    Redirect::to(&format!(
        "/{}/lessons/{number}#q-{}",
        language.code(),
        item.0
    ))
}

/// The review, with `item` as its next question where it is due or has an answer that waits for its rating.
fn back_to_review(language: Language, item: Option<ItemId>) -> Redirect {
    let question = item.map_or(String::new(), |item| format!("?item={}", item.0));
    Redirect::to(&format!("/{}/review{question}", language.code()))
}
