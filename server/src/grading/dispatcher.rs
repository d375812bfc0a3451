//! Gives submissions to the worker, one after the other.
//!
//! 1. A verdict that was given before on the same content is given again; nothing is measured. Only where measuring
//!    decided nothing, it goes on from the samples that were kept, once.
//! 2. Else the worker gets the submission, and whoever follows it sees the stages.
//! 3. The verdict is stored, and a profile asked for. When the worker fails, the submission is taken back and tried again.

use std::time::Duration;

use app::api::{Progress, Stage};
use exercises::{Language, samples::Packed};
use tokio::time;

use super::{
    Grading,
    submissions::{self, Leased},
    verdicts::{self, Verdict},
};
use crate::state::AppState;

/// How often leases that ran out are looked for.
const LEASE_CHECK: Duration = Duration::from_secs(10);

/// After a failure of ours the next try waits this long, so that a broken machine is not asked in a loop.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// Dispatches for ever.
pub(super) async fn run(grading: Grading, state: AppState) {
    if let Err(error) = submissions::take_back_all(&state.db).await {
        tracing::error!(%error, "submissions of an earlier run could not be taken back; their leases will run out");
    }
    loop {
        if grading.shared.link.is_ready() {
            match submissions::lease(&state.db, state.clock.now()).await {
                Ok(Some(leased)) => {
                    if let Err(error) = grade(&grading, &state, &leased).await {
                        tracing::error!(
                            submission = leased.id,
                            error = format!("{error:#}"),
                            "grading failed"
                        );
                        give_back(&grading, &state, &leased).await;
                        time::sleep(AFTER_FAILURE).await;
                    }
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "the queue of submissions cannot be read"),
            }
        }
        tokio::select! {
            () = grading.shared.bell.notified() => {}
            () = grading.shared.link.ready(), if !grading.shared.link.is_ready() => {}
            () = time::sleep(LEASE_CHECK) => {}
        }
    }
}

async fn grade(grading: &Grading, state: &AppState, leased: &Leased) -> anyhow::Result<()> {
    let entry = grading
        .catalog()
        .find(&leased.exercise)
        .ok_or_else(|| anyhow::anyhow!("there is no exercise `{}` any more", leased.exercise))?;
    let language = Language::from_name(&leased.language)
        .ok_or_else(|| anyhow::anyhow!("there is no language `{}` any more", leased.language))?;
    let toolchain = grading
        .shared
        .link
        .toolchain(language)
        .ok_or_else(|| anyhow::anyhow!("the worker is not ready"))?;
    let key = exercises::verdict_key(
        entry.exercise(),
        language,
        leased.source.as_bytes(),
        &toolchain,
    );
    let known = verdicts::known(&state.db, &key).await?;
    if let Some(known) = known.as_ref().filter(|known| !known.may_go_on) {
        let verdict = Verdict {
            key: &key,
            report: &known.report,
            samples: known.samples.as_deref(),
        };
        return close(grading, state, leased, &verdict).await;
    }
    let earlier = known.and_then(|known| known.samples).map(Packed);
    let (exercise, source) = (entry.exercise(), &leased.source);
    let link = &grading.shared.link;
    let graded = link.grade(exercise, language, source, earlier, |stage| {
        let stage = stage_of(stage);
        grading.tell(&leased.id, Progress { stage, ahead: None });
    });
    let (report, samples) = graded.await?;
    let verdict = Verdict {
        key: &key,
        report: &report,
        samples: samples.as_deref(),
    };
    close(grading, state, leased, &verdict).await
}

fn stage_of(stage: exercises::Stage) -> Stage {
    match stage {
        exercises::Stage::Compiling => Stage::Compiling,
        exercises::Stage::Checking => Stage::Checking,
        exercises::Stage::Measuring => Stage::Measuring,
    }
}

async fn close(
    grading: &Grading,
    state: &AppState,
    leased: &Leased,
    verdict: &Verdict<'_>,
) -> anyhow::Result<()> {
    submissions::close(&state.db, state.clock.now(), &leased.id, verdict).await?;
    tell_end(grading, state, &leased.id).await
}

async fn give_back(grading: &Grading, state: &AppState, leased: &Leased) {
    let given_back = async {
        submissions::take_back(&state.db, &leased.id).await?;
        tell_end(grading, state, &leased.id).await
    };
    if let Err(error) = given_back.await {
        tracing::error!(
            submission = leased.id,
            error = format!("{error:#}"),
            "it waits until its lease runs out"
        );
    }
}

/// Tells followers what the database now says, also those whose turn came nearer.
async fn tell_end(grading: &Grading, state: &AppState, id: &str) -> anyhow::Result<()> {
    let submission = submissions::by_id(&state.db, id).await?;
    if let Some(submission) = &submission {
        grading.tell(id, grading.progress_of(&state.db, submission).await?);
    }
    grading.shared.closed.notify_waiters();
    if let Some(submission) = &submission {
        // The verdict stands without it, and whoever looks at it asks again.
        if let Err(error) = grading.profile_of(state, submission).await {
            tracing::warn!(
                submission = id,
                error = format!("{error:#}"),
                "no profile was asked for"
            );
        }
    }
    grading.tell_queued(&state.db).await?;
    Ok(())
}
