//! What the server tells about itself.
//!
//! - Logs: structured lines on standard error. `LATENCY_LAB_LOG` chooses what (such as `debug` or `server=trace`),
//!   `LATENCY_LAB_LOG_FORMAT=json` how.
//! - Metrics: counters and histograms, read at `/metrics`.

use std::{io, sync::LazyLock, time::Duration};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::time;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging for the rest of the program's life.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("LATENCY_LAB_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let as_json = std::env::var("LATENCY_LAB_LOG_FORMAT").is_ok_and(|format| format == "json");
    let started = if as_json {
        registry
            .with(fmt::layer().json().with_writer(io::stderr))
            .try_init()
    } else {
        let ansi = io::IsTerminal::is_terminal(&io::stderr());
        registry
            .with(fmt::layer().with_ansi(ansi).with_writer(io::stderr))
            .try_init()
    };
    // Only a second start in one process fails, and the first one goes on.
    _ = started;
}

/// How often observations are folded into their histograms; until then each takes up memory.
const UPKEEP: Duration = Duration::from_secs(5);

/// Keeps the memory of the histograms bounded for as long as it runs, whether or not anybody reads `/metrics`.
pub async fn keep_up() {
    loop {
        time::sleep(UPKEEP).await;
        metrics().run_upkeep();
    }
}

/// What the counters and histograms say, for `/metrics`. There is one recorder in a process, so that servers which share
/// one, as tests do, share its numbers too.
pub fn metrics() -> &'static PrometheusHandle {
    static METRICS: LazyLock<PrometheusHandle> = LazyLock::new(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // Only a second recorder fails, and this is the only place that makes one.
        _ = metrics::set_global_recorder(recorder);
        handle
    });
    &METRICS
}
