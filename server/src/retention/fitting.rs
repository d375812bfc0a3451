//! Fitting the parameters to a learner: the table `parameter_fits`.
//!
//! 1. A learner with enough ratings, a quarter more than at the last attempt, has a turn. One at a time, in the background.
//! 2. Their reviews are divided by time: the first four fifths are fitted, the last fifth is held out.
//! 3. The fitted parameters are kept only when they predict what was held out better than those in force; then all that
//!    the learner remembers is folded anew.

use std::{collections::HashMap, time::Duration};

use app::api::ItemId;
use fsrs::{ComputeParametersInput, FSRSItem, FSRSReview, MemoryState, compute_parameters};
use jiff::civil::Date;
use tokio::{task, task::JoinHandle, time};

use super::{
    day, memories,
    schedule::{Memory, Parameters, retrievability},
};
use crate::{
    learners::{self, Learner, LearnerId},
    state::AppState,
};

/// Below this many ratings the defaults are better (the optimiser of Anki waits for as many).
pub const LEAST_REVIEWS: u32 = 400;

/// How often somebody is looked for whose turn it is.
const PAUSE: Duration = Duration::from_secs(15 * 60);

/// The part of the reviews, by time, that is held out.
const HELD_OUT: usize = 5;

/// A rating in the log of a learner.
#[derive(Clone, Copy, Debug)]
pub struct Logged {
    /// The item.
    pub item: ItemId,
    /// 1 to 4.
    pub rating: u8,
    /// The learner's day.
    pub on: Date,
}

/// What came of a fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The fitted parameters.
    pub parameters: Parameters,
    /// The log loss of the parameters in force on the reviews that were held out.
    pub log_loss_before: f64,
    /// The log loss of the fitted ones on the same.
    pub log_loss_after: f64,
}

impl Fit {
    /// Whether the fitted parameters are better.
    pub fn improves(&self) -> bool {
        self.log_loss_after < self.log_loss_before
    }
}

/// Fits parameters to a log, oldest first; nothing where there is too little to learn from.
pub fn fit(log: &[Logged], in_force: &Parameters) -> Option<Fit> {
    let (train, held_out) = divided(log);
    if train.is_empty() || held_out.is_empty() {
        return None;
    }
    let input = ComputeParametersInput {
        train_set: train,
        card_ids: None,
        progress: None,
        enable_short_term: true,
        num_relearning_steps: Some(1),
        training_config: None,
    };
    let parameters = Parameters::new(&compute_parameters(input).ok()?)?;
    Some(Fit {
        log_loss_before: log_loss(&held_out, in_force),
        log_loss_after: log_loss(&held_out, &parameters),
        parameters,
    })
}

/// Every review that came back after a day or more, with what had been before it: those to learn from, and those held out.
pub fn divided(log: &[Logged]) -> (Vec<FSRSItem>, Vec<FSRSItem>) {
    let mut before: HashMap<ItemId, (Vec<FSRSReview>, Date)> = HashMap::new();
    let mut items = Vec::new();
    for logged in log {
        let (reviews, last_on) = before
            .entry(logged.item)
            .or_insert_with(|| (Vec::new(), logged.on));
        let delta_t = day::between(*last_on, logged.on);
        reviews.push(FSRSReview {
            rating: u32::from(logged.rating),
            delta_t,
        });
        *last_on = logged.on;
        if delta_t > 0 {
            items.push(FSRSItem {
                reviews: reviews.clone(),
            });
        }
    }
    let train = items.len() - items.len() / HELD_OUT;
    let held_out = items.split_off(train);
    (items, held_out)
}

/// The mean of the negative logarithm of the probability that was given to what then happened.
pub fn log_loss(items: &[FSRSItem], parameters: &Parameters) -> f64 {
    let model = parameters.model();
    let predictions = items.iter().filter_map(|item| {
        let (last, before) = item.reviews.split_last()?;
        let before = FSRSItem {
            reviews: before.to_vec(),
        };
        let MemoryState {
            stability,
            difficulty,
        } = model.memory_state(before, None).ok()?;
        let memory = Memory {
            stability,
            difficulty,
        };
        let recalled = f64::from(retrievability(memory, last.delta_t, parameters));
        Some((recalled, last.rating > 1))
    });
    mean_log_loss(predictions)
}

/// The log loss of predictions: each a probability of recall, and whether it was recalled.
pub fn mean_log_loss(predictions: impl Iterator<Item = (f64, bool)>) -> f64 {
    /// No prediction is taken as certain.
    const CERTAIN: f64 = 1e-6;
    let (sum, count) = predictions.fold((0.0, 0.0_f64), |(sum, count), (recall, recalled)| {
        let recall = recall.clamp(CERTAIN, 1.0 - CERTAIN);
        let given = if recalled { recall } else { 1.0 - recall };
        (sum - given.ln(), count + 1.0)
    });
    sum / count.max(1.0)
}

/// Fits parameters in the background as long as the server runs.
pub fn keep_up(state: AppState) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = all(&state).await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the parameters were not fitted"
                );
            }
            time::sleep(PAUSE).await;
        }
    })
}

/// Fits the parameters of everybody whose turn it is.
///
/// # Errors
/// The database failed.
pub async fn all(state: &AppState) -> anyhow::Result<()> {
    for learner in whose_turn(state).await? {
        one(state, learner).await?;
    }
    Ok(())
}

async fn whose_turn(state: &AppState) -> sqlx::Result<Vec<LearnerId>> {
    sqlx::query_scalar!(
        r#"SELECT learner_id AS "learner!: LearnerId" FROM memories GROUP BY learner_id
           HAVING sum(review_count) >= max(?, 1.25 * coalesce((SELECT max(fits.review_count) FROM parameter_fits AS fits
                                                               WHERE fits.learner_id = memories.learner_id), 0))"#,
        LEAST_REVIEWS,
    )
    .fetch_all(state.db.reader())
    .await
}

async fn one(state: &AppState, id: LearnerId) -> anyhow::Result<()> {
    let Some(learner) = learners::by_id(state.db.reader(), id).await? else {
        return Ok(());
    };
    let log = log(state, id).await?;
    let in_force = learner.parameters;
    let review_count = u32::try_from(log.len())?;
    // A fit takes seconds of a processor.
    let Some(fit) = task::spawn_blocking(move || fit(&log, &in_force)).await? else {
        return Ok(());
    };
    tracing::info!(
        learner = id.0,
        before = fit.log_loss_before,
        after = fit.log_loss_after,
        kept = fit.improves(),
        "parameters were fitted"
    );
    keep(state, learner, review_count, fit).await
}

async fn keep(
    state: &AppState,
    learner: Learner,
    review_count: u32,
    fit: Fit,
) -> anyhow::Result<()> {
    let now_ms = state.clock.now().as_millisecond();
    let is_kept = fit.improves();
    let json = serde_json::to_string(fit.parameters.numbers().as_slice())?;
    let mut write = state.db.write().await?;
    sqlx::query!(
        "INSERT INTO parameter_fits
             (learner_id, fitted_at_ms, review_count, log_loss_before, log_loss_after, is_kept, parameters)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        learner.id,
        now_ms,
        review_count,
        fit.log_loss_before,
        fit.log_loss_after,
        is_kept,
        json,
    )
    .execute(&mut *write)
    .await?;
    if is_kept {
        sqlx::query!(
            "UPDATE learners SET parameters = ? WHERE id = ?",
            json,
            learner.id
        )
        .execute(&mut *write)
        .await?;
        let learner = Learner {
            parameters: fit.parameters,
            ..learner
        };
        memories::fold_all(&mut write, &learner).await?;
    }
    write.commit().await?;
    Ok(())
}

async fn log(state: &AppState, learner: LearnerId) -> anyhow::Result<Vec<Logged>> {
    let rows = sqlx::query!(
        r#"SELECT item_id AS "item_id!", rating AS "rating!: u8", reviewed_on AS "reviewed_on!"
           FROM standing_reviews WHERE learner_id = ? ORDER BY reviewed_at_ms, id"#,
        learner,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Logged {
                item: ItemId(row.item_id),
                rating: row.rating,
                on: row.reviewed_on.parse()?,
            })
        })
        .collect()
}
