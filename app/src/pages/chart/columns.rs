//! Counts by day as columns, shares as bars, and what was expected against what was measured.

use std::fmt::Write;

use super::{LEFT, RIGHT, Scale, Tenths, WIDTH, opening, ticks};
use crate::{
    pages::text::Text,
    text::{Language, format},
};

/// The height of the columns, and where they stand.
const TOP: u32 = 14;
const BASE: u32 = 120;

/// Counts as columns, the first at the left. `days` names the days that get a label, by place.
pub(crate) fn columns_svg(
    counts: &[u32],
    title: &str,
    labels: &[(usize, String)],
) -> Option<String> {
    let highest = counts
        .iter()
        .copied()
        .max()
        .filter(|highest| *highest > 0)?;
    let width = f64::from(RIGHT - LEFT) / counts.len() as f64;
    let x = |place: usize| f64::from(LEFT) + place as f64 * width;
    let mut svg = opening(BASE + 24, title);
    svg.push_str(r#"<path class="bars-after" d=""#);
    for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = f64::from(BASE - TOP) * f64::from(*count) / f64::from(highest);
        let top = Tenths(f64::from(BASE) - height.max(1.5));
        _ = write!(
            svg,
            "M{} {BASE}V{top}h{}V{BASE}z",
            Tenths(x(place) + 1.0),
            Tenths(width - 2.0)
        );
    }
    _ = write!(
        svg,
        r#""/><path class="axis" d="M{LEFT} {BASE}H{RIGHT}"/><text class="label" x="{RIGHT}" y="11" text-anchor="end">{highest}</text>"#
    );
    for (place, words) in labels {
        let anchor = match place {
            0 => "start",
            place if place + 1 == counts.len() => "end",
            _ => "middle",
        };
        let at = match anchor {
            "start" => x(0),
            "end" => f64::from(RIGHT),
            _ => x(*place) + width / 2.0,
        };
        _ = write!(
            svg,
            r#"<text class="label" x="{}" y="{}" text-anchor="{anchor}">{words}</text>"#,
            Tenths(at),
            BASE + 18
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// A share as a bar as long as the share. It stands beside the number, so that it needs no words of its own.
pub(crate) fn share_svg(share: f32) -> String {
    let full = f64::from(share.clamp(0.0, 1.0)) * 100.0;
    format!(
        r#"<svg class="chart share" viewBox="0 0 100 8" aria-hidden="true" focusable="false"><path class="bars-before" d="M0 0H100V8H0z"/><path class="bars-after" d="M0 0H{}V8H0z"/></svg>"#,
        Tenths(full)
    )
}

/// Expected speed-ups against measured ones; on the line they agree.
pub(crate) fn calibration_svg(predictions: &[(f64, f64)], language: Language) -> Option<String> {
    let text = &Text::of(language).progress;
    let values = predictions
        .iter()
        .flat_map(|(predicted, measured)| [*predicted, *measured]);
    let scale = Scale::around(values.chain([1.0]), 1.2).filter(|_| !predictions.is_empty())?;
    const BOTTOM: u32 = 220;
    let y = |value: f64| Tenths(f64::from(BOTTOM) - scale.fraction(value) * f64::from(BOTTOM - 20));
    let mut svg = opening(BOTTOM + 40, text.calibration);
    ticks(&mut svg, &scale, BOTTOM, |value| {
        format::speedup(value, language)
    });
    _ = write!(
        svg,
        r#"<path class="mark-target" d="M{LEFT} {BOTTOM}L{RIGHT} 20"/>"#
    );
    for (predicted, measured) in predictions {
        _ = write!(
            svg,
            r#"<circle class="point" cx="{}" cy="{}" r="4"/>"#,
            scale.x(*predicted),
            y(*measured)
        );
    }
    _ = write!(
        svg,
        r#"<text class="label" x="{}" y="{}" text-anchor="end">{}</text>"#,
        WIDTH - 2,
        BOTTOM + 36,
        text.predicted_axis
    );
    _ = write!(
        svg,
        r#"<text class="label" x="{LEFT}" y="12">{}</text>"#,
        text.measured_axis
    );
    svg.push_str("</svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_with_nothing_has_no_column_and_no_day_at_all_no_chart() {
        let svg = columns_svg(&[3, 0, 1], "Due", &[(0, "today".into())]).expect("it is drawn");
        assert_eq!(svg.matches('z').count(), 2, "{svg}");
        assert!(svg.contains(">today</text>"), "{svg}");
        assert_eq!(columns_svg(&[0, 0], "Due", &[]), None);
    }

    #[test]
    fn every_prediction_is_a_point() {
        let svg = calibration_svg(&[(2.0, 2.5), (4.0, 1.0)], Language::English);
        assert_eq!(svg.expect("it is drawn").matches("<circle").count(), 2);
        assert_eq!(calibration_svg(&[], Language::English), None);
    }
}
