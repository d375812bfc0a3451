//! The page of one submission: waits for its verdict.

use leptos::prelude::*;

use super::stages::{SubmissionProgress, follow};
use crate::{
    api::{Stage, SubmissionState},
    text::{IslandText, Language},
};

/// A submission whose state changes as the server reports it.
#[island]
pub(crate) fn SubmissionWatch(language: Language, state: SubmissionState) -> impl IntoView {
    let text = IslandText::of(language);
    let state = RwSignal::new(state);
    Effect::new(move |_| {
        let first = state.get_untracked();
        if !matches!(first.stage, Stage::Done | Stage::NotGraded) {
            follow(&first.id, move |next| state.set(next));
        }
    });
    view! {
        <div class="submission" aria-live="polite" aria-label=text.progress role="region">
            {move || view! { <SubmissionProgress language state=state.get()/> }}
        </div>
    }
}
