//! What every request can reach.

use std::sync::Arc;

use anyhow::Context;
use axum_extra::extract::cookie::Key;

use crate::{
    assets::Bundle,
    clock::Clock,
    config::Config,
    db::Db,
    grading::Grading,
    learners,
    lessons::{desk::Presence, import::Importer, library::Library},
    mail::MailServer,
    reminders::push::Pusher,
    secrets::Signer,
};

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Where things are.
    pub config: Arc<Config>,
    /// What time it is.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The published lessons, rendered.
    pub library: Library,
    /// Reads the author's files.
    pub importer: Arc<Importer>,
    /// Who has which lesson in an editor.
    pub presence: Arc<Presence>,
    /// The exercises and the way to their grader.
    pub grading: Grading,
    /// The browser's files.
    pub bundle: Arc<Bundle>,
    /// Signs cookies.
    pub cookie_key: Key,
    /// Signs addresses that stay valid.
    pub signer: Signer,
    /// The mail server, where one is configured.
    pub mail: Option<MailServer>,
    /// Sends messages to browsers.
    pub pusher: Pusher,
}

impl AppState {
    /// Opens everything that the configuration names.
    ///
    /// # Errors
    /// One sentence: the database cannot be used, or the mail server's settings are wrong.
    pub async fn open(config: Config, clock: Clock, bundle: Bundle) -> anyhow::Result<AppState> {
        let db = Db::open(&config.data.database).await?;
        let unwritable = || {
            format!(
                "the database {} cannot be written: check its folder and the space in it",
                config.data.database.display()
            )
        };
        let cookie_key = learners::cookie_key(&db).await.with_context(unwritable)?;
        let signer = Signer::open(&db).await.with_context(unwritable)?;
        let pusher = Pusher::open(&db, config.contact(), &config.push_services)
            .await
            .with_context(unwritable)?;
        Ok(AppState {
            clock,
            library: Library::new(db.clone()),
            importer: Arc::default(),
            presence: Arc::default(),
            grading: Grading::open(&config),
            mail: config.mail.clone().map(MailServer::new).transpose()?,
            pusher,
            signer,
            bundle: Arc::new(bundle),
            cookie_key,
            db,
            config: Arc::new(config),
        })
    }

    /// The address under which learners reach the server, without a slash at its end.
    pub fn public_url(&self) -> String {
        self.config.public_url()
    }
}
