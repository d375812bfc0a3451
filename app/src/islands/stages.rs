//! A submission on its way: its stages as they happen.

use std::cmp::Ordering;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use crate::{
    api::{Progress, Stage},
    text::{IslandText, Language},
};

/// The stages that a submission passes through, in order.
const STAGES: [Stage; 4] = [
    Stage::Queued,
    Stage::Compiling,
    Stage::Checking,
    Stage::Measuring,
];

/// The list of stages, those behind and the current one marked, or the apology for a submission that was not graded.
#[component]
pub(crate) fn StageList(language: Language, progress: RwSignal<Progress>) -> impl IntoView {
    let text = IslandText::of(language);
    let lost = Signal::derive(move || progress.get().stage == Stage::NotGraded);
    let found = Signal::derive(move || !lost.get());
    let stages = STAGES.map(|each| {
        let compared = move |ordering: Ordering| {
            Signal::derive(move || each.cmp(&progress.get().stage) == ordering)
        };
        let (passed, current) = (compared(Ordering::Less), compared(Ordering::Equal));
        let ahead = Signal::derive(move || match progress.get() {
            Progress {
                stage,
                ahead: Some(ahead),
            } if stage == each && ahead > 0 => {
                format!(" ({})", text.ahead.of(ahead))
            }
            _ => String::new(),
        });
        let step = Signal::derive(move || if current.get() { "step" } else { "false" }.to_owned());
        view! {
            <li class="stage" class:passed=passed class:current=current aria-current=step>
                {text.stage(each)}
                <span>{ahead}</span>
            </li>
        }
    });
    view! {
        <ol class="stages" hidden=lost>{stages}</ol>
        <p class="notice failed" hidden=found>{text.not_graded}</p>
    }
}

/// Calls `on_progress` with everything that the server reports about the submission, until it is over.
pub(crate) fn follow(submission: &str, on_progress: impl Fn(Progress) + 'static) {
    let Ok(source) = EventSource::new(&format!("/api/v1/submissions/{submission}/events")) else {
        return;
    };
    let stream = source.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let data = message.data().as_string().unwrap_or_default();
        if let Ok(progress) = serde_json::from_str::<Progress>(&data) {
            if progress.is_over() {
                // An event source that its server has closed would connect again for ever.
                stream.close();
            }
            on_progress(progress);
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The stream lives as long as the page or until the verdict; its listener must too.
    on_message.forget();
}
