//! What learners do in a large database.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
    response::IntoResponse,
};
use axum_extra::extract::cookie::{Cookie, SignedCookieJar};
use tokio::{task::JoinSet, time};
use tower::ServiceExt;
use uuid::Uuid;

use super::{Scale, database::ITEMS_EACH, summary};
use crate::{
    learners::{self, LearnerId},
    retention::queue,
    router,
    state::AppState,
};

/// How many queues are read.
const QUEUES: u32 = 2_000;

/// The rate that the README promises, and for how long it is kept up.
const REVIEWS_A_SECOND: u32 = 50;
const SECONDS: u32 = 20;

/// How many clients record as fast as they can, and how many reviews.
const CLIENTS: u32 = 64;
const AT_FULL_SPEED: u32 = 10_000;

/// Prints how long reading a queue and recording a review take.
///
/// # Errors
/// The database failed.
pub(super) async fn print(state: &AppState, scale: Scale) -> anyhow::Result<()> {
    let mut times = Vec::new();
    let mut due = 0;
    for turn in 0..QUEUES {
        let id = LearnerId(i64::from(turn * 37 % scale.learners) + 1);
        let learner = learners::by_id(state.db.reader(), id).await?;
        let learner = learner.ok_or_else(|| anyhow::anyhow!("learner {} is missing", id.0))?;
        let started = Instant::now();
        let queue = queue::read(state, &learner, state.clock.now()).await?;
        times.push(started.elapsed());
        due += queue.due.len();
    }
    println!(
        "  a due queue ({} items): {}",
        due / QUEUES as usize,
        summary(&mut times)
    );

    let router = router::router(state.clone());
    let wanted = REVIEWS_A_SECOND * SECONDS + AT_FULL_SPEED;
    let requests = requests(state, scale, wanted).await?;
    let (steady, fast) = requests.split_at((REVIEWS_A_SECOND * SECONDS) as usize);

    let mut ticks = time::interval(Duration::from_secs(1) / REVIEWS_A_SECOND);
    let mut running = JoinSet::new();
    for request in steady.iter().cloned() {
        ticks.tick().await;
        running.spawn(record(router.clone(), request));
    }
    let mut times = Vec::new();
    while let Some(time) = running.join_next().await {
        times.push(time??);
    }
    println!(
        "  recording a review, {REVIEWS_A_SECOND} a second: {}",
        summary(&mut times)
    );

    let started = Instant::now();
    let share = fast.len() / CLIENTS as usize;
    for part in fast.chunks(share) {
        let (router, part) = (router.clone(), part.to_vec());
        running.spawn(async move {
            let mut longest = Duration::ZERO;
            for request in part {
                longest = longest.max(record(router.clone(), request).await?);
            }
            Ok(longest)
        });
    }
    let mut longest = Duration::ZERO;
    while let Some(time) = running.join_next().await {
        longest = longest.max(time??);
    }
    println!(
        "  as fast as {CLIENTS} clients can: {:.0} reviews a second, the longest {:.0} ms",
        fast.len() as f64 / started.elapsed().as_secs_f64(),
        longest.as_secs_f64() * 1e3
    );
    Ok(())
}

/// A rating to send: the learner's cookie and the body.
#[derive(Clone, Debug)]
struct Rating {
    cookie: String,
    body: String,
}

/// Ratings of answers that were just given.
async fn requests(state: &AppState, scale: Scale, count: u32) -> anyhow::Result<Vec<Rating>> {
    let mut write = state.db.write().await?;
    let now_ms = state.clock.now().as_millisecond();
    let mut requests = Vec::new();
    for turn in 0..count {
        let learner = i64::from(turn * 37 % scale.learners) + 1;
        let item = i64::from(turn * 13 % ITEMS_EACH) + 1;
        let answer = Uuid::now_v7().to_string();
        sqlx::query(
            "INSERT INTO answers (id, learner_id, item_id, version_id, text, answered_at_ms)
             VALUES (?, ?, ?, 1, 'words', ?)",
        )
        .bind(&answer)
        .bind(learner)
        .bind(item)
        .bind(now_ms)
        .execute(&mut *write)
        .await?;
        let jar = SignedCookieJar::new(state.cookie_key.clone())
            .add(Cookie::new("learner", format!("learner-{learner}")));
        let signed = jar.into_response();
        let cookie = signed.headers().get(header::SET_COOKIE);
        requests.push(Rating {
            cookie: cookie
                .and_then(|cookie| cookie.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
            body: serde_json::json!({
                "id": Uuid::now_v7(), "item": item, "answer": answer, "rating": 3, "ticks": [], "session": true
            })
            .to_string(),
        });
    }
    write.commit().await?;
    Ok(requests)
}

async fn record(router: Router, rating: Rating) -> anyhow::Result<Duration> {
    let request = Request::post("/api/v1/reviews")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, rating.cookie)
        .body(Body::from(rating.body))?;
    let started = Instant::now();
    let response = router.oneshot(request).await?;
    anyhow::ensure!(response.status().is_success(), "{}", response.status());
    Ok(started.elapsed())
}
