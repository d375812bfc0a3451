//! One submission: its stages or its verdict, and the source that was handed in.
//!
//! The page needs no script: one without a verdict is where a form leads that was sent without scripts.

mod findings;
mod profile;
mod verdict;

use leptos::{either::Either, prelude::*};

use super::{Shell, exercise::debrief, layout, text::Text, to_document, world::WorldView};
use crate::{
    api::{Progress, SubmissionState},
    islands::stages::stages_html,
    text::IslandText,
};
use verdict::VerdictPanel;

/// How often the page looks whether there is a verdict and its profile, in seconds.
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
    /// Where its time goes, where that says something.
    pub profile: Option<ProfileView>,
    /// What the simulated world showed, where the exercise has one.
    pub world: Option<WorldView>,
    /// The source that was handed in.
    pub source: String,
    /// What is told after passing, as sanitised HTML; nothing where it did not pass.
    pub debrief_html: Option<String>,
}

/// Where the time of a submission and of the starter goes.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileView {
    /// It is being found out.
    Underway,
    /// It was found out.
    Made {
        /// The starter.
        before: SideView,
        /// The submission.
        after: SideView,
    },
}

/// Where the time of one program goes.
#[derive(Clone, Debug, PartialEq)]
pub struct SideView {
    /// How often it was looked at.
    pub samples: u32,
    /// How often would be enough to say something.
    pub enough_samples: u32,
    /// The places where it spends most, from the first.
    pub places: Vec<HotSpot>,
}

/// A place where time is spent.
#[derive(Clone, Debug, PartialEq)]
pub struct HotSpot {
    /// The function.
    pub function: String,
    /// The line of the learner's source, where it is known.
    pub line: Option<u32>,
    /// Whose code it is.
    pub origin: Origin,
    /// The share of time in it, from 0 to 1.
    pub own_share: f64,
    /// The share of time in it and in what it calls.
    pub total_share: f64,
}

/// Whose code a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The learner's, or the starter's.
    Source,
    /// The language's library.
    Library,
    /// The laboratory's, which hands arguments over and takes the answer.
    Laboratory,
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
        let is_incomplete = underway || view.profile == Some(ProfileView::Underway);
        let mut frame = layout::Frame::new(shell, format!("{} · {}", text.submission, view.title));
        frame.islands = false;
        frame.reload_after_seconds = is_incomplete.then_some(RELOAD_AFTER_SECONDS);
        let exercise_url = format!("/{}/exercises/{}", language.code(), view.exercise);
        let here = format!("/{}{}", language.code(), shell.path);
        let page = here.clone();
        let body = view! {
            <div class="page submission-page">
                <header class="page-header">
                    <p class="kicker">{text.submission}</p>
                    <h1>{view.title}</h1>
                    <p><a href=exercise_url>{text.back_to_exercise}</a></p>
                </header>
                {match report {
                    Some(report) => Either::Left(view! { <VerdictPanel language report page profile=view.profile world=view.world/> }),
                    None => {
                        let stages = stages_html(progress, IslandText::of(language));
                        Either::Right(view! { <div inner_html=stages></div> })
                    }
                }}
                {view.debrief_html.map(|html| debrief(html, language))}
                {underway.then(|| view! { <p><a href=here>{text.reload}</a></p> })}
                <h2>{text.submitted_source}</h2>
                <pre class="submitted" tabindex="0"><code>{numbered(&view.source)}</code></pre>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

/// A source whose lines the style sheet numbers: profiles and messages name lines, and what is copied has no numbers.
fn numbered(source: &str) -> impl IntoView + use<> {
    source
        .lines()
        .map(|line| view! { <span class="numbered">{format!("{line}\n")}</span> })
        .collect_view()
}
