//! The index of a lesson's sections: where the reader is, and what is done.
//!
//! A section of prose is done once the reader has scrolled past its end, which this browser remembers. The quiz is done
//! when every question is rated, and the plan when the lesson is finished.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{browser, question::RATED_EVENT};
use crate::text::{IslandText, Language};

/// A line of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SectionEntry {
    /// The fragment of the section.
    pub(crate) anchor: String,
    /// Its title.
    pub(crate) title: String,
    /// Whether the server knows it to be done.
    pub(crate) done: bool,
    /// How many questions it has; where it has none, reading it is what counts.
    pub(crate) questions: u32,
    /// How many of them are rated.
    pub(crate) rated: u32,
}

impl SectionEntry {
    fn is_done(&self, read: bool, newly_rated: u32) -> bool {
        match self.questions {
            0 => self.done || read,
            questions => self.rated + newly_rated >= questions,
        }
    }

    fn note(&self, read: bool, newly_rated: u32, text: &IslandText) -> String {
        if self.is_done(read, newly_rated) {
            text.done.to_owned()
        } else if self.questions > 0 {
            format!("{}/{}", self.rated + newly_rated, self.questions)
        } else {
            String::new()
        }
    }
}

/// The index of the lesson with this number.
#[island]
pub(crate) fn SectionIndex(
    language: Language,
    lesson: u32,
    entries: Vec<SectionEntry>,
) -> impl IntoView {
    let text = IslandText::of(language);
    // The number of the section that the reader is in, from 1.
    let current = RwSignal::new(0_u32);
    // One bit for each section that was read; a lesson has nine.
    let read = RwSignal::new(0_u32);
    let newly_rated = RwSignal::new(0_u32);

    browser::on_wake({
        let anchors: Vec<String> = entries.iter().map(|entry| entry.anchor.clone()).collect();
        move || {
            let key = format!("read/{}/{lesson}", language.code());
            read.set(
                browser::recall(&key)
                    .and_then(|bits| bits.parse().ok())
                    .unwrap_or(0),
            );
            observe(anchors, current, read, key);
            let count =
                Closure::<dyn FnMut()>::new(move || newly_rated.update(|count| *count += 1));
            _ = document()
                .add_event_listener_with_callback(RATED_EVENT, count.as_ref().unchecked_ref());
            // The page keeps its listeners until it goes.
            count.forget();
        }
    });

    let lines = (1..).zip(entries).map(|(number, entry)| {
        let is_read = move || read.get() & bit(number) != 0;
        let (anchor, title) = (format!("#{}", entry.anchor), entry.title.clone());
        let rest = entry.clone();
        let done = Signal::derive(move || rest.is_done(is_read(), newly_rated.get()));
        let note = Signal::derive(move || entry.note(is_read(), newly_rated.get(), text));
        let current = Signal::derive(move || {
            let here = current.get() == number;
            if here { "location" } else { "false" }.to_owned()
        });
        view! {
            <li class:done=done>
                <a href=anchor aria-current=current>
                    <span class="section-title">{title}</span>
                </a>
                <span class="section-note">{note}</span>
            </li>
        }
    });
    view! {
        <nav class="section-index" aria-label=text.in_this_lesson>
            <ol>{lines.collect_view()}</ol>
        </nav>
    }
}

/// The bit of the section with this number, from 1, among those that were read.
fn bit(number: u32) -> u32 {
    1_u32.checked_shl(number).unwrap_or(0)
}

/// Watches the sections pass a line in the upper third of the window.
fn observe(anchors: Vec<String>, current: RwSignal<u32>, read: RwSignal<u32>, key: String) {
    let watched = anchors.clone();
    let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |changes: js_sys::Array| {
        for change in changes.iter() {
            let change: IntersectionObserverEntry = change.unchecked_into();
            let id = change.target().id();
            let found = (1..).zip(&watched).find(|(_, anchor)| **anchor == id);
            let Some((number, _)) = found else {
                continue;
            };
            let bounds = change.bounding_client_rect();
            if change.is_intersecting() {
                current.set(number);
            } else if current.get_untracked() == number
                && bounds.top() < 0.0
                // Farther above than a window is high, it was left by a link and not read to its end.
                && bounds.bottom() > -window_height()
            {
                read.update(|bits| *bits |= bit(number));
                browser::remember(&key, &read.get_untracked().to_string());
            }
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin("-30% 0px -70% 0px");
    let observer =
        IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options);
    // The page keeps its observer until it goes.
    on_change.forget();
    if let Ok(observer) = observer {
        for section in anchors
            .iter()
            .filter_map(|anchor| document().get_element_by_id(anchor))
        {
            observer.observe(&section);
        }
    }
}

fn window_height() -> f64 {
    window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests;
