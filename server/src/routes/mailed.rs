//! Where the links in letters lead. A `GET` shows a page with a button and changes nothing; the button's `POST` acts.

use app::{
    pages::{
        link::{self, LinkView},
        reminders::Done,
    },
    text::Language,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    learners::{LearnerId, Visitor},
    links::{self, Purpose},
    reminders::{letter, settings},
    render::{self, Place},
    state::AppState,
};

type Addressed = Path<(LanguageCode, String)>;

/// `GET /bg/confirm/…`: asks whether the address is to be confirmed.
pub async fn confirm_page(
    State(state): State<AppState>,
    Path((LanguageCode(language), secret)): Addressed,
) -> Result<Response, Error> {
    links::look_up(&state.db, Purpose::Confirm, &secret, state.clock.now()).await?;
    Ok(show(
        &state,
        language,
        &format!("/confirm/{secret}"),
        LinkView::Confirm,
    ))
}

/// Confirms it.
pub async fn confirm(
    State(state): State<AppState>,
    Path((LanguageCode(language), secret)): Addressed,
) -> Result<Response, Error> {
    settings::confirm(&state, &secret).await?;
    let url = format!(
        "/{}/account/reminders?done={}",
        language.code(),
        Done::Confirmed.word()
    );
    Ok(Redirect::to(&url).into_response())
}

/// `GET /bg/enter/…`: the learner's own browser goes on to the review; another one asks first.
pub async fn enter_page(
    State(state): State<AppState>,
    Path((LanguageCode(language), secret)): Addressed,
    visitor: Visitor,
) -> Result<Response, Error> {
    let known = visitor.learner(&state.db).await?.map(|learner| learner.id);
    let link = match links::look_up(&state.db, Purpose::SignIn, &secret, state.clock.now()).await {
        Ok(link) => link,
        // Somebody who is signed in wants to review, and needs no link for that.
        Err(Error::Refused(StatusCode::GONE, _)) if known.is_some() => {
            return Ok(to_review(language).into_response());
        }
        Err(error) => return Err(error),
    };
    if link.learner == known {
        return Ok(to_review(language).into_response());
    }
    if link.used {
        return Err(Error::Refused(StatusCode::GONE, |text| text.link_used));
    }
    Ok(show(
        &state,
        language,
        &format!("/enter/{secret}"),
        LinkView::Enter,
    ))
}

/// Signs in and goes on to the review.
pub async fn enter(
    State(state): State<AppState>,
    Path((LanguageCode(language), secret)): Addressed,
    visitor: Visitor,
) -> Result<Response, Error> {
    let now = state.clock.now();
    let link = links::look_up(&state.db, Purpose::SignIn, &secret, now).await?;
    let learner = link.learner.ok_or(Error::NotFound)?;
    let mut transaction = state.db.write().await?;
    links::spend(&mut transaction, &secret, now).await?;
    let visitor = visitor.renewed();
    visitor.belongs_to(&mut transaction, learner, now).await?;
    transaction.commit().await?;
    Ok((visitor.cookie(), to_review(language)).into_response())
}

/// `GET /bg/unsubscribe/…`: asks whether letters are to end.
pub async fn unsubscribe_page(
    State(state): State<AppState>,
    Path((LanguageCode(language), signed)): Addressed,
) -> Result<Response, Error> {
    unsubscriber(&state, &signed)?;
    let path = format!("/unsubscribe/{signed}");
    Ok(show(&state, language, &path, LinkView::Unsubscribe))
}

/// Ends them: the page's button, or a mail program's one click (RFC 8058), which has no cookie.
pub async fn unsubscribe(
    State(state): State<AppState>,
    Path((LanguageCode(language), signed)): Addressed,
) -> Result<Response, Error> {
    settings::unsubscribe(&state, unsubscriber(&state, &signed)?).await?;
    let path = format!("/unsubscribe/{signed}");
    Ok(show(&state, language, &path, LinkView::Unsubscribed))
}

fn unsubscriber(state: &AppState, signed: &str) -> Result<LearnerId, Error> {
    state
        .signer
        .verify(letter::UNSUBSCRIBE, signed)
        .map(|[learner, _]| LearnerId(learner))
        .ok_or(Error::Refused(StatusCode::NOT_FOUND, |text| {
            text.link_forged
        }))
}

fn to_review(language: Language) -> Redirect {
    Redirect::to(&format!("/{}/review", language.code()))
}

fn show(state: &AppState, language: Language, path: &str, view: LinkView) -> Response {
    let place = Place::page(language, path);
    render::page(state, &place, None, |shell| link::render(shell, view))
}
