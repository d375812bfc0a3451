//! One submission: its stages or its verdict, and the source that was handed in.
//!
//! The page needs no script: one without a verdict is where a form leads that was sent without scripts.

mod chart;
mod verdict;

use leptos::{either::Either, prelude::*};

use super::{Shell, layout, text::Text, to_document};
use crate::{
    api::{Progress, SubmissionState},
    islands::stages::stages_html,
    text::IslandText,
};
use verdict::VerdictPanel;

/// How often a browser without scripts looks whether there is a verdict, in seconds.
const RELOAD_AFTER_SECONDS: u32 = 2;

/// A submission as its learner sees it.
#[derive(Clone, Debug)]
pub struct SubmissionView {
    /// The exercise's slug.
    pub exercise: String,
    /// The exercise's title in the language of the page.
    pub title: String,
    /// Where the submission is.
    pub state: SubmissionState,
    /// The source that was handed in.
    pub source: String,
}

/// The page `/bg/exercises/memoize/submissions/<id>`.
pub fn render(shell: &Shell, view: SubmissionView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let language = shell.language;
        let SubmissionState {
            stage,
            ahead,
            report,
            ..
        } = view.state;
        let progress = Progress { stage, ahead };
        let underway = !progress.is_over();
        let mut frame = layout::Frame::new(shell, format!("{} · {}", text.submission, view.title));
        frame.islands = false;
        frame.reload_after_seconds = underway.then_some(RELOAD_AFTER_SECONDS);
        let exercise_url = format!("/{}/exercises/{}", language.code(), view.exercise);
        let here = format!("/{}{}", language.code(), shell.path);
        let body = view! {
            <div class="page submission-page">
                <header class="page-header">
                    <p class="kicker">{text.submission}</p>
                    <h1>{view.title}</h1>
                    <p><a href=exercise_url>{text.back_to_exercise}</a></p>
                </header>
                {match report {
                    Some(report) => Either::Left(view! { <VerdictPanel language report/> }),
                    None => {
                        let stages = stages_html(progress, IslandText::of(language));
                        Either::Right(view! { <div inner_html=stages></div> })
                    }
                }}
                {underway.then(|| view! { <p><a href=here>{text.reload}</a></p> })}
                <h2>{text.submitted_source}</h2>
                <pre class="submitted" tabindex="0"><code>{view.source}</code></pre>
            </div>
        };
        layout::document(shell, frame, body)
    })
}
