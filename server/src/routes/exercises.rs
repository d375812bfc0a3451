//! `/bg/exercises/memoize`: the exercise, what is being typed, and trial runs.

use std::collections::BTreeMap;

use app::{
    api::{Draft, NewRun, RunAnswer},
    pages::{
        ExerciseSummary,
        catalog::{self, CatalogLesson, CatalogStep, CatalogView},
        code_language::{CodeLanguageChoice, CodeLanguageView},
        exercise::{self, Attempt, ExerciseView, LessonLink, VisibleExample},
        run_report,
    },
    text::Language,
};
use axum::{
    Json as JsonResponse,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use exercises::Language as CodeLanguage;
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    error::Error,
    extract::{Asked, Json, LanguageCode, Path},
    grading::{attempts, catalog::Entry, drafts},
    learners::{Learner, Visitor},
    lessons::library::Found,
    render::{self, Place},
    state::AppState,
};

/// Every exercise, by lesson and step.
pub async fn catalog(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let standings = match visitor.learner(&state.db).await? {
        Some(learner) => attempts::standings(&state.db, learner.id).await?,
        None => Vec::new(),
    };
    let summaries = state.grading.summaries(&standings, language);
    let entries = state.grading.catalog().entries();
    let mut by_step: BTreeMap<(u32, u32), Vec<ExerciseSummary>> = BTreeMap::new();
    for (entry, summary) in entries.zip(summaries) {
        let exercise = entry.exercise();
        let of_step = by_step.entry((exercise.lesson, exercise.step));
        of_step.or_default().push(summary);
    }
    let published = state.library.all(language).await?;
    let mut lessons: Vec<CatalogLesson> = Vec::new();
    for ((number, step), exercises) in by_step {
        let lesson = published
            .iter()
            .map(|published| &published.lesson)
            .find(|lesson| lesson.number == number);
        if lessons.last().is_none_or(|last| last.number != number) {
            lessons.push(CatalogLesson {
                number,
                title: lesson.map(|lesson| lesson.title.clone()),
                steps: Vec::new(),
            });
        }
        let steps = lesson.map(|lesson| lesson.steps.as_slice());
        let title = steps
            .unwrap_or_default()
            .iter()
            .find(|of| of.number == step)
            .map(|of| of.title.clone());
        if let Some(last) = lessons.last_mut() {
            last.steps.push(CatalogStep {
                number: step,
                title,
                exercises,
            });
        }
    }
    let place = Place::page(language, "/exercises");
    Ok(render::page(&state, &place, None, |shell| {
        catalog::render(shell, CatalogView { lessons })
    }))
}

/// How an exercise begins.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// Once more from the slow starter, instead of what was typed last.
    again: Option<String>,
    /// The name of the language to solve it in; without it the exercise's first.
    language: Option<String>,
}

/// The exercise as the visitor sees it.
pub async fn page(
    State(state): State<AppState>,
    Path((LanguageCode(language), slug)): Path<(LanguageCode, String)>,
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let entry = state.grading.catalog().find(&slug).ok_or(Error::NotFound)?;
    let learner = visitor.learner(&state.db).await?;
    let code_language = match &wanted.language {
        Some(name) => offered(&state, &slug, name)?.1,
        None => entry.first_language().ok_or(Error::NotFound)?,
    };
    let mut view = view(&state, entry, (language, code_language), learner.as_ref()).await?;
    if wanted.again.is_some() {
        view.draft = view.starter.clone();
    }
    let place = Place::page(language, format!("/exercises/{slug}"));
    let page = render::page(&state, &place, None, |shell| exercise::render(shell, view));
    Ok((visitor.cookie(), page).into_response())
}

async fn view(
    state: &AppState,
    entry: &Entry,
    (language, code_language): (Language, CodeLanguage),
    learner: Option<&Learner>,
) -> Result<ExerciseView, Error> {
    let slug = entry.slug();
    let starter = entry.starter(code_language).unwrap_or_default().to_owned();
    let (draft, attempts) = match learner {
        Some(learner) => (
            drafts::find(&state.db, learner.id, slug, code_language.name()).await?,
            attempts::of_exercise(&state.db, learner.id, slug).await?,
        ),
        None => (None, Vec::new()),
    };
    let time_zone = learner.map_or(TimeZone::UTC, |learner| learner.time_zone.clone());
    let lesson = match state
        .library
        .find(entry.exercise().lesson, language)
        .await?
    {
        Found::Here { published, .. } => Some(LessonLink {
            url: entry.lesson_url(&published),
            title: format!("{} · {}", published.lesson.number, published.lesson.title),
        }),
        Found::OtherLanguageOnly | Found::Nowhere => None,
    };
    Ok(ExerciseView {
        slug: slug.to_owned(),
        title: entry.title(language).to_owned(),
        statement_html: entry.statement_html(language).to_owned(),
        hints_html: entry.hints_html(language).to_vec(),
        debrief_html: attempts
            .iter()
            .any(|attempt| attempt.passed)
            .then(|| entry.debrief_html(language).to_owned()),
        target: entry.exercise().target_speedup,
        stars: entry.exercise().stars,
        signature: entry.exercise().entry_declaration(code_language),
        memory_limit_bytes: entry.exercise().limits.memory_bytes,
        source_limit_bytes: exercises::compile::SOURCE_BYTES as u64,
        callable: entry
            .exercise()
            .world
            .as_ref()
            .map(exercises::world::prelude::shown),
        examples: entry
            .examples()
            .into_iter()
            .map(|(input, expected)| VisibleExample { input, expected })
            .collect(),
        lesson,
        code_language: code_language.name().to_owned(),
        code: code_view(state, entry, code_language),
        draft: draft.unwrap_or_else(|| starter.clone()),
        starter,
        submission_id: Uuid::now_v7().to_string(),
        refused: state
            .grading
            .refusal_in(code_language)
            .map(|(sentence, reason)| {
                format!("{} {reason}", sentence(crate::text::Text::of(language)))
            }),
        attempts: attempts
            .into_iter()
            .map(|attempt| Attempt {
                id: attempt.id,
                submitted_at: moment(attempt.submitted_at_ms, &time_zone),
                verdict: attempt.verdict,
                passed: attempt.passed,
                speedup: attempt.speedup,
                interval: attempt.low.zip(attempt.high).map(|(low, high)| [low, high]),
                predicted_speedup: attempt.predicted_speedup,
            })
            .collect(),
    })
}

/// What there is to say of a language, and of the others that the exercise is offered in.
fn code_view(state: &AppState, entry: &Entry, code_language: CodeLanguage) -> CodeLanguageView {
    let budget = code_language.budget();
    let compiler = |language| state.grading.compiler(language);
    let choice = |&language: &CodeLanguage| CodeLanguageChoice {
        name: language.name().to_owned(),
        title: language.title().to_owned(),
        is_current: language == code_language,
        is_installed: compiler(language).is_none_or(|compiler| compiler.is_ok()),
    };
    CodeLanguageView {
        choices: entry.exercise().programs.keys().map(choice).collect(),
        compiler: compiler(code_language).and_then(Result::ok),
        flags: code_language
            .flags()
            .iter()
            .map(|&flag| flag.to_owned())
            .collect(),
        compiler_seconds: budget.processor_seconds,
        compiler_memory_bytes: budget.memory_bytes,
        surroundings: code_language.surroundings(&entry.exercise().signature),
    }
}

/// A moment in the learner's time zone, to the minute.
fn moment(milliseconds: i64, time_zone: &TimeZone) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|moment| {
            moment
                .to_zoned_datetime(time_zone.clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        })
        .unwrap_or_default()
}

/// `PUT /api/v1/exercises/{slug}/draft`.
pub async fn keep_draft(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Json(draft): Json<Draft>,
) -> Result<Response, Error> {
    offered(&state, &slug, &draft.language)?;
    drafts::keep(&state, &visitor, &slug, &draft).await?;
    Ok((visitor.cookie(), StatusCode::NO_CONTENT).into_response())
}

/// `POST /api/v1/exercises/{slug}/runs`.
pub async fn run(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Asked(language): Asked,
    Json(run): Json<NewRun>,
) -> Result<JsonResponse<RunAnswer>, Error> {
    let (entry, code_language) = offered(&state, &slug, &run.language)?;
    let run = state
        .grading
        .run_examples(entry, code_language, &run.source, language);
    let report = run.await?;
    let html = run_report::render(report.clone(), language);
    Ok(JsonResponse(RunAnswer { report, html }))
}

/// The exercise, if it is offered in this programming language.
///
/// # Errors
/// There is no such exercise, or it has no starter in the language.
pub fn offered<'a>(
    state: &'a AppState,
    slug: &str,
    language: &str,
) -> Result<(&'a Entry, CodeLanguage), Error> {
    let unknown = Error::Refused(StatusCode::NOT_FOUND, |text| text.exercise_unknown);
    let entry = state.grading.catalog().find(slug).ok_or(unknown)?;
    let language =
        CodeLanguage::from_name(language).filter(|language| entry.starter(*language).is_some());
    Ok((
        entry,
        language.ok_or(Error::unprocessable(|text| text.language_unknown))?,
    ))
}
