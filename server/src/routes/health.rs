//! `/healthz` and `/metrics`: for machines that watch this one.

use axum::extract::State;

use crate::{error::Error, state::AppState, telemetry};

/// Whether requests can be answered: the database reads.
pub async fn healthz(State(state): State<AppState>) -> Result<&'static str, Error> {
    state.db.answers().await?;
    Ok("ok\n")
}

/// The counters and histograms in the text format of Prometheus.
pub async fn metrics() -> String {
    telemetry::metrics().render()
}
