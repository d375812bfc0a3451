//! The index of a lesson's sections: where the reader is, and what is done.
//!
//! A section of prose is done once the reader has scrolled past its end, which this browser remembers. The quiz is done
//! when every question is rated and the plan when the lesson is finished; those the server knows.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{browser, quiz::RATED_EVENT};
use crate::text::{IslandText, Language};

/// A line of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionEntry {
    /// The fragment of the section.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// What makes it done.
    pub progress: SectionProgress,
}

/// What makes a section done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionProgress {
    /// Reading it.
    Reading,
    /// Rating every question in it.
    Questions {
        /// How many questions are rated.
        rated: u32,
        /// How many there are.
        total: u32,
    },
    /// Finishing the lesson.
    Finishing {
        /// Whether it is finished.
        finished: bool,
    },
}

/// The index of the lesson with this number.
#[island]
pub(crate) fn SectionIndex(
    language: Language,
    lesson: u32,
    entries: Vec<SectionEntry>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let current = RwSignal::new(None::<usize>);
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

    let lines = entries.into_iter().enumerate().map(|(index, entry)| {
        let progress = entry.progress;
        let is_done = move || progress.is_done(read.get() >> index & 1 == 1, newly_rated.get());
        let done = Signal::derive(is_done);
        let current = Signal::derive(move || {
            let here = current.get() == Some(index);
            if here { "location" } else { "false" }.to_owned()
        });
        let note = Signal::derive(move || match progress {
            _ if is_done() => text.done.to_owned(),
            SectionProgress::Questions { rated, total } => {
                format!("{}/{total}", rated + newly_rated.get())
            }
            _ => String::new(),
        });
        view! {
            <li class:done=done>
                <a href=format!("#{}", entry.anchor) aria-current=current>
                    <span class="section-title">{entry.title}</span>
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

impl SectionProgress {
    fn is_done(self, read: bool, newly_rated: u32) -> bool {
        match self {
            SectionProgress::Reading => read,
            SectionProgress::Questions { rated, total } => {
                total > 0 && rated + newly_rated >= total
            }
            SectionProgress::Finishing { finished } => finished,
        }
    }
}

/// Watches the sections pass a line in the upper third of the window.
fn observe(
    anchors: Vec<String>,
    current: RwSignal<Option<usize>>,
    read: RwSignal<u32>,
    key: String,
) {
    let watched = anchors.clone();
    let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |changes: js_sys::Array| {
        for change in changes.iter() {
            let change: IntersectionObserverEntry = change.unchecked_into();
            let id = change.target().id();
            let Some(index) = watched.iter().position(|anchor| *anchor == id) else {
                continue;
            };
            let bounds = change.bounding_client_rect();
            if change.is_intersecting() {
                current.set(Some(index));
            } else if current.get_untracked() == Some(index)
                && bounds.top() < 0.0
                // Farther above than a window is high, it was left by a link and not read to its end.
                && bounds.bottom() > -window_height()
            {
                read.update(|bits| *bits |= 1 << index);
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
