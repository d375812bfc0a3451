//! What a run of the visible examples showed, as HTML.

use super::browser::escaped;
use crate::{api::RunReport, text::IslandText};

/// Input, expected and got of every visible example, or why there is nothing to compare.
pub(crate) fn run_html(report: &RunReport, text: &IslandText) -> String {
    let all_passed =
        report.verdict.is_none() && report.examples.iter().all(|example| example.passed);
    let headline = match report.verdict {
        Some(_) => text.not_run,
        None if all_passed => text.examples_pass,
        None => text.examples_differ,
    };
    let class = if all_passed { "passed" } else { "failed" };
    let mut html = format!(r#"<section class="run-report {class}"><h3>{headline}</h3>"#);
    if let Some(message) = &report.message {
        html += &format!(
            r#"<pre class="message" tabindex="0">{}</pre>"#,
            escaped(message)
        );
    }
    for example in &report.examples {
        let (class, mark) = if example.passed {
            ("passed", text.equal)
        } else {
            ("failed", text.different)
        };
        html += &format!(
            r#"<dl class="example {class}"><dt>{}</dt><dd><code>{}</code></dd><dt>{}</dt><dd><code>{}</code></dd><dt>{}</dt><dd><code>{}</code> <span class="example-mark">{mark}</span></dd></dl>"#,
            text.input,
            escaped(&example.input),
            text.expected,
            escaped(&example.expected),
            text.got,
            escaped(example.got.as_deref().unwrap_or("–")),
        );
    }
    html + "</section>"
}

#[cfg(test)]
mod tests;
