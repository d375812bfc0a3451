//! `/` and the course at `/bg/`.

use std::collections::{HashMap, HashSet};

use app::{
    api::ItemKind,
    pages::home::{self, HomeView, LessonSummary},
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    grading::attempts::{self, Standing},
    learners::{Learner, Visitor},
    lessons::library::LessonId,
    render::{self, Place},
    retention::{day, finishes, memories, queue},
    state::AppState,
};

/// Leads to the course in the browser's language, else in Bulgarian.
pub async fn root(headers: HeaderMap) -> Response {
    let language = render::accepted_language(headers.get(header::ACCEPT_LANGUAGE));
    (
        [(header::VARY, "accept-language")],
        Redirect::to(&format!("/{}/", language.code())),
    )
        .into_response()
}

/// The course with its slash: links inside it are absolute, but people type the address without.
pub async fn without_slash(Path(LanguageCode(language)): Path<LanguageCode>) -> Redirect {
    Redirect::permanent(&format!("/{}/", language.code()))
}

/// The course.
pub async fn course(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let learner = visitor.learner(&state.db).await?;
    let progress = match &learner {
        Some(learner) => Progress::read(&state, learner).await?,
        None => Progress::default(),
    };
    let exercises = state.grading.summaries(&progress.standings, language);
    let mut lessons = Vec::new();
    for published in state.library.all(language).await? {
        let lesson = &published.lesson;
        let slugs: HashSet<&str> = lesson
            .steps
            .iter()
            .flat_map(|step| &step.exercises)
            .map(|link| link.slug.as_str())
            .collect();
        lessons.push(LessonSummary {
            number: lesson.number,
            title: lesson.title.clone(),
            minutes: lesson.minutes,
            tags: lesson.tags.clone(),
            questions: u32::try_from(lesson.quiz.len())?,
            answered: u32::try_from(
                published
                    .items_of(ItemKind::Quiz)
                    .filter(|item| progress.rated.contains(item))
                    .count(),
            )?,
            finished_on: progress
                .finished
                .get(&published.lesson_id)
                .map(|date| day::on_the_wire(*date)),
            exercises: exercises
                .iter()
                .filter(|exercise| slugs.contains(exercise.slug.as_str()))
                .cloned()
                .collect(),
        });
    }
    let place = Place::page(language, "/");
    Ok(render::page(&state, &place, progress.due_count, |shell| {
        home::render(shell, HomeView { lessons })
    }))
}

#[derive(Default)]
struct Progress {
    rated: HashSet<app::api::ItemId>,
    finished: HashMap<LessonId, jiff::civil::Date>,
    due_count: Option<u32>,
    standings: Vec<Standing>,
}

impl Progress {
    async fn read(state: &AppState, learner: &Learner) -> Result<Progress, Error> {
        let queue = queue::read(state, learner, state.clock.now()).await?;
        Ok(Progress {
            rated: memories::rated_items(state, learner.id)
                .await?
                .into_iter()
                .collect(),
            finished: finishes::all(state, learner.id)
                .await?
                .into_iter()
                .collect(),
            due_count: Some(u32::try_from(queue.due.len())?),
            standings: attempts::standings(&state.db, learner.id).await?,
        })
    }
}
