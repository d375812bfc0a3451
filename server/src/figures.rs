//! The figures of retention that the README promises, on this machine: `cargo xtask bench` prints them through the example
//! `retention` of this crate.
//!
//! 1. [`database`] makes a large database.
//! 2. [`traffic`] reads due queues in it, and records reviews through the router, as clients do.
//! 3. [`prediction`] compares how well models predict a synthetic class, and times a fit.

mod database;
mod prediction;
mod traffic;

use std::{path::Path, time::Duration};

use crate::{
    assets::Bundle,
    clock::Clock,
    config::{Config, DataFolder},
    state::AppState,
};

/// How much to measure.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Learners, with a thousand items each.
    pub learners: u32,
    /// Reviews of each item.
    pub reviews_each: u32,
}

/// Prints the figures; the database is made in `folder`.
///
/// # Errors
/// The database failed.
pub async fn retention(folder: &Path, scale: Scale) -> anyhow::Result<()> {
    prediction::print();
    let file = folder.join("figures.db");
    let state = open(folder, &file).await?;
    database::fill(&state.db, &file, scale).await?;
    traffic::print(&state, scale).await?;
    state.db.close().await;
    Ok(())
}

async fn open(folder: &Path, file: &Path) -> anyhow::Result<AppState> {
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data: DataFolder {
            folder: folder.into(),
            database: file.into(),
        },
        content: folder.into(),
        exercises: folder.into(),
        toolchain: folder.into(),
        public_url: None,
        time_zone: "Europe/Sofia".to_owned(),
        mail: None,
        push_services: Vec::new(),
        author: false,
        worker: None,
    };
    AppState::open(config, Clock::System, Bundle::default()).await
}

/// The median, the 99th percentile and the longest.
fn summary(times: &mut [Duration]) -> String {
    times.sort();
    let at = |share: usize| {
        let time = times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        time.map_or(0.0, Duration::as_secs_f64) * 1e3
    };
    format!(
        "p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms, of {}",
        at(50),
        at(99),
        at(100),
        times.len()
    )
}
