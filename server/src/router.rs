//! Every address of the site, and the layers around them.

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
    routing::{get, post, put},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};
use uuid::Uuid;

use crate::{
    error,
    retention::notes,
    routes::{
        account, accounts, assets, calendar, exercises, health, home, images, lessons, mailed,
        measurement, programs, progress, push, quiz, reminders, review, search, steps, submissions,
        teach, worlds,
    },
    state::AppState,
    telemetry,
};

/// The largest body: a source of 64 KiB as JSON, where a character may take six bytes, and room for the rest.
const BODY_LIMIT_BYTES: usize = 512 * 1024;

/// A lesson of a mebibyte as a form, where a letter of Bulgarian takes six bytes for its two.
const LESSON_FORM_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// The largest picture, and some room, so that one that is a little too large is told as that.
const IMAGE_LIMIT_BYTES: usize = 3 * 1024 * 1024;

/// Of brotli's qualities, the last that costs about a millisecond for a lesson; it saves a tenth over the default.
const PAGE_COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// A handler that takes longer has lost its way. A run of the visible examples is the longest that is expected.
const HANDLER_TIMEOUT: Duration = Duration::from_secs(30);

/// The whole site.
pub fn router(state: AppState) -> Router {
    // The recorder has to stand before the first request is counted.
    telemetry::metrics();
    // Where TLS is, browsers are told to come back with it only.
    let strict_transport = state
        .config
        .secure_cookies()
        .then(|| header_layer(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    let strict_transport = tower::util::option_layer(strict_transport);
    Router::new()
        .route("/", get(home::root))
        .route("/{language}", get(home::without_slash))
        .route("/{language}/", get(home::course))
        // Lessons and their quizzes; the posts work without scripts.
        .route("/{language}/lessons/{number}", get(lessons::page))
        .route(
            "/{language}/lessons/{number}/answers",
            post(quiz::answer_in_lesson),
        )
        .route(
            "/{language}/lessons/{number}/reviews",
            post(quiz::review_in_lesson),
        )
        .route("/{language}/lessons/{number}/finish", post(lessons::finish))
        .route(
            "/{language}/lessons/{number}/prior",
            post(steps::keep_prior),
        )
        .route(
            "/{language}/lessons/{number}/prior/delete",
            post(steps::delete_prior),
        )
        .route(
            "/{language}/lessons/{number}/steps/{step}",
            get(steps::page).post(steps::keep),
        )
        .route(
            "/{language}/lessons/{number}/steps/{step}/image",
            get(steps::image)
                .post(steps::keep_image)
                .layer(DefaultBodyLimit::max(
                    notes::MAXIMUM_IMAGE_BYTES + 64 * 1024,
                )),
        )
        .route(
            "/{language}/lessons/{number}/steps/{step}/delete",
            post(steps::delete),
        )
        .route(
            "/{language}/lessons/{number}/programs/{key}",
            post(programs::run),
        )
        .route("/{language}/search", get(search::page))
        // The instructor's pages.
        .route("/{language}/teach", get(teach::page))
        .route("/{language}/teach/lessons", post(teach::create))
        .route(
            "/{language}/teach/lessons/{number}",
            get(teach::editor)
                .post(teach::save)
                .layer(DefaultBodyLimit::max(LESSON_FORM_LIMIT_BYTES)),
        )
        .route(
            "/{language}/teach/lessons/{number}/versions/{version}",
            get(teach::version).post(teach::restore),
        )
        .route("/api/v1/teach/events", get(teach::events))
        .route("/api/v1/teach/images/{name}", get(teach::image))
        .route(
            "/api/v1/teach/lessons/{language}/{number}/preview",
            post(teach::preview).layer(DefaultBodyLimit::max(LESSON_FORM_LIMIT_BYTES)),
        )
        .route(
            "/api/v1/teach/lessons/{language}/{number}/images",
            put(teach::store_image).layer(DefaultBodyLimit::max(IMAGE_LIMIT_BYTES)),
        )
        // The review.
        .route("/{language}/review", get(review::page))
        .route("/{language}/review/answers", post(quiz::answer_in_review))
        .route("/{language}/review/reviews", post(quiz::review_in_review))
        .route("/{language}/review/undo", post(quiz::undo_in_review))
        .route("/{language}/answers/{id}/delete", post(quiz::forget))
        .route("/{language}/progress", get(progress::page))
        // The learner's choices and what is stored about them.
        .route(
            "/{language}/account",
            get(account::page).post(account::keep),
        )
        .route("/{language}/account/export", get(account::export))
        .route("/{language}/account/delete", post(account::delete))
        // Exercises.
        .route("/{language}/exercises", get(exercises::catalog))
        .route("/{language}/exercises/{slug}", get(exercises::page))
        .route("/{language}/exercises/{slug}/world", get(worlds::page))
        .route(
            "/{language}/exercises/{slug}/submissions",
            post(submissions::submit_form),
        )
        .route(
            "/{language}/exercises/{slug}/submissions/{id}",
            get(submissions::page),
        )
        .route(
            "/{language}/exercises/{slug}/submissions/{id}/flamegraph/{file}",
            get(submissions::flamegraph),
        )
        .route(
            "/{language}/exercises/{slug}/submissions/{id}/rerun",
            post(submissions::rerun_form),
        )
        .route("/{language}/measurement", get(measurement::page))
        // Accounts.
        .route("/{language}/account/security", get(accounts::page))
        .route(
            "/{language}/account/people",
            get(accounts::people_page).post(accounts::give_role),
        )
        .route(
            "/{language}/account/security/revoke",
            post(accounts::revoke),
        )
        .route(
            "/{language}/account/security/sign-out",
            post(accounts::sign_out),
        )
        .route(
            "/{language}/account/sign-in",
            get(accounts::sign_in_page).post(accounts::sign_in),
        )
        .route(
            "/{language}/account/register",
            get(accounts::register_page).post(accounts::register),
        )
        .route(
            "/{language}/account/password",
            get(accounts::forgotten_page).post(accounts::forgotten),
        )
        .route(
            "/{language}/register/{secret}",
            get(accounts::choose_to_register).post(accounts::finish_registration),
        )
        .route(
            "/{language}/reset/{secret}",
            get(accounts::choose_to_reset).post(accounts::reset),
        )
        .route(
            "/{language}/invite/{secret}",
            get(accounts::choose_to_accept).post(accounts::accept_invitation),
        )
        // Reminders, and where the links in letters lead.
        .route("/{language}/account/reminders", get(reminders::page))
        .route(
            "/{language}/account/reminders/address",
            post(reminders::leave_address),
        )
        .route(
            "/{language}/account/reminders/address/remove",
            post(reminders::remove_address),
        )
        .route(
            "/{language}/account/reminders/choices",
            post(reminders::choose),
        )
        .route(
            "/{language}/account/reminders/calendar",
            post(reminders::offer_calendar),
        )
        .route(
            "/{language}/account/reminders/calendar/end",
            post(reminders::end_calendar),
        )
        .route(
            "/{language}/account/reminders/push/end",
            post(reminders::end_push),
        )
        .route(
            "/{language}/confirm/{secret}",
            get(mailed::confirm_page).post(mailed::confirm),
        )
        .route(
            "/{language}/enter/{secret}",
            get(mailed::enter_page).post(mailed::enter),
        )
        .route(
            "/{language}/unsubscribe/{signed}",
            get(mailed::unsubscribe_page).post(mailed::unsubscribe),
        )
        .route("/calendar/{file}", get(calendar::feed))
        // The API of the islands.
        .route("/api/v1/push/subscriptions", post(push::subscribe))
        .route("/api/v1/answers", post(quiz::answer))
        .route("/api/v1/reviews", post(quiz::review))
        .route("/api/v1/reviews/{id}/undo", post(quiz::undo))
        .route("/api/v1/review", get(review::api))
        .route("/api/v1/exercises/{slug}/draft", put(exercises::keep_draft))
        .route("/api/v1/exercises/{slug}/runs", post(exercises::run))
        .route("/api/v1/submissions", post(submissions::submit))
        .route("/api/v1/submissions/{id}", get(submissions::state))
        .route("/api/v1/submissions/{id}/events", get(submissions::events))
        .route("/api/v1/submissions/{id}/rerun", post(submissions::rerun))
        // For machines.
        .route("/assets/{*name}", get(assets::file))
        .route("/sw.js", get(push::service_worker))
        .route("/push.js", get(push::page_script))
        .route("/images/{name}", get(images::image))
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            HANDLER_TIMEOUT,
        ))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(
            state.clone(),
            error::present,
        ))
        .layer(CompressionLayer::new().quality(PAGE_COMPRESSION))
        .layer(strict_transport)
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "same-origin"))
        .layer(header_layer(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
        .layer(middleware::from_fn(measure))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(log_response),
        )
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(NewRequestId))
        .with_state(state)
}

/// A header for every response that has no other value for it.
fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

#[derive(Clone, Copy)]
struct NewRequestId;

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _request: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&Uuid::now_v7().to_string())
            .ok()
            .map(RequestId::new)
    }
}

fn span(request: &Request) -> tracing::Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!(
        "request",
        id = id.unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
    )
}

fn log_response(response: &Response, latency: Duration, _span: &tracing::Span) {
    let latency_ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(status = response.status().as_u16(), latency_ms, "answered");
}

/// Counts requests and their latency by route.
async fn measure(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let route = path.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::histogram!("http_request_seconds", "route" => route, "status" => status)
        .record(started.elapsed().as_secs_f64());
    response
}
