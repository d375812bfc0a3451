//! A submission on its way: the stages as they happen, then the verdict.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::verdict::VerdictPanel;
use crate::{
    api::{Stage, SubmissionState},
    text::{IslandText, Language},
};

/// The stages that a submission passes through, in order.
const STAGES: [Stage; 4] = [
    Stage::Queued,
    Stage::Compiling,
    Stage::Checking,
    Stage::Measuring,
];

/// The list of stages while a submission is graded, and its verdict once there is one.
#[component]
pub(crate) fn SubmissionProgress(language: Language, state: SubmissionState) -> impl IntoView {
    let text = IslandText::of(language);
    match (state.stage, state.report) {
        (Stage::Done, Some(report)) => view! { <VerdictPanel language report/> }.into_any(),
        (Stage::Done | Stage::NotGraded, _) => {
            view! { <p class="notice failed" role="alert">{text.not_graded}</p> }.into_any()
        }
        (stage, _) => view! {
            <ol class="stages">
                {STAGES
                    .into_iter()
                    .map(|each| {
                        let class = match each.cmp(&stage) {
                            std::cmp::Ordering::Less => "stage passed",
                            std::cmp::Ordering::Equal => "stage current",
                            std::cmp::Ordering::Greater => "stage",
                        };
                        let ahead = (each == Stage::Queued && each == stage)
                            .then_some(state.ahead)
                            .flatten()
                            .filter(|ahead| *ahead > 0)
                            .map(|ahead| format!(" ({})", text.ahead.of(ahead)));
                        view! {
                            <li class=class aria-current=(each == stage).then_some("step")>
                                {text.stage(each)}
                                {ahead}
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        }
        .into_any(),
    }
}

/// Calls `on_state` with every state that the server reports for the submission, until it is graded.
pub(crate) fn follow(submission: &str, on_state: impl Fn(SubmissionState) + 'static) {
    let Ok(source) = EventSource::new(&format!("/api/v1/submissions/{submission}/events")) else {
        return;
    };
    let stream = source.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let data = message.data().as_string().unwrap_or_default();
        if let Ok(state) = serde_json::from_str::<SubmissionState>(&data) {
            if matches!(state.stage, Stage::Done | Stage::NotGraded) {
                // An event source that its server has closed would connect again for ever.
                stream.close();
            }
            on_state(state);
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The stream lives as long as the page or until the verdict; its listener must too.
    on_message.forget();
}
