//! Every exercise, by lesson and by the step that it practises, with how far the learner is.

use leptos::prelude::*;

use super::{
    ExerciseSummary, Shell, layout,
    stars::stars,
    text::{Text, exercise::ExerciseText},
    to_document,
};
use crate::text::{Language, format};

/// The exercises as one learner sees them.
#[derive(Clone, Debug)]
pub struct CatalogView {
    /// The lessons that have exercises, by number.
    pub lessons: Vec<CatalogLesson>,
}

/// The exercises of a lesson.
#[derive(Clone, Debug)]
pub struct CatalogLesson {
    /// Its number.
    pub number: u32,
    /// Its title in the language of the page; none where the lesson is not published in it.
    pub title: Option<String>,
    /// Its steps that have exercises, in order.
    pub steps: Vec<CatalogStep>,
}

/// The exercises of a step.
#[derive(Clone, Debug)]
pub struct CatalogStep {
    /// Its number.
    pub number: u32,
    /// Its title, where the lesson is published.
    pub title: Option<String>,
    /// Its exercises.
    pub exercises: Vec<ExerciseSummary>,
}

/// The page `/bg/exercises`.
pub fn render(shell: &Shell, view: CatalogView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = ExerciseText::of(language);
        let mut frame = layout::Frame::new(shell, Text::of(language).exercises);
        frame.islands = false;
        frame.extra = true;
        let body = view! {
            <div class="page catalog">
                <header class="page-header">
                    <h1>{Text::of(language).exercises}</h1>
                    <p class="lead">{text.catalog_lead}</p>
                </header>
                {view.lessons.is_empty().then(|| view! { <p class="notice">{text.no_exercises}</p> })}
                {view.lessons.into_iter().map(|of| lesson(of, language)).collect_view()}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn lesson(of: CatalogLesson, language: Language) -> impl IntoView {
    let url = format!("/{}/lessons/{}", language.code(), of.number);
    let heading = match of.title {
        Some(title) => view! { <a href=url>{format!("{} · {title}", of.number)}</a> }.into_any(),
        None => format!("{} {}", Text::of(language).lesson, of.number).into_any(),
    };
    view! {
        <section>
            <h2>{heading}</h2>
            {of.steps.into_iter().map(|of| step(of, language)).collect_view()}
        </section>
    }
}

fn step(of: CatalogStep, language: Language) -> impl IntoView {
    let title = match of.title {
        Some(title) => format!("{}. {title}", of.number),
        None => format!("{}.", of.number),
    };
    view! {
        <h3>{title}</h3>
        <ul class="exercise-list">
            {of
                .exercises
                .into_iter()
                .map(|exercise| {
                    let (url, state) = (exercise.url(language), exercise.state(language));
                    let target = format!("≥ {}", format::speedup(exercise.target, language));
                    view! {
                        <li>
                            <a href=url>{exercise.title}</a>
                            " "
                            <span class="exercise-goal">{target}</span>
                            " "
                            {exercise.stars.map(|earned| stars(earned, language))}
                            " "
                            <span class="exercise-state">{state}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
