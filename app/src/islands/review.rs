//! The review: one due question after the other, until nothing is due.
//!
//! The keys 1 to 4 rate while the focus is not in a field.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    browser,
    question::{QuestionCard, QuestionState, scheduled_words},
};
use crate::{
    api::{ReviewQueue, Scheduled},
    text::{IslandText, Language, format},
};

/// The desk at which the learner reviews. The two UUIDs serve the question that is shown first.
#[island]
pub(crate) fn ReviewDesk(
    language: Language,
    queue: ReviewQueue,
    answer_id: String,
    review_id: String,
) -> impl IntoView {
    let text = IslandText::of(language);
    let question = RwSignal::new(question_of(&queue, answer_id, review_id));
    let queue = RwSignal::new(queue);
    let last = RwSignal::new(String::new());
    let lost = RwSignal::new(false);

    let load_next = move || {
        lost.set(false);
        spawn_local(async move {
            let url = format!("/api/v1/review?language={}", language.code());
            let Ok(next) = browser::get::<ReviewQueue>(&url).await else {
                lost.set(true);
                return;
            };
            show_due_count(next.due_count);
            browser::focus_soon(focus_in(&next));
            question.set(question_of(
                &next,
                browser::random_uuid(),
                browser::random_uuid(),
            ));
            queue.set(next);
        });
    };
    let on_scheduled = Callback::new(move |scheduled: Scheduled| {
        last.set(scheduled_words(&scheduled, language));
        load_next();
    });
    browser::on_wake(|| {
        // The page listens until it goes.
        _ = window_event_listener(ev::keydown, rate_by_digit);
    });

    let of_queue = move |of: fn(&ReviewQueue, Language) -> String| {
        Signal::derive(move || queue.with(|queue| of(queue, language)))
    };
    let done = Signal::derive(move || queue.with(|queue| queue.next.is_none()));
    let busy = Signal::derive(move || !done.get());
    let no_last = Signal::derive(move || last.with(String::is_empty));
    let last_words = Signal::derive(move || last.get());
    let found = Signal::derive(move || !lost.get());

    view! {
        <div class="review-desk">
            <p class="scheduled" role="status" hidden=no_last>{last_words}</p>
            <p class="notice failed" hidden=found>
                {text.unreachable}
                <button class="button quiet" type="button" on:click=move |_| load_next()>
                    {text.retry}
                </button>
            </p>
            <div hidden=done>
                <p class="review-count">
                    {of_queue(|queue, language| IslandText::of(language).due_now.of(queue.due_count))}
                </p>
                <p class="review-source">
                    <a href=of_queue(|queue, _| lesson(queue).0)>{of_queue(|queue, _| lesson(queue).1)}</a>
                </p>
            </div>
            <QuestionCard
                language
                state=question
                base=format!("/{}/review", language.code())
                on_scheduled
            />
            <p class="review-keys" hidden=done>{text.review_keys}</p>
            <div class="review-empty" hidden=busy>
                <h2 id="review-done" tabindex="-1">{of_queue(headline)}</h2>
                <p>{of_queue(next_due)}</p>
                <p>
                    <a class="button" href=format!("/{}/", language.code())>{text.to_lessons}</a>
                </p>
            </div>
        </div>
    }
}

fn question_of(queue: &ReviewQueue, answer_id: String, review_id: String) -> Option<QuestionState> {
    let question = queue.next.clone()?;
    Some(QuestionState {
        question,
        answer_id,
        review_id,
        revealed: queue.revealed.clone(),
        scheduled: None,
    })
}

/// The address and the title of the lesson that the question comes from.
fn lesson(queue: &ReviewQueue) -> (String, String) {
    let next = queue.next.as_ref();
    next.map(|question| (question.lesson_url.clone(), question.lesson_title.clone()))
        .unwrap_or_default()
}

fn headline(queue: &ReviewQueue, language: Language) -> String {
    let text = IslandText::of(language);
    match queue.reviewed_today {
        0 => text.nothing_due.to_owned(),
        count => format!("{}: {}", text.review_done, text.reviewed_today.of(count)),
    }
}

fn next_due(queue: &ReviewQueue, language: Language) -> String {
    let text = IslandText::of(language);
    match &queue.next_due_on {
        Some(day) => format!("{} {}", text.next_due, format::date(day, language)),
        None => text.nothing_planned.to_owned(),
    }
}

/// The id of what the learner turns to when this queue is shown.
fn focus_in(queue: &ReviewQueue) -> String {
    match (&queue.next, &queue.revealed) {
        (Some(question), None) => format!("answer-{}", question.item.0),
        (Some(question), Some(_)) => format!("given-{}", question.item.0),
        (None, _) => "review-done".to_owned(),
    }
}

/// Keeps the number in the page's header true.
fn show_due_count(due_count: u32) {
    if let Some(badge) = document().get_element_by_id("due-count") {
        badge.set_text_content(Some(&due_count.to_string()));
    }
}

fn rate_by_digit(event: KeyboardEvent) {
    let plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
    let digit = event.key();
    if !plain || !matches!(digit.as_str(), "1" | "2" | "3" | "4") || is_typing(&event) {
        return;
    }
    let selector = format!("form:not([hidden]) > .ratings button[value='{digit}']:not([hidden])");
    let button = document().query_selector(&selector).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}

fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            element
                .matches("textarea, input[type=text]")
                .unwrap_or(false)
        })
}
