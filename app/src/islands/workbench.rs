//! The workbench of an exercise: edit, run, state an expectation, submit, watch, read the verdict.
//!
//! 1. The server's page has a text field in a form, which works alone.
//! 2. The browser puts an editor before it; the text field stays the one place that holds the source.
//! 3. What is typed is kept on the server after a pause.
//! 4. *Run* shows the visible examples; *Submit* is followed stage by stage.

use std::time::Duration;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::{
    browser::{self, Failure},
    editor::{self, Editor, Mounting},
    run_report::RunResults,
    stages::{SubmissionProgress, follow},
};
use crate::{
    api::{Draft, NewRun, NewSubmission, RunReport, Stage, SubmissionState},
    text::{IslandText, Language},
};

/// How long the learner pauses before what was typed is kept.
const AUTOSAVE_PAUSE: Duration = Duration::from_millis(700);
/// How long after a failure it is tried again.
const AUTOSAVE_RETRY: Duration = Duration::from_secs(5);

/// What the workbench begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkbenchState {
    /// The exercise's slug.
    pub exercise: String,
    /// The language of the source.
    pub code_language: String,
    /// What the learner last typed, else the starter.
    pub draft: String,
    /// What *Reset to starter* brings back.
    pub starter: String,
    /// A fresh UUID for the next submission.
    pub submission_id: String,
    /// Where the editor's script is.
    pub editor_url: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Saving {
    Untouched,
    Underway,
    Saved,
    Failed,
}

/// The workbench. Nothing can be run or submitted while `refused` says why.
#[island]
pub(crate) fn Workbench(
    language: Language,
    state: WorkbenchState,
    refused: Option<String>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let WorkbenchState {
        exercise,
        code_language,
        draft,
        starter,
        submission_id,
        editor_url,
    } = state;
    let closed = refused.is_some();

    let field = NodeRef::<leptos::html::Textarea>::new();
    let frame = NodeRef::<leptos::html::Div>::new();
    let prediction = NodeRef::<leptos::html::Input>::new();
    let editor = RwSignal::new_local(None::<Editor>);
    let saving = RwSignal::new(Saving::Untouched);
    let typed = RwSignal::new(0_u32);
    let before_reset = RwSignal::new(None::<String>);
    let running = RwSignal::new(false);
    let run_report = RwSignal::new(None::<RunReport>);
    let submission = RwSignal::new(None::<SubmissionState>);
    let problem = RwSignal::new(None::<String>);
    let next_id = StoredValue::new(submission_id.clone());

    let source = move || {
        field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default()
    };
    let replace = move |source: &str| {
        if let Some(field) = field.get_untracked() {
            field.set_value(source);
        }
        editor.with_untracked(|editor| {
            if let Some(editor) = editor {
                editor.set(source);
            }
        });
        typed.update(|count| *count += 1);
    };
    let show_failure = move |failure: Failure| {
        problem.set(Some(match failure {
            Failure::Unreachable => text.unreachable.to_owned(),
            Failure::Refused(refusal) => refusal.message,
        }));
    };

    Effect::new({
        let (language, url) = (code_language.clone(), editor_url);
        move |_| {
            let (Some(field), Some(frame)) = (field.get(), frame.get()) else {
                return;
            };
            let mounting = Mounting {
                url: url.clone(),
                parent: frame.unchecked_into(),
                source: field.value(),
                language: language.clone(),
                label: text.code,
            };
            let mirror: HtmlTextAreaElement = field.clone();
            editor::load(
                mounting,
                move |source| {
                    mirror.set_value(&source);
                    typed.update(|count| *count += 1);
                },
                move |mounted| {
                    field.set_hidden(true);
                    editor.set(Some(mounted));
                },
            );
        }
    });
    autosave(typed, saving, source, &exercise, &code_language);

    let current = {
        let code_language = code_language.clone();
        move || Draft {
            language: code_language.clone(),
            source: source(),
        }
    };
    let run = {
        let url = format!("/api/v1/exercises/{exercise}/runs");
        let current = current.clone();
        move |_| {
            if running.get_untracked() {
                return;
            }
            let run: NewRun = current();
            let url = url.clone();
            running.set(true);
            problem.set(None);
            spawn_local(async move {
                match browser::send::<RunReport>("POST", &url, &run).await {
                    Ok(report) => run_report.set(Some(report)),
                    Err(failure) => show_failure(failure),
                }
                running.set(false);
            });
        }
    };
    let grading = move || {
        submission.with(|submission| {
            submission
                .as_ref()
                .is_some_and(|state| !matches!(state.stage, Stage::Done | Stage::NotGraded))
        })
    };
    let submit = {
        let exercise = exercise.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if untrack(grading) {
                return;
            }
            let draft = current();
            let new = NewSubmission {
                id: next_id.get_value(),
                exercise: exercise.clone(),
                language: draft.language,
                source: draft.source,
                predicted_speedup: prediction
                    .get_untracked()
                    .map(|field: HtmlInputElement| field.value_as_number())
                    .filter(|number| number.is_finite()),
            };
            problem.set(None);
            run_report.set(None);
            submission.set(Some(SubmissionState {
                id: new.id.clone(),
                stage: Stage::Queued,
                ahead: None,
                report: None,
            }));
            spawn_local(async move {
                match browser::send::<SubmissionState>("POST", "/api/v1/submissions", &new).await {
                    Ok(state) => {
                        // The next submission is another one, also with the same source.
                        next_id.set_value(browser::random_uuid());
                        follow(&state.id, move |state| submission.set(Some(state)));
                        submission.set(Some(state));
                    }
                    Err(failure) => {
                        submission.set(None);
                        show_failure(failure);
                    }
                }
            });
        }
    };
    let reset = {
        let starter = starter.clone();
        move |_| {
            before_reset.set(Some(source()));
            replace(&starter);
        }
    };
    let undo = move |_| {
        if let Some(source) = before_reset.get_untracked() {
            before_reset.set(None);
            replace(&source);
        }
    };
    let action = format!("/{}/exercises/{exercise}/submissions", language.code());

    view! {
        <div class="workbench">
            <form method="post" action=action.clone() on:submit=submit>
                <input type="hidden" name="id" value=submission_id/>
                <input type="hidden" name="language" value=code_language/>
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
                    node_ref=field
                    on:input=move |_| typed.update(|count| *count += 1)
                >
                    {draft}
                </textarea>
                <p class="status saving" role="status" class:failed=move || saving.get() == Saving::Failed>
                    {move || match saving.get() {
                        Saving::Untouched => "",
                        Saving::Underway => text.saving,
                        Saving::Saved => text.saved,
                        Saving::Failed => text.not_saved,
                    }}
                </p>
                <div class="actions">
                    <button class="button" type="button" on:click=run disabled=move || closed || running.get()>
                        {move || if running.get() { text.running } else { text.run }}
                    </button>
                    <button class="button quiet" type="button" on:click=reset>{text.reset}</button>
                    <button
                        class="button quiet"
                        type="button"
                        on:click=undo
                        hidden=move || before_reset.with(Option::is_none)
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
                        node_ref=prediction
                    />
                    <button class="button primary" type="submit" disabled=move || closed || grading()>
                        {text.submit}
                    </button>
                </div>
            </form>
            {refused.map(|reason| view! { <p class="notice">{text.closed} " " {reason}</p> })}
            <div class="results" aria-live="polite">
                {move || problem.get().map(|problem| view! { <p class="notice failed" role="alert">{problem}</p> })}
                {move || run_report.get().map(|report| view! { <RunResults language report/> })}
                {move || {
                    submission
                        .get()
                        .map(|state| {
                            let address = format!("{action}/{}", state.id);
                            let done = state.stage == Stage::Done;
                            view! {
                                <SubmissionProgress language state/>
                                {done.then(|| view! { <p><a href=address>{text.submission_page}</a></p> })}
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// Keeps the draft on the server once the learner pauses, and again until the server has it.
fn autosave(
    typed: RwSignal<u32>,
    saving: RwSignal<Saving>,
    source: impl Fn() -> String + Copy + 'static,
    exercise: &str,
    code_language: &str,
) {
    let url = format!("/api/v1/exercises/{exercise}/draft");
    let code_language = code_language.to_owned();
    Effect::new(move |pending: Option<Option<TimeoutHandle>>| {
        if let Some(pending) = pending.flatten() {
            pending.clear();
        }
        if typed.get() == 0 {
            return None;
        }
        let pause = if saving.get_untracked() == Saving::Failed {
            AUTOSAVE_RETRY
        } else {
            AUTOSAVE_PAUSE
        };
        let (url, language) = (url.clone(), code_language.clone());
        set_timeout_with_handle(
            move || {
                let version = typed.get_untracked();
                let draft = Draft {
                    language,
                    source: source(),
                };
                saving.set(Saving::Underway);
                spawn_local(async move {
                    let kept = browser::send::<IgnoredAny>("PUT", &url, &draft)
                        .await
                        .is_ok();
                    let unchanged = typed.get_untracked() == version;
                    match (kept, unchanged) {
                        (true, true) => saving.set(Saving::Saved),
                        (true, false) => {}
                        (false, _) => {
                            saving.set(Saving::Failed);
                            typed.update(|count| *count += 1);
                        }
                    }
                });
            },
            pause,
        )
        .ok()
    });
}
