//! What a run of the visible examples showed.

use leptos::prelude::*;

use crate::{api::RunReport, text::IslandText};

/// Input, expected and got of every visible example, or why there is nothing to compare.
#[component]
pub(crate) fn RunResults(text: &'static IslandText, report: RunReport) -> impl IntoView {
    let all_passed =
        report.verdict.is_none() && report.examples.iter().all(|example| example.passed);
    let headline = match report.verdict {
        Some(_) => text.not_run,
        None if all_passed => text.examples_pass,
        None => text.examples_differ,
    };
    view! {
        <section class=if all_passed { "run-report passed" } else { "run-report failed" }>
            <h3>{headline}</h3>
            {report.message.map(|message| view! { <pre class="message" tabindex="0">{message}</pre> })}
            {report
                .examples
                .into_iter()
                .map(|example| {
                    view! {
                        <dl class=if example.passed { "example passed" } else { "example failed" }>
                            <dt>{text.input}</dt>
                            <dd><code>{example.input}</code></dd>
                            <dt>{text.expected}</dt>
                            <dd><code>{example.expected}</code></dd>
                            <dt>{text.got}</dt>
                            <dd>
                                <code>{example.got.unwrap_or_else(|| "–".to_owned())}</code>
                                " "
                                <span class="example-mark">
                                    {if example.passed { text.equal } else { text.different }}
                                </span>
                            </dd>
                        </dl>
                    }
                })
                .collect_view()}
        </section>
    }
}
