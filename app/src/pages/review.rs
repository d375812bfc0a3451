//! The review: what is due, one question at a time.

use leptos::{either::Either, prelude::*};

use super::{
    Shell, layout,
    question::{Place, QuestionState, card},
    text::Text,
    to_document,
};
use crate::{
    api::{Day, ItemId, Rating, ReviewQueue},
    text::{IslandText, Language, format},
};

/// The review as one learner sees it.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// What is due now.
    pub queue: ReviewQueue,
    /// When the next item of the session comes back, where nothing else is due.
    pub next_due: Option<NextDue>,
    /// A fresh UUID for the answer that the learner may give now.
    pub answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub review_id: String,
    /// What was rated today, the last first.
    pub moved: Vec<MovedItem>,
    /// The exercises that have come back.
    pub exercises: Vec<ReturnedExercise>,
}

/// An exercise that was passed and has come back.
#[derive(Clone, Debug)]
pub struct ReturnedExercise {
    /// Its folder name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The day on which it was passed.
    pub passed_on: Day,
    /// The best speed-up so far.
    pub best_speedup: f64,
}

/// When an item of the session comes back.
#[derive(Clone, Debug)]
pub struct NextDue {
    /// The learner's time of day, `10:25`.
    pub time: String,
    /// How many seconds are left.
    pub seconds: u32,
}

/// An item that was rated today.
#[derive(Clone, Debug)]
pub struct MovedItem {
    /// The item.
    pub item: ItemId,
    /// The rating's id.
    pub review: String,
    /// The rating.
    pub rating: Rating,
    /// What the item asks, as plain text.
    pub text: String,
    /// When it comes back, in words.
    pub comes_back: String,
    /// Whether it was forgotten so often that repeating alone does not teach it.
    pub is_leech: bool,
}

/// The page `/bg/review`. Its forms post to `…/answers`, `…/reviews` and `…/undo` below it.
pub fn render(shell: &Shell, view: ReviewView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let mut frame = layout::Frame::new(shell, text.review);
        frame.islands = view.queue.next.is_some();
        if view.queue.next.is_none() {
            frame.reload_after_seconds = view.next_due.as_ref().map(|next| next.seconds);
        }
        let undo = view.moved.first().map(|last| undo(last, shell.language));
        let exercises = returned(&view.exercises, shell.language);
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
                view.queue.waiting_count,
                shell.language,
            )),
            None => Either::Right(view! {
                {nothing_due(&view.queue, view.next_due.as_ref(), shell.language)}
                {summary(&view.moved, shell.language)}
            }),
        };
        let body = view! {
            <div class="page review">
                <header class="page-header">
                    <h1>{text.review}</h1>
                    <p class="lead">{text.review_lead}</p>
                </header>
                {content}
                {undo}
                {exercises}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn due(
    state: QuestionState,
    due_count: u32,
    waiting_count: u32,
    language: Language,
) -> impl IntoView {
    let text = Text::of(language);
    let lesson_url = state.question.lesson_url.clone();
    let lesson_title = state.question.lesson_title.clone();
    let explanation_url = state.question.explanation_url.clone();
    let place = Place::Review(format!("/{}/review", language.code()));
    let waiting =
        (waiting_count > 0).then(|| format!(" · {}", text.session.waiting.of(waiting_count)));
    view! {
        <p class="review-count">{text.due_now.of(due_count)} {waiting}</p>
        <p class="review-source">
            <a href=lesson_url>{lesson_title}</a>
        </p>
        {card(state, place, language)}
        <p class="review-explain">
            <a href=explanation_url>{text.session.explain}</a>
        </p>
        <p class="review-keys">{text.review_keys}</p>
    }
}

/// The last rating of today, and the way to take it back.
fn undo(last: &MovedItem, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let rating = IslandText::of(language).rating(last.rating);
    let what = format!("{}: {rating} – {}", text.session.last_rating, last.text);
    view! {
        <form class="undo" method="post" action=format!("/{}/review/undo", language.code())>
            <input type="hidden" name="review" value=last.review.clone()/>
            <p>{what}</p>
            <button class="button quiet" type="submit">{text.session.undo}</button>
        </form>
    }
}

fn nothing_due(
    queue: &ReviewQueue,
    next: Option<&NextDue>,
    language: Language,
) -> impl IntoView + use<> {
    let text = Text::of(language);
    let headline = match (next, queue.reviewed_today) {
        (Some(_), _) => text.session.pause,
        (None, 0) => text.nothing_due,
        (None, _) => text.review_done,
    };
    let reviewed = (queue.reviewed_today > 0)
        .then(|| view! { <p>{text.reviewed_today.of(queue.reviewed_today)}</p> });
    let waiting = next.map(|next| {
        let waiting = text.session.waiting.of(queue.waiting_count);
        let words = format!("{waiting}; {} {}.", text.session.next_at, next.time);
        view! { <p role="status">{words}</p> }
    });
    let next_due = match &queue.next_due_on {
        Some(day) => Some(format!("{} {}", text.next_due, format::date(day, language))),
        None if next.is_some() => None,
        None => Some(text.nothing_planned.to_owned()),
    };
    view! {
        <div class="review-empty">
            <h2>{headline}</h2>
            {reviewed}
            {waiting}
            {next_due.map(|words| view! { <p>{words}</p> })}
            <p>
                <a class="button" href=format!("/{}/", language.code())>{text.to_lessons}</a>
                " "
                <a class="button quiet" href=format!("/{}/progress", language.code())>{text.session.to_progress}</a>
            </p>
        </div>
    }
}

/// Exercises to do once more, from the slow starter.
fn returned(exercises: &[ReturnedExercise], language: Language) -> Option<impl IntoView + use<>> {
    let text = &Text::of(language).session;
    (!exercises.is_empty()).then(|| {
        let entries = exercises.iter().map(|exercise| {
            let url = format!("/{}/exercises/{}?again=1", language.code(), exercise.slug);
            let state = format!(
                "{} {}, {}",
                text.passed_on,
                format::date(&exercise.passed_on, language),
                format::speedup(exercise.best_speedup, language)
            );
            view! {
                <li>
                    <a href=url>{exercise.title.clone()}</a>
                    " "
                    <span class="exercise-state">{state}</span>
                </li>
            }
        });
        view! {
            <section class="review-summary" aria-labelledby="returned">
                <h2 id="returned">{text.exercises}</h2>
                <p>{text.exercises_lead}</p>
                <ul class="exercise-list">{entries.collect_view()}</ul>
            </section>
        }
    })
}

/// What today's ratings moved.
fn summary(moved: &[MovedItem], language: Language) -> Option<impl IntoView + use<>> {
    let text = Text::of(language);
    let names = IslandText::of(language);
    (!moved.is_empty()).then(|| {
        let counts = Rating::ALL.map(|rating| {
            let count = moved.iter().filter(|item| item.rating == rating).count();
            view! {
                <div>
                    <dt>{names.rating(rating)}</dt>
                    <dd>{count}</dd>
                </div>
            }
        });
        let rows = moved.iter().map(|item| {
            let leech = item
                .is_leech
                .then(|| view! { <p class="leech">{text.session.leech}</p> });
            view! {
                <tr>
                    <th scope="row">{item.text.clone()} {leech}</th>
                    <td>{names.rating(item.rating)}</td>
                    <td>{item.comes_back.clone()}</td>
                </tr>
            }
        });
        view! {
            <section class="review-summary" aria-labelledby="moved">
                <h2 id="moved">{text.session.moved}</h2>
                <dl class="exercise-facts">{counts}</dl>
                <div class="table-scroll" tabindex="0" role="region" aria-labelledby="moved">
                    <table class="plan-table">
                        <thead>
                            <tr>
                                <th scope="col">{text.session.question}</th>
                                <th scope="col">{text.session.rating}</th>
                                <th scope="col">{text.session.comes_back}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}
