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
                <figure class="course-figure" inner_html=FIGURE></figure>
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

/// What the course is about, as a picture: a latency whose tail is much longer than its middle suggests.
const FIGURE: &str = r#"<svg viewBox="0 0 720 190" aria-hidden="true" focusable="false"><path class="figure-area" d="M20 150 43 149 54 144 65 129 77 107 88 83 99 60 111 43 122 31 133 25 145 24 156 27 167 32 179 39 201 56 224 73 247 88 269 101 292 112 315 120 337 127 360 132 383 136 405 139 439 143 485 145 530 147 598 149 700 149V150Z"/><path class="figure-curve" d="M20 150 43 149 54 144 65 129 77 107 88 83 99 60 111 43 122 31 133 25 145 24 156 27 167 32 179 39 201 56 224 73 247 88 269 101 292 112 315 120 337 127 360 132 383 136 405 139 439 143 485 145 530 147 598 149 700 149"/><path class="figure-axis" d="M20 150.500H700"/><path class="figure-mark" d="M180 39V156M395 60V156M555 60V156"/><text x="180" y="176" text-anchor="middle">p50</text><text x="395" y="176" text-anchor="middle">p95</text><text x="555" y="176" text-anchor="middle">p99</text></svg>"#;
