//! Numbers, units and dates as a person reads them.
//!
//! Floating-point formatting of the standard library would cost the wasm many kilobytes, so numbers are rounded to
//! integers first.

use super::Language;
use crate::api::Day;

const MONTHS_BULGARIAN: [&str; 12] = [
    "януари",
    "февруари",
    "март",
    "април",
    "май",
    "юни",
    "юли",
    "август",
    "септември",
    "октомври",
    "ноември",
    "декември",
];

const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day with its month in words: `27 ноември 2026 г.`, `27 November 2026`. What is not a day is shown as it is.
pub fn date(day: &Day, language: Language) -> String {
    let mut parts = day.0.splitn(3, '-');
    let (Some(year), Some(month), Some(day_of_month)) =
        (parts.next(), number(parts.next()), number(parts.next()))
    else {
        return day.0.clone();
    };
    let months = match language {
        Language::Bulgarian => &MONTHS_BULGARIAN,
        Language::English => &MONTHS_ENGLISH,
    };
    match (
        month.checked_sub(1).and_then(|index| months.get(index)),
        language,
    ) {
        (Some(month), Language::Bulgarian) => {
            format!("{day_of_month}\u{a0}{month}\u{a0}{year}\u{a0}г.")
        }
        (Some(month), Language::English) => format!("{day_of_month}\u{a0}{month}\u{a0}{year}"),
        (None, _) => day.0.clone(),
    }
}

fn number(text: Option<&str>) -> Option<usize> {
    text?.parse().ok()
}

/// A number of days from today in words: `утре`, `след 3 дни`, `in 3 days`.
pub fn from_today(days: u32, language: Language) -> String {
    match (days, language) {
        (0, Language::Bulgarian) => "днес".to_owned(),
        (0, Language::English) => "today".to_owned(),
        (1, Language::Bulgarian) => "утре".to_owned(),
        (1, Language::English) => "tomorrow".to_owned(),
        (_, Language::Bulgarian) => format!("след {days}\u{a0}дни"),
        (_, Language::English) => format!("in {days}\u{a0}days"),
    }
}

/// A number with a fixed count of decimal places and the decimal sign of the language; places are at most 6.
pub fn decimal(value: f64, places: u32, language: Language) -> String {
    let scale = 10_u64.pow(places.min(6));
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 {
        "\u{2212}"
    } else {
        ""
    };
    let whole = grouped(scaled / scale);
    if places == 0 {
        return format!("{sign}{whole}");
    }
    let point = match language {
        Language::Bulgarian => ',',
        Language::English => '.',
    };
    let fraction = scaled % scale;
    let width = places.min(6) as usize;
    format!("{sign}{whole}{point}{fraction:0width$}")
}

/// A number with three significant digits, as far as there are decimal places.
fn significant(value: f64, language: Language) -> String {
    let places = match value.abs() {
        magnitude if magnitude >= 100.0 => 0,
        magnitude if magnitude >= 10.0 => 1,
        _ => 2,
    };
    decimal(value, places, language)
}

/// A whole number with its thousands set apart: `12 345 678`.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (index, digit) in digits.chars().enumerate() {
        let remaining = digits.len() - index;
        if index > 0 && remaining.is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// A time in the unit that suits it: `850 ns`, `1,24 µs`, `3.10 ms`.
pub fn duration(nanoseconds: f64, language: Language) -> String {
    let (value, unit) = match nanoseconds {
        ns if ns < 1e3 => (ns, "ns"),
        ns if ns < 1e6 => (ns / 1e3, "µs"),
        ns if ns < 1e9 => (ns / 1e6, "ms"),
        ns => (ns / 1e9, "s"),
    };
    format!("{}\u{a0}{unit}", significant(value, language))
}

/// An amount of memory in the unit that suits it.
pub fn memory(bytes: u64, language: Language) -> String {
    match bytes {
        0..1024 => format!("{bytes}\u{a0}B"),
        1024..1_048_576 => format!("{}\u{a0}KiB", significant(bytes as f64 / 1024.0, language)),
        _ => format!(
            "{}\u{a0}MiB",
            significant(bytes as f64 / 1_048_576.0, language)
        ),
    }
}

/// A speed-up: `2,41×`.
pub fn speedup(factor: f64, language: Language) -> String {
    format!("{}×", significant(factor, language))
}

#[cfg(test)]
mod tests;
