//! The workbench of an exercise: edit, run, state an expectation, submit, watch, read the verdict.
//!
//! 1. The server's page has a text field in a form, which works alone.
//! 2. The browser puts an editor before it; the text field stays the one place that holds the source.
//! 3. What is typed is kept on the server after a pause.
//! 4. *Run* shows the visible examples; *Submit* is followed stage by stage, and the verdict is taken from the page of
//!    the submission, so that the wasm of every page need not know how to draw one.

mod bench;

use leptos::{ev::SubmitEvent, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::{
    browser::{self, escaped},
    editor::{self, Mounting},
    stages::stages_html,
};
use crate::{
    api::Stage,
    text::{IslandText, Language},
};
use bench::Bench;

/// What the workbench begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WorkbenchState {
    /// The exercise's slug.
    pub(crate) exercise: String,
    /// The language of the source.
    pub(crate) code_language: String,
    /// What the learner last typed, else the starter; the browser finds it in the field.
    #[serde(skip)]
    pub(crate) draft: String,
    /// What *Reset to starter* brings back.
    pub(crate) starter: String,
    /// A fresh UUID for the next submission.
    pub(crate) submission_id: String,
    /// Where the editor's script is.
    pub(crate) editor_url: String,
}

/// The workbench. Nothing can be run or submitted while `refused` says why.
#[island]
pub(crate) fn Workbench(
    language: Language,
    state: WorkbenchState,
    refused: Option<String>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let closed = refused.is_some();
    let bench = Bench::new(language, &state);
    let frame = NodeRef::<leptos::html::Div>::new();
    mount_editor(bench, frame, &state, text);

    let action = format!(
        "/{}/exercises/{}/submissions",
        language.code(),
        state.exercise
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        bench.submit();
    };
    let run_label = Signal::derive(move || {
        if bench.running.get() {
            text.running
        } else {
            text.run
        }
        .to_owned()
    });
    let cannot_undo = Signal::derive(move || !bench.can_undo.get());
    let cannot_run = Signal::derive(move || closed || bench.running.get());
    let cannot_submit = Signal::derive(move || closed || !bench.progress.get().is_over());
    let stages = Signal::derive(move || stages_html(bench.progress.get(), text));
    let no_stages = Signal::derive(move || bench.progress.get().stage == Stage::Done);

    view! {
        <div class="workbench">
            <form method="post" action=action on:submit=submit>
                <input type="hidden" name="id" value=state.submission_id/>
                <input type="hidden" name="language" value=state.code_language/>
                <label class="code-label" for="source">{text.code}</label>
                <div class="editor" node_ref=frame></div>
                <textarea
                    class="source"
                    id="source"
                    name="source"
                    rows="22"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    node_ref=bench.field
                    on:input=move |_| bench.changed()
                    // Leptos does not escape what is in a text field, and the parser drops a first line break.
                    inner_html=format!("\n{}", escaped(&state.draft))
                ></textarea>
                {bench.draft_status.line()}
                <div class="actions">
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| bench.run()
                        disabled=cannot_run
                    >
                        {run_label}
                    </button>
                    <button class="button quiet" type="button" on:click=move |_| bench.reset()>
                        {text.reset}
                    </button>
                    <button
                        class="button quiet"
                        type="button"
                        on:click=move |_| bench.undo_reset()
                        hidden=cannot_undo
                    >
                        {text.undo_reset}
                    </button>
                </div>
                <div class="actions hand-in">
                    <label for="predicted">{text.predicted_speedup}</label>
                    <input
                        id="predicted"
                        class="number"
                        type="number"
                        name="predicted_speedup"
                        min="0.1"
                        max="1000"
                        step="0.1"
                        inputmode="decimal"
                        node_ref=bench.prediction
                    />
                    <button
                        class="button primary"
                        type="submit"
                        disabled=cannot_submit
                    >
                        {text.submit}
                    </button>
                </div>
            </form>
            {refused.map(|reason| view! { <p class="notice">{format!("{} {reason}", text.closed)}</p> })}
            <div class="results" aria-live="polite">
                <p class="notice failed" hidden=is_empty(bench.problem)>{words(bench.problem)}</p>
                <div inner_html=words(bench.run_html)></div>
                <div inner_html=stages hidden=no_stages></div>
                <div inner_html=words(bench.verdict_html)></div>
                <p hidden=is_empty(bench.submission_page)>
                    <a href=words(bench.submission_page)>{text.submission_page}</a>
                </p>
            </div>
        </div>
    }
}

fn is_empty(signal: RwSignal<String>) -> Signal<bool> {
    Signal::derive(move || signal.with(String::is_empty))
}

fn words(signal: RwSignal<String>) -> Signal<String> {
    Signal::derive(move || signal.get())
}

fn mount_editor(
    bench: Bench,
    frame: NodeRef<leptos::html::Div>,
    state: &WorkbenchState,
    text: &'static IslandText,
) {
    let (url, language) = (state.editor_url.clone(), state.code_language.clone());
    browser::on_wake(move || {
        let (Some(field), Some(frame)) = (bench.field.get_untracked(), frame.get_untracked())
        else {
            return;
        };
        let mounting = Mounting {
            url,
            parent: frame.unchecked_into(),
            source: field.value(),
            language,
            label: text.code,
        };
        let mirror = field.clone();
        editor::load(
            mounting,
            move |source| {
                mirror.set_value(&source);
                bench.changed();
            },
            move |mounted| {
                field.set_hidden(true);
                bench.editor.set_value(Some(mounted));
            },
        );
    });
}
