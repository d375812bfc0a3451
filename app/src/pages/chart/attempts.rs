//! Attempts over time: a row for each, the first at the top.

use std::fmt::Write;

use super::{Scale, WIDTH, label, opening, ticks};
use crate::{
    pages::text::Text,
    text::{Language, format},
};

/// The height of a row, and the room above and below the rows.
const ROW: u32 = 26;
const ABOVE: u32 = 22;
const BELOW: u32 = 28;

/// What the chart shows of an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttemptMarks {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// The measured speed-up.
    pub(crate) speedup: f64,
    /// Its interval.
    pub(crate) interval: [f64; 2],
    /// What the learner expected.
    pub(crate) predicted: Option<f64>,
}

/// The speed-ups of attempts with their intervals and expectations, against 1× and the target.
pub(crate) fn attempts_svg(
    attempts: &[AttemptMarks],
    target: f64,
    language: Language,
) -> Option<String> {
    let text = Text::of(language);
    let values = attempts
        .iter()
        .flat_map(|attempt| attempt.interval.into_iter().chain(attempt.predicted));
    let scale = Scale::around(values.chain([1.0, target]), 1.25)?;
    let bottom = ABOVE + ROW * u32::try_from(attempts.len()).ok()?;
    let in_words: Vec<String> = attempts
        .iter()
        .map(|attempt| {
            format!(
                "{}: {}",
                attempt.number,
                format::speedup(attempt.speedup, language)
            )
        })
        .collect();
    let in_words = format!(
        "{}, {} {}. {}",
        text.findings.attempts_chart,
        text.verdict.target,
        format::speedup(target, language),
        in_words.join("; ")
    );
    let mut svg = opening(bottom + BELOW, &in_words);
    ticks(&mut svg, &scale, bottom, |value| {
        format::speedup(value, language)
    });
    let target_x = scale.x(target);
    _ = write!(
        svg,
        r#"<path class="mark-one" d="M{} 18V{bottom}"/><path class="mark-target" d="M{target_x} 16V{bottom}"/>"#,
        scale.x(1.0)
    );
    label(
        &mut svg,
        &scale,
        target,
        12,
        "label-target",
        text.verdict.target,
    );
    for (row, attempt) in (0..).zip(attempts) {
        let middle = ABOVE + ROW * row + ROW / 2;
        let [low, high] = attempt.interval.map(|end| scale.x(end));
        _ = write!(
            svg,
            r#"<text class="label" x="{right}" y="{y}" text-anchor="end">{number}</text><path class="whisker" d="M{low} {middle}H{high}M{low} {top}v10M{high} {top}v10"/><circle class="point" cx="{x}" cy="{middle}" r="4"/>"#,
            right = WIDTH - 2,
            y = middle + 4,
            number = attempt.number,
            top = middle - 5,
            x = scale.x(attempt.speedup),
        );
        if let Some(predicted) = attempt.predicted {
            _ = write!(
                svg,
                r#"<path class="mark-predicted" d="M{} {}l5 9h-10z"/>"#,
                scale.x(predicted),
                middle + 2
            );
        }
    }
    svg.push_str("</svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(number: u32, speedup: f64, predicted: Option<f64>) -> AttemptMarks {
        AttemptMarks {
            number,
            speedup,
            interval: [speedup * 0.97, speedup * 1.03],
            predicted,
        }
    }

    #[test]
    fn every_attempt_has_a_row_with_its_interval_and_its_expectation() {
        let attempts = [attempt(1, 0.9, None), attempt(3, 2.4, Some(2.0))];
        let svg = attempts_svg(&attempts, 2.0, Language::English).expect("it is drawn");
        assert_eq!(svg.matches("whisker").count(), 2, "{svg}");
        assert_eq!(svg.matches("mark-predicted").count(), 1, "{svg}");
        assert!(svg.contains("target 2.00×. 1: 0.90×; 3: 2.40×"), "{svg}");
    }

    #[test]
    fn a_chart_is_as_tall_as_it_has_attempts() {
        let height = |count: u32| {
            let attempts: Vec<_> = (1..=count)
                .map(|number| attempt(number, 1.2, None))
                .collect();
            let svg = attempts_svg(&attempts, 2.0, Language::Bulgarian).expect("it is drawn");
            let (_, rest) = svg
                .split_once(r#"viewBox="0 0 440 "#)
                .expect("it has a size");
            rest.split('"')
                .next()
                .and_then(|height| height.parse::<u32>().ok())
        };
        assert_eq!(height(3).unwrap() - height(2).unwrap(), ROW);
    }
}
