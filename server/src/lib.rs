//! EVERYTHING with input, output, time or a learner.
//!
//! [`Server::start`] opens the database, imports the lessons, starts the worker and listens. `main` and the tests both
//! go through it; what differs is the configuration and the clock.

mod accounts;
mod assets;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
mod error;
mod extract;
pub mod figures;
mod grading;
mod learners;
mod lessons;
mod links;
mod listen;
pub mod mail;
pub mod reminders;
mod render;
mod retention;
mod roles;
mod router;
mod routes;
mod secrets;
mod state;
mod telemetry;
#[cfg(test)]
mod tests;
mod text;

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time};

use crate::{
    assets::Bundle, clock::Clock, config::Config, lessons::watch as lesson_watch, state::AppState,
};

/// How long requests may take to end once the server was told to stop.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(10);

/// A running server.
pub struct Server {
    address: SocketAddr,
    state: AppState,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    background: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    /// One sentence: the database, the content folder or the port cannot be used.
    pub async fn start(config: Config, clock: Clock) -> anyhow::Result<Server> {
        let listen = config.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("{listen} cannot be listened on: stop the program that has the port, or choose another with `--listen`")
        })?;
        let address = listener.local_addr()?;
        // Port 0 became a free one.
        let config = Config {
            listen: address,
            ..config
        };
        let state = AppState::open(config, clock, Bundle::load()).await?;
        let content = &state.config.content;
        // A file that is saved during the import is imported again.
        let watching = lesson_watch::start(state.clone())?;
        state
            .importer
            .import(&state.db, state.clock.now(), content, state.grading.slugs())
            .await
            .with_context(|| format!("the lessons in {} cannot be read", content.display()))?;

        let (stop, stopped) = watch::channel(false);
        let mut background = vec![
            watching,
            tokio::spawn(telemetry::keep_up()),
            retention::fitting::keep_up(state.clone()),
        ];
        background.extend(state.grading.start(&state, stopped.clone()));
        background.push(tokio::spawn(reminders::pass::keep_up(
            state.clone(),
            stopped.clone(),
        )));
        let service = router::router(state.clone());
        let serving = tokio::spawn(listen::serve(listener, service, stopped));
        Ok(Server {
            address,
            state,
            stop,
            serving,
            background,
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address under which learners reach it.
    pub fn public_url(&self) -> String {
        self.state.public_url()
    }

    /// Waits until every submission has its verdict: tests drain the queue instead of sleeping.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drain(&self) -> anyhow::Result<()> {
        Ok(self.state.grading.drain(&self.state.db).await?)
    }

    /// Makes a pass of reminders now: tests do not wait for the minute.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remind(&self) -> anyhow::Result<()> {
        let options = reminders::pass::Options {
            at: self.state.clock.now(),
            dry_run: false,
            everyone: true,
        };
        reminders::pass::make(&self.state, options, |_| {}).await
    }

    /// Lets requests end, then stops.
    ///
    /// # Errors
    /// Serving had failed before.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.state.grading.part_with_followers();
        self.state.importer.part_with_followers();
        let mut serving = self.serving;
        let served = time::timeout(SHUTDOWN_LIMIT, &mut serving).await;
        serving.abort();
        self.background.iter().for_each(JoinHandle::abort);
        if time::timeout(SHUTDOWN_LIMIT, self.state.db.close())
            .await
            .is_err()
        {
            // Nothing is lost: the write-ahead log is read at the next start.
            tracing::warn!("the database was still in use and was not closed");
        }
        match served {
            Ok(served) => served.context("serving failed"),
            Err(_) => {
                tracing::warn!("some requests had not ended and were cut off");
                Ok(())
            }
        }
    }
}
