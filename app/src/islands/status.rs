//! How the last request of an island went, for the learner to see.

use leptos::prelude::*;

use crate::text::IslandText;

/// A line of words beside a form or a field.
#[derive(Clone, Copy)]
pub(crate) struct Status {
    text: &'static IslandText,
    words: RwSignal<String>,
    failed: RwSignal<bool>,
    busy: RwSignal<bool>,
}

impl Status {
    pub(crate) fn new(text: &'static IslandText) -> Status {
        Status {
            text,
            words: RwSignal::new(String::new()),
            failed: RwSignal::new(false),
            busy: RwSignal::new(false),
        }
    }

    /// Marks a request as under way; false while another one is.
    pub(crate) fn begin(self) -> bool {
        let free = !self.busy.get_untracked();
        if free {
            self.show(self.text.saving, false);
            self.busy.set(true);
        }
        free
    }

    /// Notes that the server has it.
    pub(crate) fn saved(self) {
        self.show(self.text.saved, false);
    }

    /// Notes that the server does not have it, and why.
    pub(crate) fn failed(self, why: &str) {
        self.show(why, true);
    }

    /// Says nothing.
    pub(crate) fn clear(self) {
        self.show("", false);
    }

    fn show(self, words: &str, failed: bool) {
        self.words.set(words.to_owned());
        self.failed.set(failed);
        self.busy.set(false);
    }

    /// Whether a request is under way.
    pub(crate) fn is_busy(self) -> Signal<bool> {
        Signal::derive(move || self.busy.get())
    }

    /// Whether the last request failed.
    pub(crate) fn has_failed(self) -> Signal<bool> {
        Signal::derive(move || self.failed.get())
    }

    /// The line itself.
    pub(crate) fn line(self) -> impl IntoView {
        let words = Signal::derive(move || self.words.get());
        view! { <p class="status" role="status" class:failed=self.has_failed()>{words}</p> }
    }
}
