//! What can go wrong with a request, and how the person is told.
//!
//! 1. A handler returns an [`Error`]. A refusal carries a sentence; a failure of ours carries its cause, which is logged
//!    once and never shown.
//! 2. [`present`], the layer around all routes, turns it into a page or into JSON, whichever the address asks for. It
//!    does the same for refusals that come from the layers themselves, such as a body that is too large.

use app::{
    api::Problem,
    pages::error::{self, ErrorView},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use tower_http::request_id::RequestId;

use crate::{db::NotWritten, render, state::AppState, text::Text};

/// Chooses a sentence from the table of the person's language.
pub type Sentence = fn(&'static Text) -> &'static str;

/// Why a request has no ordinary answer.
#[derive(Debug)]
pub enum Error {
    /// Nothing has this address.
    NotFound,
    /// The lesson exists in the other language only.
    OtherLanguageOnly,
    /// The person can do something about it.
    Refused(StatusCode, Sentence),
    /// The same, with a reason that belongs to this installation.
    Unavailable(Sentence, String),
    /// A failure of ours.
    Internal(anyhow::Error),
}

impl Error {
    /// A request whose content cannot be accepted.
    pub fn unprocessable(sentence: Sentence) -> Error {
        Error::Refused(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }
}

impl<E: Into<anyhow::Error>> From<E> for Error {
    fn from(error: E) -> Error {
        Error::Internal(error.into())
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match &self {
            Error::NotFound | Error::OtherLanguageOnly => StatusCode::NOT_FOUND,
            Error::Refused(status, _) => *status,
            Error::Unavailable(..) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "the request failed");
                if is_storage_failure(error) {
                    StatusCode::SERVICE_UNAVAILABLE
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                }
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

/// Whether the database refused for a reason that may pass, such as a full disk or another process's lock.
fn is_storage_failure(error: &anyhow::Error) -> bool {
    const SQLITE_BUSY: i32 = 5;
    const SQLITE_IOERR: i32 = 10;
    const SQLITE_FULL: i32 = 13;
    let not_written = error.downcast_ref::<NotWritten>();
    if not_written.is_some_and(|write| write.cause().is_none()) {
        return true;
    }
    let written_alone = error.downcast_ref::<sqlx::Error>();
    let written_together = not_written.and_then(NotWritten::cause);
    let Some(sqlx::Error::Database(error)) = written_alone.or(written_together) else {
        return false;
    };
    let code = error
        .code()
        .and_then(|code| code.parse::<i32>().ok())
        .unwrap_or_default()
        & 0xff;
    matches!(code, SQLITE_BUSY | SQLITE_IOERR | SQLITE_FULL)
}

/// Marks a refusal that is a page already, such as a form that came back with what is wrong in it.
#[derive(Clone, Copy, Debug)]
pub struct Presented;

/// The layer that turns refusals and failures into what the person sees.
pub async fn present(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let place = render::Place::of(&request);
    let request_id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let response = next.run(request).await;
    let status = response.status();
    // What a refused method may be replaced by.
    let allow = response.headers().get(header::ALLOW).cloned();
    let error = response
        .extensions()
        .get::<std::sync::Arc<Error>>()
        .cloned();
    let is_presented = response.extensions().get::<Presented>().is_some();
    if is_presented || error.is_none() && (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let view = view(
        error.as_deref(),
        status,
        Text::of(place.language),
        &request_id,
    );
    if place.api {
        let problem = match view {
            ErrorView::Refused { sentence } => Problem {
                message: sentence,
                request_id: None,
            },
            ErrorView::Internal { request_id } => Problem {
                message: Text::of(place.language).internal.to_owned(),
                request_id: Some(request_id),
            },
            ErrorView::NotFound | ErrorView::OtherLanguageOnly => Problem {
                message: Text::of(place.language).not_found.to_owned(),
                request_id: None,
            },
        };
        return with_allow(allow, (status, Json(problem)).into_response());
    }
    let shell = render::shell(&state, &place, None);
    let page = Html(error::render(&shell.shell, view));
    with_allow(allow, (status, shell.headers, page).into_response())
}

fn with_allow(allow: Option<HeaderValue>, mut response: Response) -> Response {
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

fn view(
    error: Option<&Error>,
    status: StatusCode,
    text: &'static Text,
    request_id: &str,
) -> ErrorView {
    let refused = |sentence: &str| ErrorView::Refused {
        sentence: sentence.to_owned(),
    };
    match error {
        Some(Error::NotFound) => ErrorView::NotFound,
        Some(Error::OtherLanguageOnly) => ErrorView::OtherLanguageOnly,
        Some(Error::Refused(_, sentence)) => refused(sentence(text)),
        Some(Error::Unavailable(sentence, reason)) => {
            refused(&format!("{} {reason}", sentence(text)))
        }
        Some(Error::Internal(_)) if status == StatusCode::SERVICE_UNAVAILABLE => {
            refused(text.not_saved)
        }
        Some(Error::Internal(_)) => ErrorView::Internal {
            request_id: request_id.to_owned(),
        },
        None => match status {
            StatusCode::NOT_FOUND => ErrorView::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => refused(text.method_not_allowed),
            StatusCode::PAYLOAD_TOO_LARGE => refused(text.too_large),
            StatusCode::FORBIDDEN => refused(text.cross_origin),
            status if status.is_client_error() => refused(text.malformed),
            _ => ErrorView::Internal {
                request_id: request_id.to_owned(),
            },
        },
    }
}
