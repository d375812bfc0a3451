//! Two programs under one load after the other, as SVG text.

use std::fmt::Write;

use super::knobs::CurveView;
use crate::text::{Language, format};

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 170.0;
const LEFT: f64 = 58.0;
const TOP: f64 = 12.0;

/// What a chart shows of a point.
pub(super) type Quantity = fn(&super::knobs::FiguresView) -> f64;

/// Both curves over the same axes, which begin at zero.
pub(super) fn curves_svg(
    [starter, reference]: [&CurveView; 2],
    quantity: Quantity,
    words: impl Fn(f64) -> String,
    (title, load_name): (&str, &str),
    language: Language,
) -> String {
    let points = |curve: &CurveView| -> Vec<(f64, f64)> {
        curve
            .points
            .iter()
            .filter_map(|point| Some((f64::from(point.load), quantity(&point.figures?))))
            .collect()
    };
    let (starter, reference) = (points(starter), points(reference));
    let all = || starter.iter().chain(&reference);
    let most_load = all().map(|(load, _)| *load).fold(1.0, f64::max);
    let most = all()
        .map(|(_, value)| *value)
        .fold(f64::MIN_POSITIVE, f64::max);
    let x = |load: f64| LEFT + (WIDTH - LEFT - 8.0) * load / most_load;
    let y = |value: f64| HEIGHT - (HEIGHT - TOP) * value / most;
    let mut svg = format!(
        r#"<svg class="chart curves" viewBox="0 0 {WIDTH} {bottom:.0}" role="img" aria-label="{title}">"#,
        bottom = HEIGHT + 38.0,
    );
    for part in 0..=4 {
        let (value, load) = (
            most * f64::from(part) / 4.0,
            most_load * f64::from(part) / 4.0,
        );
        _ = write!(
            svg,
            r#"<path class="grid" d="M{LEFT} {y:.1}H{right:.0}"/><text class="label" x="{before:.0}" y="{base:.1}" text-anchor="end">{words}</text><text class="label" x="{x:.1}" y="{below:.0}" text-anchor="middle">{load}</text>"#,
            y = y(value),
            right = WIDTH - 8.0,
            before = LEFT - 4.0,
            base = y(value) + 4.0,
            words = words(value),
            x = x(load),
            below = HEIGHT + 16.0,
            load = format::decimal(load, 0, language),
        );
    }
    _ = write!(
        svg,
        r#"<text class="label" x="{middle:.0}" y="{base:.0}" text-anchor="middle">{load_name}</text>"#,
        middle = LEFT + (WIDTH - LEFT) / 2.0,
        base = HEIGHT + 34.0,
    );
    for (class, points) in [("before", &starter), ("after", &reference)] {
        let mut path = String::new();
        for (place, (load, value)) in points.iter().enumerate() {
            let command = if place == 0 { 'M' } else { 'L' };
            let (x, y) = (x(*load), y(*value));
            _ = write!(path, "{command}{x:.1} {y:.1}");
            _ = write!(
                svg,
                r#"<circle class="curve-{class}" cx="{x:.1}" cy="{y:.1}" r="3"/>"#
            );
        }
        _ = write!(svg, r#"<path class="curve-line-{class}" d="{path}"/>"#);
    }
    svg.push_str("</svg>");
    svg
}
