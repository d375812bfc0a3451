//! A lesson: its nine parts, with what moves in them.

mod parts;

use std::{collections::BTreeMap, sync::Arc};

use content::lesson::{Lesson, SectionKind};
use leptos::prelude::*;

use super::{ExerciseSummary, QuestionState, Shell, layout, text::Text, to_document};
use crate::{
    api::Day,
    islands::section_index::{SectionEntry, SectionIndex},
};

/// A lesson as one learner sees it.
#[derive(Clone, Debug)]
pub struct LessonView {
    /// The published lesson.
    pub lesson: Arc<Lesson>,
    /// Whether it exists in the other language too.
    pub other_language: bool,
    /// The lessons to read first.
    pub requires: Vec<Requirement>,
    /// The questions of the quiz, in order.
    pub questions: Vec<QuestionState>,
    /// When the learner finished the lesson and what follows from it.
    pub finish: Option<Finish>,
    /// What the learner wrote down in it.
    pub notes: LessonNotes,
    /// Whether the page shows at once what its author saves.
    pub live: bool,
    /// The exercises that its steps link to, by slug. A link to one that does not exist has no button.
    pub exercises: BTreeMap<String, ExerciseSummary>,
}

/// What a learner wrote down in a lesson.
#[derive(Clone, Debug, Default)]
pub struct LessonNotes {
    /// A fresh UUID for what is written down now.
    pub id: String,
    /// The answers from before reading, for each prompt in order; empty where there is none.
    pub prior: Vec<String>,
    /// What there is for each step, in order.
    pub steps: Vec<StepNotes>,
}

/// What a learner wrote down at a step.
#[derive(Clone, Debug, Default)]
pub struct StepNotes {
    /// Whether the step is marked as done.
    pub is_done: bool,
    /// The note, rendered and sanitised.
    pub note_html: String,
}

/// A lesson to read first.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its number.
    pub number: u32,
    /// Its title, where it is published in the language of the page.
    pub title: Option<String>,
}

/// What finishing the lesson led to.
#[derive(Clone, Debug)]
pub struct Finish {
    /// The learner's day of finishing.
    pub finished_on: Day,
    /// When each row of the plan is next due, in the author's order.
    pub plan_due_on: Vec<Day>,
}

/// The page `/bg/lessons/22`. Its forms post to `…/answers`, `…/reviews` and `…/finish` below it.
pub fn render(shell: &Shell, view: LessonView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let lesson = Arc::clone(&view.lesson);
        let mut frame = layout::Frame::new(shell, format!("{} · {}", lesson.number, lesson.title));
        frame.extra = lesson.has_figures || !lesson.programs.is_empty();
        frame.script = view.live.then(|| shell.assets.live.clone());
        if !view.other_language {
            frame.twin = None;
        }
        let facts = parts::facts(&view, shell.language);
        let entries = index_entries(&view);
        let sections = parts::sections(&view, shell.language);
        let body = view! {
            <div class="page lesson">
                <header class="page-header">
                    <p class="kicker">{format!("{} {}", text.lesson, lesson.number)}</p>
                    <h1>{lesson.title.clone()}</h1>
                    {facts}
                </header>
                <div class="lesson-grid">
                    <SectionIndex language=shell.language lesson=lesson.number entries=entries/>
                    <article class="lesson-body">{sections}</article>
                </div>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

/// The body of the page alone, as an author sees it before it is published.
pub fn render_body(view: LessonView) -> String {
    let language = view.lesson.language.into();
    let sections = || parts::sections(&view, language);
    let body = Owner::new().with(|| sections().into_view().to_html());
    format!("<article class=\"lesson-body\">{body}</article>")
}

fn index_entries(view: &LessonView) -> Vec<SectionEntry> {
    let rated = view
        .questions
        .iter()
        .filter(|question| question.scheduled.is_some())
        .count();
    view.lesson
        .sections
        .iter()
        .map(|section| SectionEntry {
            anchor: section.anchor.clone(),
            title: section.title.clone(),
            done: section.kind == SectionKind::Plan && view.finish.is_some(),
            questions: quiz_only(section.kind, view.questions.len()),
            rated: quiz_only(section.kind, rated),
        })
        .collect()
}

fn quiz_only(kind: SectionKind, count: usize) -> u32 {
    match kind {
        SectionKind::Quiz => u32::try_from(count).unwrap_or(u32::MAX),
        _ => 0,
    }
}
