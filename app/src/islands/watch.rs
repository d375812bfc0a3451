//! The page of a submission that has no verdict yet.

use leptos::prelude::*;

use super::{
    browser,
    stages::{StageList, follow},
};
use crate::{
    api::Progress,
    text::{IslandText, Language},
};

/// The stages of the submission as the server reports them. When they are over, the page is loaded again: the server
/// shows the verdict.
#[island]
pub(crate) fn SubmissionWatch(
    language: Language,
    submission: String,
    progress: Progress,
) -> impl IntoView {
    let text = IslandText::of(language);
    let progress = RwSignal::new(progress);
    browser::on_wake(move || {
        if !progress.get_untracked().is_over() {
            follow(&submission, move |next| {
                progress.set(next);
                if next.is_over() {
                    _ = window().location().reload();
                }
            });
        }
    });
    view! {
        <div class="submission" aria-live="polite" aria-label=text.progress role="region">
            <StageList language progress/>
        </div>
    }
}
