//! Checks the answers that a machine can check.
//!
//! Short answers are forgiven what says nothing about knowing: case, Unicode form, punctuation, a letter of the other
//! keyboard that looks the same, a decimal comma, a missing `%`.

use std::collections::BTreeSet;

use crate::{
    keys::normalise,
    lesson::{Answer, Choice, Question},
};

/// How far apart two numbers may be, relative to the greater, and still be one: what writing a decimal fraction costs.
const ROUNDING: f64 = 1e-9;

impl Question {
    /// Whether an answer is right; `None` for questions in the learner's own words. The answer to a choice question is
    /// the indices of the choices, from 0, with white space between them.
    pub fn mark(&self, answer: &str) -> Option<bool> {
        match &self.answer {
            Answer::Open { .. } => None,
            Answer::Choice { choices } => Some(are_right_choices(choices, answer)),
            Answer::Short { accepted } => {
                Some(accepted.iter().any(|accepted| is_same(accepted, answer)))
            }
        }
    }
}

fn are_right_choices(choices: &[Choice], answer: &str) -> bool {
    let chosen: Option<BTreeSet<usize>> = answer
        .split_whitespace()
        .map(|index| index.parse().ok())
        .collect();
    let right = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.right)
        .map(|(index, _)| index);
    let right: BTreeSet<usize> = right.collect();
    !right.is_empty() && chosen == Some(right)
}

fn is_same(accepted: &str, answer: &str) -> bool {
    match (Quantity::read(accepted), Quantity::read(answer)) {
        (Some(accepted), Some(answer)) => accepted.accepts(&answer),
        _ => !folded(answer).is_empty() && folded(accepted) == folded(answer),
    }
}

/// A text as it is compared, with Cyrillic letters replaced by the Latin ones that look the same.
fn folded(text: &str) -> String {
    normalise(text).chars().map(look_alike).collect()
}

fn look_alike(character: char) -> char {
    const CYRILLIC: &str = "авекмнорстухіјѕ";
    const LATIN: &str = "abekmhopctyxijs";
    let place = CYRILLIC.chars().position(|cyrillic| cyrillic == character);
    place
        .and_then(|place| LATIN.chars().nth(place))
        .unwrap_or(character)
}

/// A number with what may stand around it.
#[derive(Debug, PartialEq)]
struct Quantity {
    value: f64,
    /// How far an answer may be from the value.
    tolerance: f64,
    /// Folded, empty without one.
    unit: String,
}

impl Quantity {
    /// `42`, `3,14`, `1 000 ms`, `42 ± 5%`, `50% ± 2`.
    fn read(text: &str) -> Option<Quantity> {
        let text = text.trim().replace("+/-", "±").replace("+-", "±");
        let (number, tolerance) = match text.split_once('±') {
            Some((number, tolerance)) => (number, Some(tolerance)),
            None => (text.as_str(), None),
        };
        let (value, unit) = number_and_unit(number)?;
        let (tolerance, tolerance_unit) = match tolerance {
            Some(tolerance) => number_and_unit(tolerance)?,
            None => (0.0, String::new()),
        };
        let is_relative = tolerance_unit == "%" && unit != "%";
        let tolerance = if is_relative {
            value.abs() * tolerance / 100.0
        } else {
            tolerance
        };
        let unit = if unit.is_empty() && !is_relative {
            tolerance_unit
        } else {
            unit
        };
        Some(Quantity {
            value,
            tolerance: tolerance.abs(),
            unit,
        })
    }

    fn accepts(&self, answer: &Quantity) -> bool {
        let is_percent_or_nothing = |unit: &str| unit.is_empty() || unit == "%";
        let same_unit = self.unit == answer.unit
            || (is_percent_or_nothing(&self.unit) && is_percent_or_nothing(&answer.unit));
        let rounding = ROUNDING * self.value.abs().max(answer.value.abs());
        same_unit && (self.value - answer.value).abs() <= self.tolerance + rounding
    }
}

fn number_and_unit(text: &str) -> Option<(f64, String)> {
    let text = text.trim().replace('−', "-");
    let is_part = |character: char| {
        character.is_ascii_digit() || character.is_whitespace() || "+-.,".contains(character)
    };
    let end = text
        .find(|character| !is_part(character))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let compact: String = number
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let value: f64 = compact.replace(',', ".").parse().ok()?;
    let unit = folded(unit);
    Some((value, unit))
}

#[cfg(test)]
mod tests;
