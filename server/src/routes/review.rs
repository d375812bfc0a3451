//! The review: what is due, one item at a time.

use app::{
    api::ReviewQueue,
    pages::review::{self, ReviewView},
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    learners::{Learner, Visitor},
    render::{self, Place},
    retention::{answers, day, questions, queue},
    state::AppState,
};

/// `GET /bg/review`.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let learner = visitor.learner(&state.db).await?;
    let queue = read(&state, learner.as_ref()).await?;
    let due_count = learner.is_some().then_some(queue.due_count);
    let view = ReviewView {
        queue,
        answer_id: Uuid::now_v7().to_string(),
        review_id: Uuid::now_v7().to_string(),
    };
    let place = Place::page(language, "/review");
    let page = render::page(&state, &place, due_count, |shell| {
        review::render(shell, view)
    });
    Ok((visitor.cookie(), page).into_response())
}

/// `GET /api/v1/review`.
pub async fn api(
    State(state): State<AppState>,
    visitor: Visitor,
) -> Result<Json<ReviewQueue>, Error> {
    let learner = visitor.learner(&state.db).await?;
    Ok(Json(read(&state, learner.as_ref()).await?))
}

async fn read(state: &AppState, learner: Option<&Learner>) -> Result<ReviewQueue, Error> {
    let mut answer = ReviewQueue {
        next: None,
        revealed: None,
        due_count: 0,
        reviewed_today: 0,
        next_due_on: None,
    };
    let Some(learner) = learner else {
        return Ok(answer);
    };
    let queue = queue::read(state, learner, learner.today(state.clock.now())).await?;
    answer.due_count = u32::try_from(queue.due.len())?;
    answer.reviewed_today = queue.reviewed_today;
    answer.next_due_on = queue.next_due_on.map(day::on_the_wire);
    let Some(item) = queue.due.first().copied() else {
        return Ok(answer);
    };
    let Some(published) = state.library.of_item(item).await? else {
        return Ok(answer);
    };
    answer.next = questions::question(&published, item);
    let now = state.clock.now();
    if let Some(latest) = answers::latest(state, learner.id, item).await?
        && latest.waits_for_rating(learner, now)
    {
        answer.revealed = Some(questions::reveal(state, &published, learner, &latest).await?);
    }
    Ok(answer)
}
