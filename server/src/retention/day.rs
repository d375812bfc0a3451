//! The learner's calendar days.

use app::api::Day;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The day at `now` of somebody in `time_zone` whose days begin at `starts_at_hour`: a night owl's Tuesday ends when
/// they go to bed, not at midnight.
pub fn of(now: Timestamp, time_zone: &TimeZone, starts_at_hour: i8) -> Date {
    let local = now.to_zoned_datetime(time_zone.clone());
    if local.hour() < starts_at_hour {
        local.date().yesterday().unwrap_or(local.date())
    } else {
        local.date()
    }
}

/// The day `days` after `date`; the last day that the calendar has where there is none.
pub fn after(date: Date, days: u32) -> Date {
    date.saturating_add(jiff::Span::new().days(i64::from(days.min(3_650_000))))
}

/// How many days lie between, never negative: a clock that was set back counts as the same day.
pub fn between(earlier: Date, later: Date) -> u32 {
    let days = (later - earlier).get_days();
    u32::try_from(days).unwrap_or(0)
}

/// A day as the wire and the database have it.
pub fn on_the_wire(date: Date) -> Day {
    Day(date.to_string())
}
