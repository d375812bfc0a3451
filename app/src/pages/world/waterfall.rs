//! Requests and their calls over time, as SVG text. Colours come from the style sheet, by class.

use std::fmt::Write;

use super::{ComponentView, WaterfallView};
use crate::{
    islands::browser::escaped,
    pages::text::world::WorldText,
    text::{Language, format},
};

const WIDTH: f64 = 440.0;
const ROW: f64 = 9.0;
const TOP: f64 = 18.0;

/// With more rows than this, words beside bars would cover each other.
const LABELLED_ROWS: usize = 40;

/// The waterfall on an axis of `length_ns`.
pub(super) fn waterfall_svg(
    view: &WaterfallView,
    components: &[ComponentView],
    length_ns: u64,
    name: &str,
    language: Language,
) -> String {
    let text = WorldText::of(language);
    let length = length_ns.max(1) as f64;
    let x = |at_ns: u64| 4.0 + (WIDTH - 8.0) * (at_ns as f64 / length).min(1.0);
    let rows = view.requests.len() + view.calls.len();
    let height = TOP + ROW * rows as f64 + 6.0;
    let label = format!(
        "{}: {name}, {}",
        text.waterfall,
        format::duration(view.length_ns as f64, language)
    );
    let mut svg = format!(
        r#"<svg class="chart waterfall" viewBox="0 0 {WIDTH} {height:.0}" role="img" aria-label="{label}">"#
    );
    for quarter in 0..=4_u64 {
        let at_ns = length_ns * quarter / 4;
        let anchor = match quarter {
            0 => "start",
            4 => "end",
            _ => "middle",
        };
        _ = write!(
            svg,
            r#"<path class="grid" d="M{x:.1} {TOP}V{height:.0}"/><text class="label" x="{x:.1}" y="11" text-anchor="{anchor}">{words}</text>"#,
            x = x(at_ns),
            words = format::duration(at_ns as f64, language),
        );
    }
    let is_labelled = rows <= LABELLED_ROWS;
    let mut y = TOP + 1.0;
    for request in &view.requests {
        let (from, until) = (x(request.arrived_ns), x(request.ended_ns));
        let words = format!(
            "{} {} · {}",
            text.request,
            request.number,
            format::duration((request.ended_ns - request.arrived_ns) as f64, language)
        );
        bar(&mut svg, "request-bar", (from, until), y, &words);
        y += ROW;
        let of_request = view
            .calls
            .iter()
            .filter(|call| call.request == request.number);
        for call in of_request {
            let [started, arrived, served_from, served_until, ended] = call.times_ns.map(x);
            let component = components.get(call.component);
            let title = component
                .map(|component| escaped(component.title.of(language)))
                .unwrap_or_default();
            let took_ns = call.times_ns[4] - call.times_ns[0];
            let words = format!(
                "{title} ×{} · {}",
                call.items,
                format::duration(took_ns as f64, language)
            );
            let middle = y + ROW / 2.0 - 1.0;
            let class = if call.outcome == "answered" {
                "way-line"
            } else {
                "way-line lost"
            };
            _ = write!(
                svg,
                r#"<path class="{class}" d="M{started:.1} {middle:.1}H{ended:.1}"/>"#
            );
            bar(&mut svg, "queue-bar", (arrived, served_from), y, &words);
            bar(&mut svg, "work-bar", (served_from, served_until), y, &words);
            if is_labelled {
                let (at, anchor) = if ended < WIDTH * 0.6 {
                    (ended + 3.0, "start")
                } else {
                    (started - 3.0, "end")
                };
                _ = write!(
                    svg,
                    r#"<text class="bar-label" x="{at:.1}" y="{base:.1}" text-anchor="{anchor}">{words}</text>"#,
                    base = y + ROW - 2.0,
                );
            }
            y += ROW;
        }
    }
    svg.push_str("</svg>");
    svg
}

fn bar(svg: &mut String, class: &str, (from, until): (f64, f64), y: f64, words: &str) {
    let width = (until - from).max(0.0);
    if width > 0.0 {
        _ = write!(
            svg,
            r#"<rect class="{class}" x="{from:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"><title>{words}</title></rect>"#,
            height = ROW - 2.0,
        );
    }
}
