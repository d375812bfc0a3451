//! `/bg/progress`: how the learner stands.

use app::pages::progress::{self, LessonRecall, ProgressView, Recall};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    grading::attempts,
    learners::{Learner, Visitor},
    lessons::library::Published,
    render::{self, Place},
    retention::{
        overview::{self, ItemRecall},
        questions, queue,
    },
    state::AppState,
};

/// The page.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let learner = visitor.learner(&state.db).await?;
    let (view, due_count) = match &learner {
        Some(learner) => {
            let queue = queue::read(&state, learner, state.clock.now()).await?;
            let view = view(&state, learner, language).await?;
            (view, Some(u32::try_from(queue.due.len())?))
        }
        None => (ProgressView::default(), None),
    };
    let place = Place::page(language, "/progress");
    let page = render::page(&state, &place, due_count, |shell| {
        progress::render(shell, view)
    });
    Ok((visitor.cookie(), page).into_response())
}

async fn view(
    state: &AppState,
    learner: &Learner,
    language: app::text::Language,
) -> Result<ProgressView, Error> {
    let overview = overview::read(state, learner, state.clock.now()).await?;
    let mut published = Vec::new();
    for language in app::text::Language::ALL {
        published.extend(state.library.all(language).await?);
    }
    let standings = attempts::standings(&state.db, learner.id).await?;
    let mut lessons = Vec::new();
    for recall in &overview.lessons {
        let Some(published) = published
            .iter()
            .find(|published| published.lesson_id == recall.lesson)
        else {
            continue;
        };
        let lesson = &published.lesson;
        lessons.push(LessonRecall {
            recall: Recall {
                name: format!("{} · {}", lesson.number, lesson.title),
                url: format!("/{}/lessons/{}", lesson.language.code(), lesson.number),
                predicted: recall.predicted,
            },
            items: recall.items,
            tested: recall.tested,
            recalled: recall.recalled,
        });
    }
    let named = |recall: &ItemRecall| Recall {
        name: recall.text.clone(),
        url: published
            .iter()
            .find_map(|published: &std::sync::Arc<Published>| {
                Some(questions::question(published, recall.item)?.explanation_url)
            })
            .unwrap_or_default(),
        predicted: recall.predicted,
    };
    Ok(ProgressView {
        has_reviews: overview.active_days > 0,
        forecast: overview.forecast,
        lessons,
        concepts: overview.concepts.iter().map(named).collect(),
        leeches: overview.leeches.iter().map(named).collect(),
        streak_days: overview.streak_days,
        active_days: overview.active_days,
        predictions: overview
            .predictions
            .iter()
            .map(|prediction| (prediction.predicted, prediction.measured))
            .collect(),
        exercises: state
            .grading
            .summaries(&standings, language)
            .into_iter()
            .filter(|exercise| exercise.attempts > 0)
            .collect(),
    })
}
