//! How many calls a component served and let wait over time, as SVG text.

use std::fmt::Write;

use super::TimelineView;
use crate::text::{Language, format};

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 70.0;
const TOP: f64 = 14.0;

/// One component over time; `most` is the height of the axis, and of both sides the same.
pub(super) fn timeline_svg(
    view: &TimelineView,
    component: usize,
    most: f64,
    name: &str,
    language: Language,
) -> String {
    let none = Vec::new();
    let serving = view.serving.get(component).unwrap_or(&none);
    let waiting = view.waiting.get(component).unwrap_or(&none);
    let whole = serving.len().max(1) as f64;
    let length_ns = view.bucket_ns as f64 * whole;
    let x = |place: usize| 4.0 + (WIDTH - 8.0) * place as f64 / whole;
    let y = |count: f64| HEIGHT - (HEIGHT - TOP) * (count / most.max(1e-9)).min(1.0);
    let words = format!("{name} · {}", format::duration(length_ns, language));
    let mut svg = format!(
        r#"<svg class="chart timeline" viewBox="0 0 {WIDTH} {bottom:.0}" role="img" aria-label="{words}"><text class="label" x="4" y="10">{words}</text><text class="label" x="{right:.0}" y="10" text-anchor="end">{top}</text>"#,
        bottom = HEIGHT + 4.0,
        right = WIDTH - 4.0,
        top = format::decimal(most, 1, language),
    );
    let steps = |counts: &[f64]| {
        let mut path = String::new();
        for (place, count) in counts.iter().enumerate() {
            let command = if place == 0 { 'M' } else { 'L' };
            _ = write!(
                path,
                "{command}{:.1} {y:.1}H{:.1}",
                x(place),
                x(place + 1),
                y = y(*count)
            );
        }
        path
    };
    _ = write!(
        svg,
        r#"<path class="work-area" d="{area}V{HEIGHT}H4Z"/><path class="queue-line" d="{line}"/><path class="axis" d="M4 {HEIGHT}H{right:.0}"/></svg>"#,
        area = steps(serving),
        line = steps(waiting),
        right = WIDTH - 4.0,
    );
    svg
}
