//! The accept loop.
//!
//! `axum::serve` lets a client take for ever over the head of its request; a few hundred of such clients would hold every
//! connection of a small machine, and none of them would let the server stop.

use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::watch, time};
use tower::Layer;

use crate::learners::Peer;

/// How long a client may take over the head of a request, an idle kept-alive connection included.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// After a failure to accept, such as too many open files, it is tried again this much later.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stopped` says so, then lets the requests that are under way end.
pub async fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // An error means that the server is gone, which is a word to stop too.
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::error!(%error, "a connection could not be accepted");
                time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(Extension(Peer(peer.ip())).layer(router.clone()));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that hangs up in the middle is no news.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    graceful.shutdown().await;
}
