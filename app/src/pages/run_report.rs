//! What a run of the visible examples showed, as a part of the exercise's page.

use leptos::prelude::*;

use super::{marks::marks, text::Text};
use crate::{
    api::{ExampleRun, RunReport},
    text::Language,
};

/// Input, expected and got of every visible example, or why there is nothing to compare.
pub fn render(report: RunReport, language: Language) -> String {
    Owner::new().with(|| run_report(report, language).into_view().to_html())
}

fn run_report(report: RunReport, language: Language) -> impl IntoView {
    let text = &Text::of(language).findings;
    let all_passed =
        report.verdict.is_none() && report.examples.iter().all(|example| example.passed);
    let headline = match report.verdict {
        Some(_) => text.not_run,
        None if all_passed => text.run_passes,
        None => text.run_differs,
    };
    let class = if all_passed {
        "run-report passed"
    } else {
        "run-report failed"
    };
    let of_example = move |run| example(run, language);
    view! {
        <section class=class>
            <h3>{headline}</h3>
            {report.message.map(|message| view! { <pre class="message" tabindex="0">{message}</pre> })}
            {marks(report.marks)}
            {report.examples.into_iter().map(of_example).collect_view()}
        </section>
    }
}

fn example(run: ExampleRun, language: Language) -> impl IntoView {
    let text = Text::of(language);
    let (class, mark) = if run.passed {
        ("example passed", text.findings.equal)
    } else {
        ("example failed", text.findings.different)
    };
    view! {
        <dl class=class>
            <dt>{text.input}</dt>
            <dd><code>{run.input}</code></dd>
            <dt>{text.expected}</dt>
            <dd><code>{run.expected}</code></dd>
            <dt>{text.findings.got}</dt>
            <dd>
                <code>{run.got.unwrap_or_else(|| "–".to_owned())}</code>
                <span class="example-mark">{mark}</span>
            </dd>
        </dl>
    }
}

#[cfg(test)]
mod tests;
