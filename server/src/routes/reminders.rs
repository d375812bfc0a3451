//! `/bg/account/reminders`: how the learner is reached.

use app::pages::reminders::{self, Address, AddressState, Done, RemindersView};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    error::Error,
    extract::{Form, LanguageCode, Path},
    learners::Visitor,
    reminders::{calendar, push, rule::QuietHours, settings},
    render::{self, Place},
    state::AppState,
};

/// What the page was asked with.
#[derive(Debug, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let learner = visitor.learner(&state.db).await?;
    let mut view = RemindersView {
        done: asked.done.as_deref().and_then(Done::from_word),
        mail_configured: state.mail.is_some(),
        address: None,
        by_mail: true,
        quiet_hours: [21, 8],
        time_zone: state.config.time_zone.clone(),
        browsers: 0,
        push_key: state.pusher.public_key(),
        calendar_url: None,
    };
    if let Some(learner) = &learner {
        let settings = settings::of(&state.db, learner.id).await?;
        let address_state = match (settings.parked, settings.confirmed) {
            (true, _) => AddressState::Parked,
            (false, true) => AddressState::Confirmed,
            (false, false) => AddressState::Unconfirmed,
        };
        view.address = settings.address.map(|text| Address {
            text,
            state: address_state,
        });
        view.by_mail = settings.by_mail;
        view.quiet_hours = [settings.quiet.from_hour, settings.quiet.until_hour];
        if let Some(name) = learner.time_zone.iana_name() {
            view.time_zone = name.to_owned();
        }
        view.browsers = push::of(&state.db, learner.id).await?.len();
        view.calendar_url = settings
            .calendar
            .map(|generation| calendar::url(&state, learner, generation));
    }
    let place = Place::page(language, "/account/reminders");
    let page = render::page(&state, &place, None, |shell| reminders::render(shell, view));
    Ok((visitor.cookie(), page).into_response())
}

/// Leaves an address.
pub async fn leave_address(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    settings::leave_address(&state, &visitor, language, form.field("address")?).await?;
    Ok(back(visitor, language, Done::LetterSent))
}

/// Forgets the address.
pub async fn remove_address(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    if let Some(learner) = visitor.learner(&state.db).await? {
        settings::remove_address(&state, learner.id).await?;
    }
    Ok(back(visitor, language, Done::Removed))
}

/// Saves when and whether to remind.
pub async fn choose(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let quiet = QuietHours {
        from_hour: form.parsed("quiet_from")?,
        until_hour: form.parsed("quiet_until")?,
    };
    let by_mail = form.all("by_mail").next().is_some();
    settings::choose(&state, &visitor, language, by_mail, quiet).await?;
    Ok(back(visitor, language, Done::Saved))
}

/// Offers the calendar at a new address.
pub async fn offer_calendar(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    settings::offer_calendar(&state, &visitor, language, true).await?;
    Ok(back(visitor, language, Done::CalendarChanged))
}

/// Offers it no more.
pub async fn end_calendar(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    settings::offer_calendar(&state, &visitor, language, false).await?;
    Ok(back(visitor, language, Done::CalendarChanged))
}

/// Ends messages to all of the learner's browsers.
pub async fn end_push(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    if let Some(learner) = visitor.learner(&state.db).await? {
        push::unsubscribe(&state.db, learner.id, None).await?;
    }
    Ok(back(visitor, language, Done::PushEnded))
}

fn back(visitor: Visitor, language: app::text::Language, done: Done) -> Response {
    let url = format!(
        "/{}/account/reminders?done={}",
        language.code(),
        done.word()
    );
    (visitor.cookie(), Redirect::to(&url)).into_response()
}
