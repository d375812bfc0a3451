//! The review: what is due, one item at a time.

use app::{
    api::{ItemId, Revealed, ReviewQueue},
    pages::review::{self, MovedItem, ReturnedExercise, ReviewView},
    text::Language,
};
use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    error::Error,
    extract::{Asked, LanguageCode, Path},
    learners::{Learner, Visitor},
    lessons::library::Published,
    render::{self, Place},
    retention::{
        answers, day,
        questions::{self, Setting},
        queue,
        returns::{self, Return},
        session::{self, Moved},
    },
    state::AppState,
};

/// Which question to begin with.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// The item; it comes first where it is due, or where its answer of today still waits for its rating.
    item: Option<i64>,
}

/// `GET /bg/review`.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let learner = visitor.learner(&state.db).await?;
    let queue = read(&state, learner.as_ref(), language, wanted.item.map(ItemId)).await?;
    let due_count = learner.is_some().then_some(queue.due_count);
    let now = state.clock.now();
    let moved = match &learner {
        Some(learner) => session::today(&state, learner, now, language).await?,
        None => Vec::new(),
    };
    let view = ReviewView {
        next_due: next_due(learner.as_ref(), &queue, now),
        queue,
        answer_id: Uuid::now_v7().to_string(),
        review_id: Uuid::now_v7().to_string(),
        moved: moved.into_iter().map(moved_item).collect(),
        exercises: match &learner {
            Some(learner) => returned(&state, learner, language).await?,
            None => Vec::new(),
        },
    };
    let place = Place::page(language, "/review");
    let page = render::page(&state, &place, due_count, |shell| {
        review::render(shell, view)
    });
    Ok((visitor.cookie(), page).into_response())
}

/// `GET /api/v1/review`.
pub async fn api(
    State(state): State<AppState>,
    Asked(language): Asked,
    visitor: Visitor,
) -> Result<Json<ReviewQueue>, Error> {
    let learner = visitor.learner(&state.db).await?;
    Ok(Json(read(&state, learner.as_ref(), language, None).await?))
}

async fn read(
    state: &AppState,
    learner: Option<&Learner>,
    language: Language,
    wanted: Option<ItemId>,
) -> Result<ReviewQueue, Error> {
    let mut answer = ReviewQueue {
        next: None,
        revealed: None,
        due_count: 0,
        waiting_count: 0,
        next_due_at_ms: None,
        reviewed_today: 0,
        next_due_on: None,
    };
    let Some(learner) = learner else {
        return Ok(answer);
    };
    let now = state.clock.now();
    let queue = queue::read(state, learner, now).await?;
    answer.due_count = u32::try_from(queue.due.len())?;
    answer.waiting_count = queue.waiting_count;
    answer.next_due_at_ms = queue.next_due_at.map(Timestamp::as_millisecond);
    answer.reviewed_today = queue.reviewed_today;
    answer.next_due_on = queue.next_due_on.map(day::on_the_wire);
    let setting = Setting {
        learner,
        in_session: true,
        language,
        now,
    };
    if let Some(item) = wanted
        && let Some(published) = state.library.of_item(item).await?
    {
        let revealed = waiting(state, &published, setting, item).await?;
        if revealed.is_some() || queue.due.contains(&item) {
            answer.next = questions::question(&published, item);
            answer.due_count += u32::from(!queue.due.contains(&item));
            answer.revealed = revealed;
            return Ok(answer);
        }
    }
    let Some(item) = queue.due.first().copied() else {
        return Ok(answer);
    };
    let Some(published) = state.library.of_item(item).await? else {
        return Ok(answer);
    };
    answer.next = questions::question(&published, item);
    answer.revealed = waiting(state, &published, setting, item).await?;
    Ok(answer)
}

/// What an answer of today that still waits for its rating reveals.
async fn waiting(
    state: &AppState,
    published: &Published,
    setting: Setting<'_>,
    item: ItemId,
) -> Result<Option<Revealed>, Error> {
    let latest = answers::latest(state, setting.learner.id, item, 1).await?;
    match latest.first() {
        Some(latest) if latest.waits_for_rating(setting.learner, setting.now) => Ok(Some(
            questions::reveal(state, published, setting, latest).await?,
        )),
        _ => Ok(None),
    }
}

/// The time of day at which the next item of the session comes back, and the seconds until then.
fn next_due(
    learner: Option<&Learner>,
    queue: &ReviewQueue,
    now: Timestamp,
) -> Option<review::NextDue> {
    let at = Timestamp::from_millisecond(queue.next_due_at_ms?).ok()?;
    let local = at.to_zoned_datetime(learner?.time_zone.clone());
    let seconds = at.duration_since(now).as_secs().max(0) + 1;
    Some(review::NextDue {
        time: local.strftime("%H:%M").to_string(),
        seconds: u32::try_from(seconds).ok()?,
    })
}

async fn returned(
    state: &AppState,
    learner: &Learner,
    language: Language,
) -> Result<Vec<ReturnedExercise>, Error> {
    let due = returns::due(state, learner, state.clock.now()).await?;
    let catalog = state.grading.catalog();
    let exercise = |due: Return| {
        let entry = catalog.find(&due.exercise)?;
        Some(ReturnedExercise {
            title: entry.title(language).to_owned(),
            slug: due.exercise,
            passed_on: day::on_the_wire(due.passed_on),
            best_speedup: due.best_speedup,
        })
    };
    Ok(due.into_iter().filter_map(exercise).collect())
}

fn moved_item(moved: Moved) -> MovedItem {
    MovedItem {
        item: moved.item,
        review: moved.review,
        rating: moved.rating,
        text: moved.text,
        comes_back: moved.comes_back,
        is_leech: moved.is_leech,
    }
}
