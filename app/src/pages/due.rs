//! When a question comes back, in words.

use super::text::Text;
use crate::{
    api::{Day, Rating},
    text::{IslandText, Language, format},
};

/// When it comes back, counted from now: `след 10 минути`, `утре`, `in 3 days`.
pub fn comes_back(interval_days: u32, minutes: Option<u32>, language: Language) -> String {
    match minutes {
        Some(minutes) => in_minutes(minutes, language),
        None => format::from_today(interval_days, language),
    }
}

/// What a rating led to: `Добре · въпросът се връща утре (25 ноември 2026 г.)`.
pub fn rated(
    rating: Rating,
    due_on: &Day,
    interval_days: u32,
    minutes: Option<u32>,
    language: Language,
) -> String {
    let text = IslandText::of(language);
    let when = comes_back(interval_days, minutes, language);
    let date = match minutes {
        Some(_) => String::new(),
        None => format!(" ({})", format::date(due_on, language)),
    };
    format!(
        "{} · {} {when}{date}",
        text.rating(rating),
        Text::of(language).session.question_returns
    )
}

fn in_minutes(minutes: u32, language: Language) -> String {
    match (minutes, language) {
        (0, Language::Bulgarian) => "сега".to_owned(),
        (0, Language::English) => "now".to_owned(),
        (1, Language::Bulgarian) => "след 1\u{a0}минута".to_owned(),
        (1, Language::English) => "in 1\u{a0}minute".to_owned(),
        (_, Language::Bulgarian) => format!("след {minutes}\u{a0}минути"),
        (_, Language::English) => format!("in {minutes}\u{a0}minutes"),
    }
}
