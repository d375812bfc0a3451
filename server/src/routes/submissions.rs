//! Handing code in, and following it to its verdict.

use std::convert::Infallible;

use app::{
    api::{NewSubmission, SubmissionState},
    pages::submission::{self, SubmissionView},
};
use axum::{
    Json as JsonResponse,
    extract::{RawQuery, State},
    http::header,
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use tokio_stream::{Stream, StreamExt, wrappers::WatchStream};

use crate::{
    error::Error,
    extract::{Asked, Form, Json, LanguageCode, Path},
    grading::{
        profiles::{
            ProfileState,
            flamegraph::{self, Side},
        },
        reports,
        submissions::{self, Submission},
    },
    learners::Visitor,
    render::{self, Place},
    routes::exercises::offered,
    state::AppState,
};

/// `POST /api/v1/submissions`.
pub async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    Asked(language): Asked,
    Json(new): Json<NewSubmission>,
) -> Result<Response, Error> {
    let submission = hand_in(&state, &visitor, &new).await?;
    let answer = state
        .grading
        .state_of(&state.db, &submission, language)
        .await?;
    Ok((visitor.cookie(), JsonResponse(answer)).into_response())
}

/// The form of the exercise's page, for browsers without scripts.
pub async fn submit_form(
    State(state): State<AppState>,
    Path((LanguageCode(language), slug)): Path<(LanguageCode, String)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let predicted = form
        .all("predicted_speedup")
        .next()
        .unwrap_or_default()
        .trim()
        .replace(',', ".");
    let new = NewSubmission {
        id: form.field("id")?.to_owned(),
        exercise: slug,
        language: form.field("language")?.to_owned(),
        // A form sends line ends as CR LF, whatever was typed.
        source: form.field("source")?.replace("\r\n", "\n"),
        predicted_speedup: match predicted.as_str() {
            "" => None,
            number => Some(
                number
                    .parse()
                    .map_err(|_| Error::unprocessable(|text| text.prediction_out_of_range))?,
            ),
        },
    };
    let submission = hand_in(&state, &visitor, &new).await?;
    let page = format!(
        "/{}/exercises/{}/submissions/{}",
        language.code(),
        submission.exercise,
        submission.id
    );
    Ok((visitor.cookie(), Redirect::to(&page)).into_response())
}

/// The submission's page. With `?wait` it comes when its profile was made, for the workbench, which shows the rest already.
pub async fn page(
    State(state): State<AppState>,
    Path((LanguageCode(language), slug, id)): Path<(LanguageCode, String, String)>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Error> {
    let submission = own(&state, &visitor, &id).await?;
    let entry = state
        .grading
        .catalog()
        .find(&slug)
        .filter(|_| submission.exercise == slug)
        .ok_or(Error::NotFound)?;
    let profile = if query.as_deref() == Some("wait") {
        state.grading.profile_when_made(&state, &submission).await?
    } else {
        state.grading.profile_of(&state, &submission).await?
    };
    let standing = state
        .grading
        .state_of(&state.db, &submission, language)
        .await?;
    let has_passed = standing.report.as_ref().is_some_and(|report| report.passed);
    let view = SubmissionView {
        exercise: slug.clone(),
        title: entry.title(language).to_owned(),
        debrief_html: has_passed.then(|| entry.debrief_html(language).to_owned()),
        state: standing,
        profile: reports::profile_view(profile),
        world: reports::world_view(&submission).map_err(anyhow::Error::from)?,
        source: submission.source,
    };
    let place = Place::page(language, format!("/exercises/{slug}/submissions/{id}"));
    Ok(render::page(&state, &place, None, |shell| {
        submission::render(shell, view)
    }))
}

/// A flamegraph of the submission, `before.svg`, `after.svg` or `difference.svg`: an image, which a browser shows without
/// letting anything in it run. One that is being made is waited for.
pub async fn flamegraph(
    State(state): State<AppState>,
    Path((_, slug, id, file)): Path<(LanguageCode, String, String, String)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let submission = own(&state, &visitor, &id).await?;
    let speedup = reports::speedup(&submission).map_err(anyhow::Error::from)?;
    let side = file
        .strip_suffix(".svg")
        .and_then(|name| Side::from_name(name, speedup))
        .filter(|_| submission.exercise == slug)
        .ok_or(Error::NotFound)?;
    let standing = state.grading.profile_when_made(&state, &submission);
    let ProfileState::Made(profile) = standing.await? else {
        return Err(Error::NotFound);
    };
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        // The picture of a profile never changes, and is its learner's alone. Opened by itself it may load nothing.
        (header::CACHE_CONTROL, "private, max-age=86400"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
        ),
    ];
    let picture = flamegraph::svg(&profile, side).map_err(|_| Error::NotFound)?;
    Ok((headers, picture).into_response())
}

/// `GET /api/v1/submissions/{id}`.
pub async fn state(
    State(state): State<AppState>,
    Path(id): Path<String>,
    visitor: Visitor,
    Asked(language): Asked,
) -> Result<JsonResponse<SubmissionState>, Error> {
    let submission = own(&state, &visitor, &id).await?;
    Ok(JsonResponse(
        state
            .grading
            .state_of(&state.db, &submission, language)
            .await?,
    ))
}

/// `POST /api/v1/submissions/{id}/rerun`: lets measuring go on where it decided nothing, or grading be tried again where
/// we failed. On any other submission it changes nothing.
pub async fn rerun(
    State(state): State<AppState>,
    Path(id): Path<String>,
    visitor: Visitor,
    Asked(language): Asked,
) -> Result<JsonResponse<SubmissionState>, Error> {
    let submission = ask_again(&state, &visitor, &id).await?;
    Ok(JsonResponse(
        state
            .grading
            .state_of(&state.db, &submission, language)
            .await?,
    ))
}

/// The same as a button on the submission's page.
pub async fn rerun_form(
    State(state): State<AppState>,
    Path((LanguageCode(language), slug, id)): Path<(LanguageCode, String, String)>,
    visitor: Visitor,
) -> Result<Redirect, Error> {
    ask_again(&state, &visitor, &id).await?;
    let code = language.code();
    Ok(Redirect::to(&format!(
        "/{code}/exercises/{slug}/submissions/{id}"
    )))
}

async fn ask_again(state: &AppState, visitor: &Visitor, id: &str) -> Result<Submission, Error> {
    if let Some(reason) = state.grading.refusal() {
        return Err(Error::Unavailable(|text| text.grading_unavailable, reason));
    }
    let submission = own(state, visitor, id).await?;
    submissions::ask_again(&state.db, submission.learner_id, id).await?;
    state.grading.wake();
    own(state, visitor, id).await
}

/// `GET /api/v1/submissions/{id}/events`: the present stage, then each change, until there is a verdict.
pub async fn events(
    State(state): State<AppState>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Error> {
    // Following begins before the present stage is read: a change in between is then seen, at worst twice.
    let changes = WatchStream::from_changes(state.grading.follow(&id)).filter_map(|change| change);
    let submission = own(&state, &visitor, &id).await?;
    let first = state.grading.progress_of(&state.db, &submission).await?;
    // The stream ends with the last stage and not with the change after it, which never comes.
    let stages = futures_util::stream::unfold(
        Some(tokio_stream::once(first).chain(changes)),
        |stages| async {
            let mut stages = stages?;
            let progress = stages.next().await?;
            let rest = (!progress.is_over()).then_some(stages);
            Some((progress, rest))
        },
    );
    let events =
        stages.filter_map(|progress| Some(Ok(Event::default().json_data(progress).ok()?)));
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

async fn hand_in(
    state: &AppState,
    visitor: &Visitor,
    new: &NewSubmission,
) -> Result<Submission, Error> {
    let (_, code_language) = offered(state, &new.exercise, &new.language)?;
    if let Some((sentence, reason)) = state.grading.refusal_in(code_language) {
        return Err(Error::Unavailable(sentence, reason));
    }
    let submission = submissions::keep(state, visitor, new).await?;
    state.grading.wake();
    Ok(submission)
}

/// The submission, if it is the visitor's own; to anybody else it does not exist.
async fn own(state: &AppState, visitor: &Visitor, id: &str) -> Result<Submission, Error> {
    let learner = visitor.learner(&state.db).await?.ok_or(Error::NotFound)?;
    submissions::find(&state.db, learner.id, id)
        .await?
        .ok_or(Error::NotFound)
}
