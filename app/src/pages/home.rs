//! The course: its lessons, how far the learner is in each, and the exercises.

use leptos::prelude::*;

use super::{ExerciseSummary, Shell, layout, text::Text, to_document};
use crate::{
    api::Day,
    text::{Language, format},
};

/// The course as one learner sees it.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// The published lessons in the language of the page, by number.
    pub lessons: Vec<LessonSummary>,
}

/// A lesson in the list.
#[derive(Clone, Debug)]
pub struct LessonSummary {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its reading time in minutes.
    pub minutes: u32,
    /// Its author's tags.
    pub tags: Vec<String>,
    /// How many questions its quiz has.
    pub questions: u32,
    /// How many of them the learner has answered.
    pub answered: u32,
    /// When the learner finished it.
    pub finished_on: Option<Day>,
    /// Its exercises.
    pub exercises: Vec<ExerciseSummary>,
}

/// The page `/bg/`.
pub fn render(shell: &Shell, view: HomeView) -> String {
    let text = Text::of(shell.language);
    to_document(|| {
        let mut frame = layout::Frame::new(shell, text.course);
        frame.islands = false;
        let language = shell.language;
        let body = view! {
            <div class="page course">
                <header class="page-header">
                    <h1>{text.course_title}</h1>
                    <p class="lead">{text.course_lead}</p>
                </header>
                <h2 class="visually-hidden">{text.lessons}</h2>
                {view.lessons.is_empty().then(|| view! { <p class="notice">{text.no_lessons}</p> })}
                <ol class="lessons">
                    {view.lessons.into_iter().map(|lesson| entry(lesson, language)).collect_view()}
                </ol>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn entry(lesson: LessonSummary, language: Language) -> impl IntoView {
    let text = Text::of(language);
    let url = format!("/{}/lessons/{}", language.code(), lesson.number);
    let action = match (&lesson.finished_on, lesson.answered) {
        (Some(_), _) => text.read_again,
        (None, 0) => text.start,
        (None, _) => text.resume,
    };
    let finished = lesson.finished_on.as_ref().map(|day| {
        view! { <li class="done">{format!("{} {}", text.finished_on, format::date(day, language))}</li> }
    });
    view! {
        <li class="lesson-entry">
            <p class="lesson-number" aria-hidden="true">{lesson.number}</p>
            <div>
                <h3><a href=url.clone()>{lesson.title}</a></h3>
                <ul class="facts">
                    <li>{text.minutes.of(lesson.minutes)}</li>
                    <li>{format!("{}/{} {}", lesson.answered, lesson.questions, text.questions_answered)}</li>
                    {finished}
                </ul>
                {exercises(lesson.exercises, language)}
                <p><a class="button" href=url>{action}</a></p>
            </div>
        </li>
    }
}

fn exercises(exercises: Vec<ExerciseSummary>, language: Language) -> Option<impl IntoView> {
    let text = Text::of(language);
    (!exercises.is_empty()).then(|| {
        view! {
            <h4>{text.exercises}</h4>
            <ul class="exercise-list">
                {exercises
                    .into_iter()
                    .map(|exercise| {
                        let (url, state) = (exercise.url(language), exercise.state(language));
                        view! {
                            <li>
                                <a href=url>{exercise.title}</a>
                                " "
                                <span class="exercise-state">{state}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}
