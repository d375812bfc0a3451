//! Web Push: the scripts that it needs, and the browsers that ask for messages.

use app::{api::NewPushSubscription, scripts, text::Language};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{error::Error, extract::Json, learners::Visitor, reminders::push, state::AppState};

/// `GET /sw.js`.
pub async fn service_worker() -> Response {
    script(scripts::SERVICE_WORKER)
}

/// `GET /push.js`.
pub async fn page_script() -> Response {
    script(scripts::PUSH)
}

/// A script that is asked for again each time: its address never changes.
fn script(source: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; connect-src 'self'",
        ),
    ];
    (headers, source).into_response()
}

/// `POST /api/v1/push/subscriptions`.
pub async fn subscribe(
    State(state): State<AppState>,
    visitor: Visitor,
    Json(new): Json<NewPushSubscription>,
) -> Result<Response, Error> {
    let language = Language::from_code(&new.language).unwrap_or(Language::Bulgarian);
    push::subscribe(&state, &visitor, language, &new).await?;
    Ok((visitor.cookie(), StatusCode::NO_CONTENT).into_response())
}
