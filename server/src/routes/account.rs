//! `/bg/account`: what a learner may choose, everything that is stored about them, and its deletion.

use app::pages::account::{self, AccountView};
use axum::{
    Extension,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    error::{Error, Presented},
    extract::{Form, LanguageCode, Path},
    learners::{
        Visitor, archive,
        settings::{self, Settings},
    },
    render::{self, Place},
    state::AppState,
    text::Text,
};

/// What has just happened.
#[derive(Debug, Deserialize)]
pub struct Happened {
    saved: Option<String>,
    deleted: Option<String>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    Query(happened): Query<Happened>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let settings = settings::read(&state, &visitor).await?;
    let mut view = view(&state, &settings);
    view.is_known = visitor.learner(&state.db).await?.is_some();
    view.saved = happened.saved.is_some();
    view.deleted = happened.deleted.is_some();
    let place = Place::page(language, "/account");
    let page = render::page(&state, &place, None, |shell| account::render(shell, view));
    Ok((visitor.cookie(), page).into_response())
}

/// Keeps the settings; where something is wrong, the page comes back as it was filled in and says what.
pub async fn keep(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    // What is no number is out of range.
    let number = |name| {
        form.field(name)
            .map(|text| text.trim().parse::<u32>().unwrap_or(u32::MAX))
    };
    let percent = number("desired_retention")?;
    #[expect(clippy::cast_precision_loss, reason = "only 80 to 95 are accepted")]
    let desired_retention = percent as f32 / 100.0;
    let settings = Settings {
        time_zone: form.field("time_zone")?.trim().to_owned(),
        day_starts_at_hour: i8::try_from(number("day_starts_at_hour")?).unwrap_or(i8::MAX),
        desired_retention,
        reviews_per_day: number("reviews_per_day")?,
        new_items_per_day: number("new_items_per_day")?,
    };
    if let Some(problem) = settings.problem() {
        let mut view = view(&state, &settings);
        view.is_known = visitor.learner(&state.db).await?.is_some();
        view.problem = Some(problem(Text::of(language)).to_owned());
        // As it was typed, so that it can be corrected.
        view.desired_retention = form.field("desired_retention")?.to_owned();
        view.day_starts_at_hour = form.field("day_starts_at_hour")?.to_owned();
        view.reviews_per_day = form.field("reviews_per_day")?.to_owned();
        view.new_items_per_day = form.field("new_items_per_day")?.to_owned();
        let place = Place::page(language, "/account");
        let page = render::page(&state, &place, None, |shell| account::render(shell, view));
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok((refused, Extension(Presented), page).into_response());
    }
    settings::keep(&state, &visitor, settings).await?;
    let back = Redirect::to(&format!("/{}/account?saved=1", language.code()));
    Ok((visitor.cookie(), back).into_response())
}

/// Everything that is stored about the learner, to keep.
pub async fn export(
    State(state): State<AppState>,
    Path(LanguageCode(_)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let archive = archive::export(&state, &visitor)
        .await?
        .ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"latency-lab.json\"",
        ),
    ];
    Ok((headers, archive).into_response())
}

/// Deletes everything, once the learner has ticked that they understand.
pub async fn delete(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    if form.all("understood").next().is_none() {
        return Err(Error::unprocessable(|text| text.deletion_unconfirmed));
    }
    archive::delete(&state, &visitor).await?;
    let back = Redirect::to(&format!("/{}/account?deleted=1", language.code()));
    Ok((visitor.forget(), back).into_response())
}

fn view(state: &AppState, settings: &Settings) -> AccountView {
    AccountView {
        time_zone: settings.time_zone.clone(),
        time_zones: jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect(),
        now: settings_now(state, settings),
        day_starts_at_hour: settings.day_starts_at_hour.to_string(),
        desired_retention: format!("{:.0}", settings.desired_retention * 100.0),
        reviews_per_day: settings.reviews_per_day.to_string(),
        new_items_per_day: settings.new_items_per_day.to_string(),
        problem: None,
        saved: false,
        deleted: false,
        is_known: false,
    }
}

/// What the clock shows in the chosen zone, which tells whether it is the right one.
fn settings_now(state: &AppState, settings: &Settings) -> Option<String> {
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).ok()?;
    let local = state.clock.now().to_zoned_datetime(zone);
    Some(local.strftime("%H:%M").to_string())
}
