//! Who may do what besides learning. Every page and every write that not everybody may reach asks here.

use axum::http::StatusCode;

use crate::{
    accounts::{self, Role},
    error::Error,
    learners::Visitor,
    state::AppState,
};

/// Whether whoever asks may write lessons: they have an account of an instructor, or this is an author's own machine
/// (`serve --author`), whose server listens to nobody else.
///
/// # Errors
/// The database failed.
pub async fn is_instructor(state: &AppState, visitor: &Visitor) -> Result<bool, Error> {
    if state.config.author {
        return Ok(true);
    }
    match accounts::require(state, visitor, Role::Instructor).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(..)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Refuses whoever may not write lessons.
///
/// # Errors
/// They may not, or the database failed.
pub async fn require_instructor(state: &AppState, visitor: &Visitor) -> Result<(), Error> {
    if is_instructor(state, visitor).await? {
        Ok(())
    } else {
        Err(Error::Refused(StatusCode::FORBIDDEN, |text| {
            text.instructors_only
        }))
    }
}
