//! The review: one due question after the other, until nothing is due.
//!
//! The keys 1 to 4 rate while the focus is not in a field.

use leptos::{either::Either, ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    browser,
    question::{QuestionCard, QuestionState, scheduled_line},
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
    let queue = RwSignal::new((queue, answer_id, review_id));
    let last = RwSignal::new(None::<Scheduled>);
    let unreachable = RwSignal::new(false);

    let load_next = move || {
        unreachable.set(false);
        spawn_local(async move {
            let url = format!("/api/v1/review?language={}", language.code());
            match browser::get::<ReviewQueue>(&url).await {
                Ok(next) => {
                    let focus = match (&next.next, &next.revealed) {
                        (Some(question), None) => format!("answer-{}", question.item.0),
                        (Some(question), Some(_)) => format!("given-{}", question.item.0),
                        (None, _) => "review-done".to_owned(),
                    };
                    show_due_count(next.due_count);
                    queue.set((next, browser::random_uuid(), browser::random_uuid()));
                    browser::focus_soon(focus);
                }
                Err(_) => unreachable.set(true),
            }
        });
    };
    let on_scheduled = Callback::new(move |scheduled: Scheduled| {
        last.set(Some(scheduled));
        load_next();
    });

    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, rate_by_digit);
        on_cleanup(move || listener.remove());
    });

    view! {
        <div class="review-desk">
            {move || last.get().map(|scheduled| scheduled_line(&scheduled, language))}
            <p class="notice failed" role="alert" hidden=move || !unreachable.get()>
                {text.unreachable}
                " "
                <button class="button quiet" type="button" on:click=move |_| load_next()>
                    {text.retry}
                </button>
            </p>
            {move || {
                let (queue, answer_id, review_id) = queue.get();
                match queue.next {
                    Some(question) => {
                        let from = question.lesson_title.clone();
                        let lesson_url = question.lesson_url.clone();
                        let state = QuestionState {
                            question,
                            answer_id,
                            review_id,
                            revealed: queue.revealed,
                            scheduled: None,
                        };
                        Either::Left(view! {
                            <p class="review-count">{text.due_now.of(queue.due_count)}</p>
                            <p class="review-source"><a href=lesson_url>{from}</a></p>
                            <QuestionCard
                                language
                                state
                                base=format!("/{}/review", language.code())
                                on_scheduled
                            />
                            <p class="review-keys">{text.review_keys}</p>
                        })
                    }
                    None => {
                        let next_due = queue
                            .next_due_on
                            .map(|day| format!("{} {}", text.next_due, format::date(&day, language)));
                        let headline = if queue.reviewed_today > 0 {
                            text.review_done
                        } else {
                            text.nothing_due
                        };
                        Either::Right(view! {
                            <div class="review-empty">
                                <h2 id="review-done" tabindex="-1">{headline}</h2>
                                {(queue.reviewed_today > 0)
                                    .then(|| view! { <p>{text.reviewed_today.of(queue.reviewed_today)}</p> })}
                                <p>{next_due.unwrap_or_else(|| text.nothing_planned.to_owned())}</p>
                                <p>
                                    <a class="button" href=format!("/{}/", language.code())>{text.to_lessons}</a>
                                </p>
                            </div>
                        })
                    }
                }
            }}
        </div>
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
    if !plain || !matches!(digit.as_str(), "1" | "2" | "3" | "4") {
        return;
    }
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            element
                .matches("textarea, input[type=text]")
                .unwrap_or(false)
        });
    if typing {
        return;
    }
    let button = document().query_selector(&format!("button[name=rating][value='{digit}']"));
    if let Some(button) = button
        .ok()
        .flatten()
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        event.prevent_default();
        button.click();
    }
}
