//! `/bg/measurement`: how verdicts come about, and how far this installation can be trusted.

use app::pages::measurement::{self, MeasurementView};
use axum::{extract::State, response::Response};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    grading::self_checks,
    render::{self, Place},
    retention::day,
    state::AppState,
};

/// The page.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
) -> Result<Response, Error> {
    let trust = self_checks::trust(&state.db).await?;
    let zone = TimeZone::get(&state.config.time_zone).unwrap_or(TimeZone::UTC);
    let latest_on = match trust.latest_at_ms {
        Some(at_ms) => {
            let moment = Timestamp::from_millisecond(at_ms)?;
            Some(day::on_the_wire(moment.to_zoned_datetime(zone).date()))
        }
        None => None,
    };
    let view = MeasurementView {
        checks: trust.checks,
        false_verdicts: trust.false_verdicts,
        undecided: trust.undecided,
        mean_half_width: trust.mean_half_width,
        latest_on,
    };
    let place = Place::page(language, "/measurement");
    Ok(render::page(&state, &place, None, |shell| {
        measurement::render(shell, view)
    }))
}
