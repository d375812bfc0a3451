//! Imports again whenever something in the folder of lessons changes.

use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use tokio::{sync::mpsc, task::JoinHandle, time};

use crate::state::AppState;

/// Editors save in several steps; an import waits until they have been quiet for this long.
const SETTLE: Duration = Duration::from_millis(60);

/// Watches until the returned task is aborted.
///
/// # Errors
/// The folder cannot be watched.
pub fn start(state: AppState) -> notify::Result<JoinHandle<()>> {
    let (changed, mut changes) = mpsc::channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // A full channel already holds the news.
            _ = changed.try_send(());
        }
    })?;
    watcher.watch(&state.config.content, RecursiveMode::Recursive)?;
    Ok(tokio::spawn(async move {
        let _watcher = watcher;
        while changes.recv().await.is_some() {
            while let Ok(Some(())) = time::timeout(SETTLE, changes.recv()).await {}
            let import = state.importer.import(
                &state.db,
                state.clock.now(),
                &state.config.content,
                state.grading.slugs(),
            );
            if let Err(error) = import.await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the lessons could not be imported"
                );
            }
        }
    }))
}
