//! A submission on its way: its stages as they happen.

use std::cmp::Ordering;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use crate::{
    api::{Progress, Stage},
    text::IslandText,
};

/// The stages that a submission passes through, in order.
const STAGES: [Stage; 4] = [
    Stage::Queued,
    Stage::Compiling,
    Stage::Checking,
    Stage::Measuring,
];

/// The list of stages, those behind and the current one marked, or the apology for a submission that was not graded.
pub(crate) fn stages_html(progress: Progress, text: &IslandText) -> String {
    if progress.stage == Stage::NotGraded {
        return format!(r#"<p class="notice failed">{}</p>"#, text.not_graded);
    }
    let mut html = r#"<ol class="stages">"#.to_owned();
    for stage in STAGES {
        html += match stage.cmp(&progress.stage) {
            Ordering::Less => r#"<li class="stage passed">"#,
            Ordering::Equal => r#"<li class="stage current" aria-current="step">"#,
            Ordering::Greater => r#"<li class="stage">"#,
        };
        html += text.stage(stage);
        let waiting = stage == Stage::Queued && progress.stage == Stage::Queued;
        if let Some(ahead @ 1..) = progress.ahead.filter(|_| waiting) {
            html += &format!(" ({})", text.ahead.of(ahead));
        }
        // Which one it is at is told in the text as well.
        html += if stage == progress.stage {
            "…</li>"
        } else {
            "</li>"
        };
    }
    html + "</ol>"
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

#[cfg(test)]
mod tests;
