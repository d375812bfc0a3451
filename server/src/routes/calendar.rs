//! `/calendar/<secret>.ics`: the feed that calendars fetch. Whoever has the address may read it.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    error::Error,
    extract::Path,
    learners::{self, LearnerId},
    reminders::{calendar, settings},
    state::AppState,
};

/// The feed.
pub async fn feed(
    State(state): State<AppState>,
    Path(file): Path<String>,
) -> Result<Response, Error> {
    let [learner, generation] = file
        .strip_suffix(".ics")
        .and_then(|secret| state.signer.verify(calendar::CALENDAR, secret))
        .ok_or(Error::NotFound)?;
    let learner = learners::by_id(state.db.reader(), LearnerId(learner))
        .await?
        .ok_or(Error::NotFound)?;
    let settings = settings::of(&state.db, learner.id).await?;
    // A revoked address leads nowhere, like one that never was.
    if settings.calendar != Some(generation) {
        return Err(Error::NotFound);
    }
    let feed = calendar::feed(&state, &learner, &settings, state.clock.now()).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    Ok((headers, feed).into_response())
}
