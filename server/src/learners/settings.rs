//! What a learner may choose: where and when their days end, how much recall they want to keep, how much a day may hold.

use jiff::tz::TimeZone;

use super::{Learner, Visitor};
use crate::{
    error::{Error, Sentence},
    retention::memories,
    state::AppState,
};

/// The retention that may be chosen.
const RETENTION: std::ops::RangeInclusive<f32> = 0.80..=0.95;

/// The most items a day that may be chosen: nobody does more.
const MOST_A_DAY: u32 = 9_999;

/// A learner's choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// An IANA name.
    pub time_zone: String,
    /// The hour at which a new day begins, 0 to 23.
    pub day_starts_at_hour: i8,
    /// The probability of recall at which an item is due.
    pub desired_retention: f32,
    /// The most items that come back in a day.
    pub reviews_per_day: u32,
    /// The most new items in a day.
    pub new_items_per_day: u32,
}

impl Settings {
    /// What somebody has who has chosen nothing yet.
    pub fn of_a_stranger(time_zone: &str) -> Settings {
        Settings {
            time_zone: time_zone.to_owned(),
            day_starts_at_hour: 4,
            desired_retention: 0.9,
            reviews_per_day: 100,
            new_items_per_day: 10,
        }
    }

    /// What is wrong with them, if anything.
    pub fn problem(&self) -> Option<Sentence> {
        // A zone has a name such as `Europe/Sofia`; anything else that can be read as one could not be shown again.
        if TimeZone::get(&self.time_zone).is_err() {
            Some(|text| text.time_zone_unknown)
        } else if !(0..=23).contains(&self.day_starts_at_hour) {
            Some(|text| text.hour_out_of_range)
        } else if !RETENTION.contains(&self.desired_retention) {
            Some(|text| text.retention_out_of_range)
        } else if self.reviews_per_day > MOST_A_DAY || self.new_items_per_day > MOST_A_DAY {
            Some(|text| text.limit_out_of_range)
        } else {
            None
        }
    }
}

/// The visitor's settings.
///
/// # Errors
/// The database failed.
pub async fn read(state: &AppState, visitor: &Visitor) -> Result<Settings, Error> {
    let token = visitor.returning_token().unwrap_or_default();
    let kept = sqlx::query_as!(
        Settings,
        r#"SELECT time_zone, day_starts_at_hour AS "day_starts_at_hour: i8",
                  desired_retention AS "desired_retention: f32", reviews_per_day AS "reviews_per_day: u32",
                  new_items_per_day AS "new_items_per_day: u32"
           FROM learners WHERE id = (SELECT learner_id FROM sessions WHERE token = ?)"#,
        token,
    )
    .fetch_optional(state.db.reader())
    .await?;
    Ok(kept.unwrap_or_else(|| Settings::of_a_stranger(&state.config.time_zone)))
}

/// Keeps the visitor's settings, and computes anew when everything comes back. Days that were recorded stay what they
/// were.
///
/// # Errors
/// Something is wrong with them, or the database failed.
pub async fn keep(state: &AppState, visitor: &Visitor, settings: Settings) -> Result<(), Error> {
    if let Some(problem) = settings.problem() {
        return Err(Error::unprocessable(problem));
    }
    let (visitor, now) = (visitor.clone(), state.clock.now());
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let before = visitor
                    .learner_or_new(write, now, &settings.time_zone)
                    .await?;
                sqlx::query!(
                    "UPDATE learners SET time_zone = ?, day_starts_at_hour = ?, desired_retention = ?,
                                         reviews_per_day = ?, new_items_per_day = ? WHERE id = ?",
                    settings.time_zone,
                    settings.day_starts_at_hour,
                    settings.desired_retention,
                    settings.reviews_per_day,
                    settings.new_items_per_day,
                    before.id,
                )
                .execute(&mut **write)
                .await?;
                if before.desired_retention != settings.desired_retention {
                    let learner = Learner {
                        desired_retention: settings.desired_retention,
                        ..before
                    };
                    memories::fold_all(write, &learner).await?;
                }
                Ok(())
            })
        })
        .await
}
