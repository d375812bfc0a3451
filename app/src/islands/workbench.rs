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
    editor::{self, Mounting},
    run_report::RunResults,
    stages::StageList,
};
use crate::{
    api::Stage,
    text::{IslandText, Language},
};
use bench::{Bench, Saving};

/// What the workbench begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WorkbenchState {
    /// The exercise's slug.
    pub(crate) exercise: String,
    /// The language of the source.
    pub(crate) code_language: String,
    /// What the learner last typed, else the starter.
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
    bench.autosave();
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
    let saving_sentence = move || match bench.saving.get() {
        Saving::Untouched => "",
        Saving::Underway => text.saving,
        Saving::Saved => text.saved,
        Saving::Failed => text.not_saved,
    };

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
                >
                    {state.draft}
                </textarea>
                <p
                    class="status saving"
                    role="status"
                    class:failed=move || bench.saving.get() == Saving::Failed
                >
                    {saving_sentence}
                </p>
                <div class="actions">
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| bench.run()
                        disabled=move || closed || bench.running.get()
                    >
                        {move || if bench.running.get() { text.running } else { text.run }}
                    </button>
                    <button class="button quiet" type="button" on:click=move |_| bench.reset()>
                        {text.reset}
                    </button>
                    <button
                        class="button quiet"
                        type="button"
                        on:click=move |_| bench.undo_reset()
                        hidden=move || bench.before_reset.with(Option::is_none)
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
                        disabled=move || closed || !bench.progress.get().is_over()
                    >
                        {text.submit}
                    </button>
                </div>
            </form>
            {refused.map(|reason| view! { <p class="notice">{format!("{} {reason}", text.closed)}</p> })}
            <div class="results" aria-live="polite">
                <p class="notice failed" hidden=move || bench.problem.with(Option::is_none)>
                    {move || bench.problem.get().unwrap_or_default()}
                </p>
                {move || bench.run_report.get().map(|report| view! { <RunResults text report/> })}
                <div hidden=move || !is_underway(bench)>
                    <StageList language progress=bench.progress/>
                </div>
                <div inner_html=move || bench.verdict_html.get()></div>
                <p hidden=move || bench.submission_page.with(Option::is_none)>
                    <a href=move || bench.submission_page.get()>{text.submission_page}</a>
                </p>
            </div>
        </div>
    }
}

/// Whether there are stages to show: of a submission on its way, or of one that was lost.
fn is_underway(bench: Bench) -> bool {
    bench.progress.get().stage != Stage::Done
}

fn mount_editor(
    bench: Bench,
    frame: NodeRef<leptos::html::Div>,
    state: &WorkbenchState,
    text: &'static IslandText,
) {
    let (url, language) = (state.editor_url.clone(), state.code_language.clone());
    Effect::new(move |_| {
        let (Some(field), Some(frame)) = (bench.field.get(), frame.get()) else {
            return;
        };
        let mounting = Mounting {
            url: url.clone(),
            parent: frame.unchecked_into(),
            source: field.value(),
            language: language.clone(),
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
                bench.editor.set(Some(mounted));
            },
        );
    });
}
