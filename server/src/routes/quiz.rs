//! Answers and ratings, from the API and from the forms of a lesson and of the review. Both lead to the same two steps.

use app::{
    api::{ItemId, NewAnswer, NewReview, Rating, Revealed, Scheduled},
    text::Language,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    error::Error,
    extract::{Form, Json, LanguageCode, Path},
    learners::Visitor,
    retention::{answers, questions, reviews},
    state::AppState,
};

/// `POST /api/v1/answers`.
pub async fn answer(
    State(state): State<AppState>,
    visitor: Visitor,
    Json(new): Json<NewAnswer>,
) -> Result<Response, Error> {
    let revealed = keep_answer(&state, &visitor, &new).await?;
    Ok((visitor.cookie(), axum::Json(revealed)).into_response())
}

/// `POST /api/v1/reviews`.
pub async fn review(
    State(state): State<AppState>,
    visitor: Visitor,
    Json(new): Json<NewReview>,
) -> Result<Response, Error> {
    let scheduled = keep_review(&state, &visitor, &new).await?;
    Ok((visitor.cookie(), axum::Json(scheduled)).into_response())
}

/// The answer form of a lesson.
pub async fn answer_in_lesson(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let new = answer_of(&form)?;
    keep_answer(&state, &visitor, &new).await?;
    Ok((visitor.cookie(), back_to_lesson(language, number, new.item)).into_response())
}

/// The rating form of a lesson.
pub async fn review_in_lesson(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let new = review_of(&form)?;
    keep_review(&state, &visitor, &new).await?;
    Ok((visitor.cookie(), back_to_lesson(language, number, new.item)).into_response())
}

/// The answer form of the review.
pub async fn answer_in_review(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    keep_answer(&state, &visitor, &answer_of(&form)?).await?;
    Ok((visitor.cookie(), back_to_review(language)).into_response())
}

/// The rating form of the review.
pub async fn review_in_review(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    keep_review(&state, &visitor, &review_of(&form)?).await?;
    Ok((visitor.cookie(), back_to_review(language)).into_response())
}

async fn keep_answer(
    state: &AppState,
    visitor: &Visitor,
    new: &NewAnswer,
) -> Result<Revealed, Error> {
    let unknown = || Error::unprocessable(|text| text.item_unknown);
    let published = state.library.of_item(new.item).await?.ok_or_else(unknown)?;
    let (learner, answer) = answers::keep(state, visitor, &published, new).await?;
    questions::reveal(state, &published, &learner, &answer).await
}

async fn keep_review(
    state: &AppState,
    visitor: &Visitor,
    new: &NewReview,
) -> Result<Scheduled, Error> {
    reviews::keep(state, visitor, new).await
}

fn answer_of(form: &Form) -> Result<NewAnswer, Error> {
    Ok(NewAnswer {
        id: form.field("id")?.to_owned(),
        item: ItemId(form.parsed("item")?),
        // The boxes of a multiple choice send a value each.
        text: form.all("text").collect::<Vec<_>>().join(" "),
    })
}

fn review_of(form: &Form) -> Result<NewReview, Error> {
    let rating: u8 = form.parsed("rating")?;
    Ok(NewReview {
        id: form.field("id")?.to_owned(),
        item: ItemId(form.parsed("item")?),
        answer: form.field("answer")?.to_owned(),
        rating: Rating::try_from(rating)
            .map_err(|_| Error::unprocessable(|text| text.rating_unknown))?,
        ticks: form
            .all("tick")
            .filter_map(|tick| tick.parse().ok())
            .collect(),
    })
}

fn back_to_lesson(language: Language, number: u32, item: ItemId) -> Redirect {
    Redirect::to(&format!(
        "/{}/lessons/{number}#q-{}",
        language.code(),
        item.0
    ))
}

fn back_to_review(language: Language) -> Redirect {
    Redirect::to(&format!("/{}/review", language.code()))
}
