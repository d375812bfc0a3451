//! The calendar feed (RFC 5545): a day for each row of a review plan, and a day for each date on which other items come
//! back.
//!
//! A calendar fetches the whole feed again and again. An event keeps its identifier, so what moved moves there too, and
//! what was reviewed disappears.

use app::text::Language;
use jiff::{Timestamp, civil::Date};

use super::{letter, settings::Settings};
use crate::{learners::Learner, retention::day, state::AppState, text::mail::MailText};

/// What the signed numbers in the feed's address are for.
pub const CALENDAR: &str = "calendar";

/// How far the feed looks ahead.
const DAYS_AHEAD: u32 = 366;

/// The longest line in bytes, without its end (RFC 5545, 3.1).
const LINE_BYTES: usize = 75;

/// A whole day in the calendar.
struct Event {
    uid: String,
    on: Date,
    title: String,
    /// How often it changed: a later number replaces what a calendar has under the same identifier.
    sequence: i64,
}

/// The address of the learner's feed in its `generation`.
pub fn url(state: &AppState, learner: &Learner, generation: i64) -> String {
    let secret = state.signer.sign(CALENDAR, [learner.id.0, generation]);
    format!("{}/calendar/{secret}.ics", state.public_url())
}

/// The learner's feed.
///
/// # Errors
/// The database failed.
pub async fn feed(
    state: &AppState,
    learner: &Learner,
    settings: &Settings,
    now: Timestamp,
) -> anyhow::Result<String> {
    let events = events(state, learner, settings.language, now).await?;
    Ok(document(
        &events,
        settings.language,
        &format!("{}/review", letter::root(state, settings.language)),
        now,
    ))
}

async fn events(
    state: &AppState,
    learner: &Learner,
    language: Language,
    now: Timestamp,
) -> anyhow::Result<Vec<Event>> {
    let text = MailText::of(language);
    let today = learner.today(now);
    let last = day::after(today, DAYS_AHEAD).to_string();
    let sequence = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM reviews WHERE learner_id = ?"#,
        learner.id,
    )
    .fetch_one(state.db.reader())
    .await?;
    let rows = sqlx::query!(
        r#"SELECT items.id AS "item!: i64", finished_on AS "finished_on!", interval_days AS "interval_days!: u32",
                  lessons.number AS "number!: u32", parsed ->> '$.title' AS "title?: String"
           FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN lesson_versions ON lesson_versions.id = lessons.published_version_id
           JOIN version_items ON version_items.version_id = lesson_versions.id
           JOIN items ON items.id = version_items.item_id AND items.kind = 'plan'
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id AND memories.item_id = items.id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL AND interval_days IS NOT NULL
           ORDER BY finished_on, position"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    let mut events = Vec::new();
    for row in rows {
        let finished_on: Date = row.finished_on.parse()?;
        let lesson = format!("{} · {}", row.number, row.title.unwrap_or_default());
        events.push(Event {
            uid: format!("plan-{}-{}@latency-lab", learner.id.0, row.item),
            // What is overdue waits today.
            on: day::after(finished_on, row.interval_days).max(today),
            title: (text.calendar_plan)(&lesson),
            sequence,
        });
    }
    let today_text = today.to_string();
    let days = sqlx::query!(
        r#"SELECT max(due_on, ?2) AS "on!: String", count(*) AS "items!: u32"
           FROM memories JOIN items ON items.id = memories.item_id AND retired_at_ms IS NULL
           WHERE learner_id = ?1 AND due_on <= ?3 GROUP BY 1 ORDER BY 1"#,
        learner.id,
        today_text,
        last,
    )
    .fetch_all(state.db.reader())
    .await?;
    for day in days {
        events.push(Event {
            uid: format!("review-{}-{}@latency-lab", learner.id.0, day.on),
            on: day.on.parse()?,
            title: (text.calendar_day)(usize::try_from(day.items)?),
            sequence,
        });
    }
    Ok(events)
}

fn document(events: &[Event], language: Language, review_url: &str, now: Timestamp) -> String {
    let text = MailText::of(language);
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Latency Lab//Review//BG".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{}", escaped(text.calendar_name)),
        format!("X-WR-CALNAME:{}", escaped(text.calendar_name)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H".to_owned(),
    ];
    for event in events {
        let (start, end) = (event.on, day::after(event.on, 1));
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", event.uid),
            format!("DTSTAMP:{stamp}"),
            format!("SEQUENCE:{}", event.sequence),
            format!("DTSTART;VALUE=DATE:{}", start.strftime("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")),
            format!(
                "SUMMARY;LANGUAGE={}:{}",
                language.code(),
                escaped(&event.title)
            ),
            format!("URL:{review_url}"),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// Text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace(['\r', '\n'], "\\n")
}

/// A line with its end, in pieces that are short enough; a character is never cut.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > LINE_BYTES {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(character);
        width += character.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}
