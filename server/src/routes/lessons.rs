//! `/bg/lessons/22`: the lesson, and finishing it.

use std::sync::Arc;

use app::{
    api::{ItemId, ItemKind},
    pages::{
        QuestionState,
        lesson::{self, Finish, LessonNotes, LessonView, Requirement, StepNotes},
    },
    text::Language,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use content::lesson::PlanRow;
use uuid::Uuid;

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    learners::Visitor,
    lessons::library::{Found, Published},
    render::{self, Place},
    retention::{
        day, finishes, memories,
        notes::NoteKind,
        progress::{self, Progress},
        questions::{self, Setting},
    },
    roles,
    state::AppState,
};

/// The published lesson at an address.
///
/// # Errors
/// There is none in this language, or the database failed.
pub async fn find(
    state: &AppState,
    language: Language,
    number: u32,
) -> Result<(Arc<Published>, bool), Error> {
    match state.library.find(number, language).await? {
        Found::Here {
            published,
            other_language,
        } => Ok((published, other_language)),
        Found::OtherLanguageOnly => Err(Error::OtherLanguageOnly),
        Found::Nowhere => Err(Error::NotFound),
    }
}

/// The lesson as the visitor sees it.
pub async fn page(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, other_language) = find(&state, language, number).await?;
    let progress = progress::read(&state, &visitor, &published).await?;
    let standings = progress
        .as_ref()
        .map_or(&[][..], |progress| &progress.standings);
    let exercises = state.grading.summaries(standings, language);
    let view = LessonView {
        other_language,
        live: roles::is_instructor(&state, &visitor).await?,
        requires: requirements(&state, &published).await?,
        questions: published
            .items_of(ItemKind::Quiz)
            .filter_map(|item| question(&state, &published, progress.as_ref(), item))
            .collect(),
        finish: progress
            .as_ref()
            .and_then(|progress| finish_of(progress, &published)),
        notes: notes_of(progress.as_ref(), &published),
        exercises: exercises
            .into_iter()
            .map(|exercise| (exercise.slug.clone(), exercise))
            .collect(),
        lesson: published.lesson.clone(),
    };
    let place = Place::page(language, format!("/lessons/{number}"));
    let page = render::page(&state, &place, None, |shell| lesson::render(shell, view));
    Ok((visitor.cookie(), page).into_response())
}

/// Finishes the lesson; its review plan counts from today.
pub async fn finish(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, _) = find(&state, language, number).await?;
    finishes::finish(&state, &visitor, &published).await?;
    let back = Redirect::to(&format!("/{}/lessons/{number}#finish", language.code()));
    Ok((visitor.cookie(), back).into_response())
}

async fn requirements(state: &AppState, published: &Published) -> Result<Vec<Requirement>, Error> {
    let required = &published.lesson.requires;
    let titles = state.library.titles(required, published.language()).await?;
    let requirement = |number: &u32| Requirement {
        number: *number,
        title: titles.get(number).cloned(),
    };
    Ok(required.iter().map(requirement).collect())
}

/// A question of the quiz and how far the learner has come with it.
pub(super) fn question(
    state: &AppState,
    published: &Published,
    progress: Option<&Progress>,
    item: ItemId,
) -> Option<QuestionState> {
    let now = state.clock.now();
    let answered = progress
        .and_then(|progress| Some((progress, progress.answers.get(&item)?)))
        .filter(|(progress, answer)| {
            answer.rated || answer.waits_for_rating(&progress.learner, now)
        });
    let language = published.language();
    let revealed = answered.and_then(|(progress, answer)| {
        let remembered = progress.memories.get(&item);
        let setting = Setting {
            learner: &progress.learner,
            in_session: false,
            language,
            now,
        };
        questions::revealed(published, setting, remembered, answer, &[])
    });
    let scheduled = answered
        .filter(|(_, answer)| answer.rated)
        .and_then(|(progress, _)| {
            let remembered = progress.memories.get(&item)?;
            let today = progress.learner.today(now);
            Some(memories::scheduled(remembered, today, now, language))
        });
    Some(QuestionState {
        question: questions::question(published, item)?,
        answer_id: Uuid::now_v7().to_string(),
        review_id: Uuid::now_v7().to_string(),
        revealed,
        scheduled,
    })
}

/// What the learner wrote down in the lesson.
pub(super) fn notes_of(progress: Option<&Progress>, published: &Published) -> LessonNotes {
    let lesson = &published.lesson;
    let text = |kind, key: &str| progress.map_or("", |progress| progress.notes.text(kind, key));
    LessonNotes {
        id: Uuid::now_v7().to_string(),
        prior: lesson
            .prior
            .iter()
            .map(|prompt| text(NoteKind::Prior, &prompt.key.0).to_owned())
            .collect(),
        steps: lesson
            .steps
            .iter()
            .map(|step| StepNotes {
                is_done: progress.is_some_and(|progress| progress.notes.is_done(&step.key.0)),
                note_html: content::markdown(text(NoteKind::Step, &step.key.0)).0,
            })
            .collect(),
    }
}

/// When each row of the plan is next due: on its own day until it was rated.
fn finish_of(progress: &Progress, published: &Published) -> Option<Finish> {
    let finished_on = progress.finished_on?;
    let due_on = |(item, row): (ItemId, &PlanRow)| {
        let first = day::after(finished_on, row.interval.days());
        let remembered = progress.memories.get(&item);
        day::on_the_wire(remembered.map_or(first, |remembered| remembered.due.on))
    };
    Some(Finish {
        finished_on: day::on_the_wire(finished_on),
        plan_due_on: published
            .items_of(ItemKind::Plan)
            .zip(&published.lesson.plan)
            .map(due_on)
            .collect(),
    })
}
