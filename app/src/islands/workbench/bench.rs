//! What the workbench knows, and what its buttons do.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use serde::de::IgnoredAny;
use web_sys::HtmlInputElement;

use super::WorkbenchState;
use crate::{
    api::{Draft, NewSubmission, Progress, RunHtml, Stage},
    islands::{
        browser::{self, Failure},
        editor::Editor,
        stages::follow,
        status::Status,
    },
    text::{IslandText, Language},
};

/// How long the learner pauses before what was typed is kept.
const AUTOSAVE_PAUSE: Duration = Duration::from_millis(700);
/// How long after a failure keeping it is tried again.
const AUTOSAVE_RETRY: Duration = Duration::from_secs(5);
/// Where a verdict has its profile, and what says that this is still being made.
const PROFILE: &str = ".profile";
const PROFILE_UNDERWAY: &str = "data-underway";
/// The progress before anything is submitted: nothing is under way.
const NOTHING_SUBMITTED: Progress = Progress {
    stage: Stage::Done,
    ahead: None,
};

/// The state of the workbench: handles that closures copy.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    text: &'static IslandText,
    language: Language,
    given: StoredValue<WorkbenchState>,
    /// The one place that holds the source.
    pub(super) field: NodeRef<leptos::html::Textarea>,
    pub(super) prediction: NodeRef<leptos::html::Input>,
    pub(super) editor: StoredValue<Option<Editor>, LocalStorage>,
    /// Whether the server has what was typed.
    pub(super) draft_status: Status,
    /// Counts the changes of the source.
    typed: StoredValue<u32>,
    /// The pause after which the draft will be kept.
    pause: StoredValue<Option<TimeoutHandle>>,
    before_reset: StoredValue<String>,
    pub(super) can_undo: RwSignal<bool>,
    pub(super) running: RwSignal<bool>,
    pub(super) run_html: RwSignal<String>,
    pub(super) progress: RwSignal<Progress>,
    /// The page of the submission that is under way or was graded last.
    pub(super) submission_page: RwSignal<String>,
    pub(super) verdict_html: RwSignal<String>,
    pub(super) problem: RwSignal<String>,
    next_submission: StoredValue<String>,
}

impl Bench {
    pub(super) fn new(language: Language, given: &WorkbenchState) -> Bench {
        Bench {
            text: IslandText::of(language),
            language,
            given: StoredValue::new(given.clone()),
            field: NodeRef::new(),
            prediction: NodeRef::new(),
            editor: StoredValue::new_local(None),
            draft_status: Status::new(IslandText::of(language)),
            typed: StoredValue::new(0),
            pause: StoredValue::new(None),
            before_reset: StoredValue::new(String::new()),
            can_undo: RwSignal::new(false),
            running: RwSignal::new(false),
            run_html: RwSignal::new(String::new()),
            progress: RwSignal::new(NOTHING_SUBMITTED),
            submission_page: RwSignal::new(String::new()),
            verdict_html: RwSignal::new(String::new()),
            problem: RwSignal::new(String::new()),
            next_submission: StoredValue::new(given.submission_id.clone()),
        }
    }

    /// Notes that the source has changed: it is kept once the learner pauses.
    pub(super) fn changed(self) {
        self.typed.update_value(|count| *count += 1);
        self.save_after(AUTOSAVE_PAUSE);
    }

    fn save_after(self, pause: Duration) {
        if let Some(pending) = self.pause.get_value() {
            pending.clear();
        }
        self.pause
            .set_value(set_timeout_with_handle(move || self.save(), pause).ok());
    }

    fn draft(self) -> Draft {
        let field = self.field.get_untracked();
        Draft {
            language: self.given.with_value(|given| given.code_language.clone()),
            source: field.map(|field| field.value()).unwrap_or_default(),
        }
    }

    fn replace(self, source: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(source);
        }
        self.editor.with_value(|editor| {
            if let Some(editor) = editor {
                editor.set(source);
            }
        });
        self.changed();
    }

    /// Brings the starter back and keeps what it replaces.
    pub(super) fn reset(self) {
        self.before_reset.set_value(self.draft().source);
        self.can_undo.set(true);
        self.replace(&self.given.with_value(|given| given.starter.clone()));
    }

    /// Brings back what the last reset replaced.
    pub(super) fn undo_reset(self) {
        self.can_undo.set(false);
        self.replace(&self.before_reset.get_value());
    }

    /// Compiles the source and runs the visible examples.
    pub(super) fn run(self) {
        if self.running.get_untracked() {
            return;
        }
        let exercise = self.given.with_value(|given| given.exercise.clone());
        let run = self.draft();
        self.running.set(true);
        self.problem.set(String::new());
        spawn_local(async move {
            let url = format!("/api/v1/exercises/{exercise}/runs");
            match browser::send::<RunHtml>("POST", &url, &run).await {
                Ok(report) => self.run_html.set(report.html),
                Err(failure) => self.show(failure),
            }
            self.running.set(false);
        });
    }

    /// Hands the source in and follows it to its verdict.
    pub(super) fn submit(self) {
        if !self.progress.get_untracked().is_over() {
            return;
        }
        let draft = self.draft();
        let new = NewSubmission {
            id: self.next_submission.get_value(),
            exercise: self.given.with_value(|given| given.exercise.clone()),
            language: draft.language,
            source: draft.source,
            predicted_speedup: self.predicted(),
        };
        self.problem.set(String::new());
        self.run_html.set(String::new());
        self.verdict_html.set(String::new());
        self.submission_page.set(String::new());
        self.progress.set(Progress {
            stage: Stage::Queued,
            ahead: None,
        });
        spawn_local(async move {
            match browser::send::<Progress>("POST", "/api/v1/submissions", &new).await {
                Ok(progress) => self.accepted(&new, progress),
                Err(failure) => {
                    self.progress.set(NOTHING_SUBMITTED);
                    self.show(failure);
                }
            }
        });
    }

    fn predicted(self) -> Option<f64> {
        let field: Option<HtmlInputElement> = self.prediction.get_untracked();
        // An empty field is not a number.
        field
            .map(|field| field.value_as_number())
            .filter(|number| number.is_finite())
    }

    fn accepted(self, submission: &NewSubmission, progress: Progress) {
        // The next submission is another one, also with the same source.
        self.next_submission.set_value(browser::random_uuid());
        let page = format!(
            "/{}/exercises/{}/submissions/{}",
            self.language.code(),
            submission.exercise,
            submission.id
        );
        self.submission_page.set(page.clone());
        self.progress.set(progress);
        follow(&submission.id, move |progress| {
            self.progress.set(progress);
            if progress.stage == Stage::Done {
                self.show_verdict(page.clone());
            }
        });
    }

    /// Takes the verdict from the submission's own page and moves the focus to it.
    fn show_verdict(self, page: String) {
        spawn_local(async move {
            if let Some(html) = browser::part_of_page(&page, ".verdict").await {
                let is_underway = html.contains(PROFILE_UNDERWAY);
                self.verdict_html.set(html);
                browser::focus_soon("verdict".to_owned());
                if is_underway {
                    self.show_profile(page).await;
                }
            }
        });
    }

    /// Puts the profile beside its verdict once it is made, unless another submission is shown by then. The server answers
    /// when it is, or after a while.
    async fn show_profile(self, page: String) {
        let made = format!("{page}?wait");
        let mut html = PROFILE_UNDERWAY.to_owned();
        while html.contains(PROFILE_UNDERWAY) {
            let part = browser::part_of_page(&made, PROFILE).await;
            html = part.unwrap_or_default();
        }
        if self.submission_page.get_untracked() == page {
            browser::replace(PROFILE, &html);
        }
    }

    fn show(self, failure: Failure) {
        self.problem.set(failure.sentence(self.text));
    }

    /// Keeps the draft on the server; where that fails it is tried again until it succeeds.
    fn save(self) {
        let version = self.typed.get_value();
        let exercise = self.given.with_value(|given| given.exercise.clone());
        let draft = self.draft();
        self.draft_status.begin();
        spawn_local(async move {
            let url = format!("/api/v1/exercises/{exercise}/draft");
            let kept = browser::send::<IgnoredAny>("PUT", &url, &draft).await;
            // What was typed meanwhile has its own pause running.
            let newest = self.typed.get_value() == version;
            match kept {
                Ok(_) if newest => self.draft_status.saved(),
                Ok(_) => self.draft_status.clear(),
                Err(_) => {
                    self.draft_status.failed(self.text.not_saved);
                    if newest {
                        self.save_after(AUTOSAVE_RETRY);
                    }
                }
            }
        });
    }
}
