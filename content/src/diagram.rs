//! Diagrams: fences marked `mermaid` become SVG.
//!
//! Mermaid was chosen since code hosts draw the same fence, so that a lesson reads well there too; `mermaid-rs-renderer`
//! draws it here, without a script and without a browser. Its colours are fixed, and `app/style/45-figures.css` gives
//! each of them the page's own, light or dark.

use std::{borrow::Cow, panic, sync::LazyLock};

use ammonia::Builder;
use mermaid_rs_renderer::{RenderOptions, render_with_options};

/// The word behind the fence.
pub(crate) const LANGUAGE: &str = "mermaid";

/// A larger diagram is one that nobody can read.
const MOST_BYTES: usize = 8 * 1024;

/// A diagram as SVG.
///
/// # Errors
/// What is wrong with it, in the words of the renderer.
pub(crate) fn svg(source: &str, id: &str) -> Result<String, String> {
    if source.len() > MOST_BYTES {
        return Err(format!("it is longer than {MOST_BYTES} bytes"));
    }
    // Somebody else's parser meets whatever an author is typing: its mistakes must not take the page down.
    let source = source.replace(ID_PREFIX, "");
    let rendered = panic::catch_unwind(|| render_with_options(&source, RenderOptions::modern()));
    match rendered {
        Ok(Ok(svg)) => {
            let svg = SANITISER.clean(&svg).to_string();
            Ok(svg.replace(ID_PREFIX, &format!("{id}-")))
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it cannot be drawn".to_owned()),
    }
}

/// What every id begins with until the diagram's own name replaces it: a character of the private use area, which is
/// taken out of the source.
const ID_PREFIX: &str = "\u{f8fe}";

/// Shapes and text. Nothing that links, embeds, runs, moves or fetches.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(
            [
                "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line",
                "polyline", "polygon", "text", "tspan", "title", "desc",
            ]
            .into(),
        )
        .generic_attributes(
            [
                "cx",
                "cy",
                "d",
                "dominant-baseline",
                "dx",
                "dy",
                "fill",
                "fill-opacity",
                "font-size",
                "font-style",
                "font-weight",
                "height",
                "marker-end",
                "marker-start",
                "opacity",
                "points",
                "r",
                "rx",
                "ry",
                "stroke",
                "stroke-dasharray",
                "stroke-linecap",
                "stroke-linejoin",
                "stroke-opacity",
                "stroke-width",
                "text-anchor",
                "transform",
                "viewBox",
                "width",
                "x",
                "x1",
                "x2",
                "y",
                "y1",
                "y2",
            ]
            .into(),
        )
        .add_tag_attributes(
            "marker",
            [
                "id",
                "markerHeight",
                "markerUnits",
                "markerWidth",
                "orient",
                "refX",
                "refY",
            ],
        )
        .attribute_filter(allowed_value);
    builder
});

/// An attribute's value; what refers to a part of the diagram refers to a part of this one, also where a page has many.
fn allowed_value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if value.contains(ID_PREFIX) {
        return None;
    }
    if (element, attribute) == ("marker", "id") {
        return Some(Cow::Owned(format!("{ID_PREFIX}{value}")));
    }
    let lower = value.to_ascii_lowercase();
    match lower.strip_prefix("url(#") {
        Some(_) if attribute.starts_with("marker-") => Some(Cow::Owned(format!(
            "url(#{ID_PREFIX}{}",
            &value["url(#".len()..]
        ))),
        _ if lower.contains("url(") => None,
        // The drawing is as wide as the text allows; its own width is in the `viewBox`.
        _ if element == "svg"
            && matches!(attribute, "width" | "height")
            && value.ends_with('%') =>
        {
            None
        }
        _ => Some(Cow::Borrowed(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: &str = "flowchart LR\n  A[Заявка] --> B{Кеш?}\n  B -->|има| C[Отговор]\n";

    #[test]
    fn a_flow_chart_is_drawn_with_its_words() {
        let drawn = svg(FLOW, "d1").expect("it is Mermaid");
        assert!(drawn.starts_with("<svg"), "{drawn}");
        assert!(drawn.contains("viewBox"), "{drawn}");
        for word in ["Заявка", "Кеш?", "има", "Отговор"] {
            assert!(drawn.contains(word), "{word} is missing: {drawn}");
        }
    }

    #[test]
    fn two_diagrams_of_a_page_share_no_ids() {
        let sequence = "sequenceDiagram\n  Client->>Server: question\n";
        let drawn = svg(sequence, "d7").expect("it is Mermaid");
        assert!(drawn.contains("id=\"d7-"), "{drawn}");
        assert!(drawn.contains("url(#d7-"), "{drawn}");
        assert!(!drawn.contains(ID_PREFIX));
    }

    #[test]
    fn nothing_in_a_diagram_links_runs_or_fetches() {
        let hostile = "%%{init: {\"theme\": \"base\", \"themeVariables\": {\"lineColor\": \"url(https://evil.example/x)\"}}}%%\n\
                       flowchart LR\n  A[\"<script>alert(1)</script>\"] --> B\n  click A \"javascript:alert(1)\"\n  \
                       style A fill:url(https://evil.example/y)\n";
        // Refusing it is as good as drawing it harmlessly.
        let drawn = svg(hostile, "d1").unwrap_or_default();
        for forbidden in [
            "<script",
            "javascript:",
            "evil.example",
            "<a ",
            "style=",
            "onclick",
        ] {
            assert!(!drawn.contains(forbidden), "{forbidden}: {drawn}");
        }
    }

    #[test]
    fn what_is_no_diagram_is_told() {
        assert!(svg("nonsense here", "d1").is_err());
        assert!(svg(&"x".repeat(MOST_BYTES + 1), "d1").is_err());
    }
}
