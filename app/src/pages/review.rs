//! The review: what is due, one question at a time.

use leptos::{either::Either, prelude::*};

use super::{
    Shell, layout,
    question::{Place, QuestionState, card},
    text::Text,
    to_document,
};
use crate::{
    api::ReviewQueue,
    text::{Language, format},
};

/// The review as one learner sees it.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// What is due now.
    pub queue: ReviewQueue,
    /// A fresh UUID for the answer that the learner may give now.
    pub answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub review_id: String,
}

/// The page `/bg/review`. Its forms post to `…/answers` and `…/reviews` below it.
pub fn render(shell: &Shell, view: ReviewView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let mut frame = layout::Frame::new(shell, text.review);
        frame.islands = view.queue.next.is_some();
        let content = match view.queue.next {
            Some(question) => Either::Left(due(
                QuestionState {
                    question,
                    answer_id: view.answer_id,
                    review_id: view.review_id,
                    revealed: view.queue.revealed,
                    scheduled: None,
                },
                view.queue.due_count,
                shell.language,
            )),
            None => Either::Right(nothing_due(&view.queue, shell.language)),
        };
        let body = view! {
            <div class="page review">
                <header class="page-header">
                    <h1>{text.review}</h1>
                    <p class="lead">{text.review_lead}</p>
                </header>
                {content}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn due(state: QuestionState, due_count: u32, language: Language) -> impl IntoView {
    let text = Text::of(language);
    let lesson_url = state.question.lesson_url.clone();
    let lesson_title = state.question.lesson_title.clone();
    let place = Place::Review(format!("/{}/review", language.code()));
    view! {
        <p class="review-count">{text.due_now.of(due_count)}</p>
        <p class="review-source">
            <a href=lesson_url>{lesson_title}</a>
        </p>
        {card(state, place, language)}
        <p class="review-keys">{text.review_keys}</p>
    }
}

fn nothing_due(queue: &ReviewQueue, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let headline = match queue.reviewed_today {
        0 => text.nothing_due,
        _ => text.review_done,
    };
    let reviewed = (queue.reviewed_today > 0)
        .then(|| view! { <p>{text.reviewed_today.of(queue.reviewed_today)}</p> });
    let next_due = match &queue.next_due_on {
        Some(day) => format!("{} {}", text.next_due, format::date(day, language)),
        None => text.nothing_planned.to_owned(),
    };
    view! {
        <div class="review-empty">
            <h2>{headline}</h2>
            {reviewed}
            <p>{next_due}</p>
            <p>
                <a class="button" href=format!("/{}/", language.code())>{text.to_lessons}</a>
            </p>
        </div>
    }
}
