//! `/bg/lessons/22`: the lesson, and finishing it.

use std::collections::HashMap;

use app::{
    api::ItemKind,
    pages::{
        QuestionState,
        lesson::{self, Finish, LessonView, Requirement},
    },
    text::Language,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use uuid::Uuid;

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    learners::{Learner, Visitor},
    lessons::library::{Found, Published},
    render::{self, Place},
    retention::{
        answers, day, finishes, questions,
        reviews::{self, Remembered},
    },
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
) -> Result<(std::sync::Arc<Published>, bool), Error> {
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
    let learner = visitor.learner(&state.db).await?;
    let progress = match &learner {
        Some(learner) => Progress::read(&state, learner, &published).await?,
        None => Progress::default(),
    };
    let exercises = state
        .grading
        .summaries(&state.db, learner.as_ref(), language)
        .await?;
    let view = LessonView {
        other_language,
        requires: requirements(&state, &published).await?,
        questions: published
            .items_of(ItemKind::Quiz)
            .filter_map(|item| progress.question(&state, &published, learner.as_ref(), item))
            .collect(),
        finish: progress.finish(&published),
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
    let mut requirements = Vec::new();
    for number in &published.lesson.requires {
        let title = match state.library.find(*number, published.language()).await? {
            Found::Here { published, .. } => Some(published.lesson.title.clone()),
            Found::OtherLanguageOnly | Found::Nowhere => None,
        };
        requirements.push(Requirement {
            number: *number,
            title,
        });
    }
    Ok(requirements)
}

/// What a learner has done in a lesson.
#[derive(Default)]
struct Progress {
    today: Date,
    answers: HashMap<app::api::ItemId, answers::Answer>,
    memories: HashMap<app::api::ItemId, Remembered>,
    finished_on: Option<Date>,
}

impl Progress {
    async fn read(
        state: &AppState,
        learner: &Learner,
        published: &Published,
    ) -> Result<Progress, Error> {
        let answers = answers::latest(state, learner.id, published).await?;
        let memories = reviews::of_version(state, learner.id, published).await?;
        let finished = finishes::all(state, learner.id).await?;
        Ok(Progress {
            today: learner.today(state.clock.now()),
            answers: answers
                .into_iter()
                .map(|answer| (answer.item, answer))
                .collect(),
            memories: memories
                .into_iter()
                .map(|remembered| (remembered.item, remembered))
                .collect(),
            finished_on: finished
                .into_iter()
                .find(|(lesson, _)| *lesson == published.lesson_id)
                .map(|(_, on)| on),
        })
    }

    fn question(
        &self,
        state: &AppState,
        published: &Published,
        learner: Option<&Learner>,
        item: app::api::ItemId,
    ) -> Option<QuestionState> {
        let remembered = self.memories.get(&item);
        let answer = self.answers.get(&item);
        let revealed = learner.zip(answer).and_then(|(learner, answer)| {
            questions::revealed(published, learner, remembered, answer, state.clock.now())
        });
        let rated = answer.is_some_and(|answer| answer.rated);
        Some(QuestionState {
            question: questions::question(published, item)?,
            answer_id: Uuid::now_v7().to_string(),
            review_id: Uuid::now_v7().to_string(),
            revealed,
            scheduled: remembered
                .filter(|_| rated)
                .map(|remembered| remembered.scheduled(self.today)),
        })
    }

    fn finish(&self, published: &Published) -> Option<Finish> {
        let finished_on = self.finished_on?;
        let plan_due_on = published
            .items_of(ItemKind::Plan)
            .zip(&published.lesson.plan)
            .map(|(item, row)| {
                let first = day::after(finished_on, row.interval.days());
                day::on_the_wire(
                    self.memories
                        .get(&item)
                        .map_or(first, |remembered| remembered.due_on),
                )
            })
            .collect();
        Some(Finish {
            finished_on: day::on_the_wire(finished_on),
            plan_due_on,
        })
    }
}
