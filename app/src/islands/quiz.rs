//! A quiz question inside a lesson.

use leptos::prelude::*;

use super::question::{QuestionCard, QuestionState};
use crate::text::Language;

/// The event on the document that tells the section index of a rating.
pub(crate) const RATED_EVENT: &str = "latency-lab:rated";

/// One question of a lesson's quiz; `base` is the path of the lesson's page.
#[island]
pub(crate) fn QuizQuestion(
    language: Language,
    state: QuestionState,
    base: String,
) -> impl IntoView {
    let on_scheduled = Callback::new(|_| {
        if let Ok(event) = web_sys::Event::new(RATED_EVENT) {
            _ = document().dispatch_event(&event);
        }
    });
    let state = RwSignal::new(Some(state));
    view! { <QuestionCard language state base on_scheduled/> }
}
