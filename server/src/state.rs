//! What every request can reach.

use std::sync::Arc;

use axum_extra::extract::cookie::Key;

use crate::{
    assets::Bundle, clock::Clock, config::Config, db::Db, grading::Grading,
    lessons::library::Library,
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
    /// The exercises and the way to their grader.
    pub grading: Grading,
    /// The browser's files.
    pub bundle: Arc<Bundle>,
    /// Signs cookies.
    pub cookie_key: Key,
}
