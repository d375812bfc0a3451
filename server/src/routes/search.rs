//! `/bg/search?q=`: the search over the lessons.

use app::pages::search::{self, SearchView};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    lessons,
    render::{self, Place},
    state::AppState,
};

/// The longest query that is looked at, in characters.
const MOST_CHARACTERS: usize = 200;

/// What somebody looks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// The form, and what was found.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let query: String = asked.q.chars().take(MOST_CHARACTERS).collect();
    let hits = lessons::search::find(&state.db, &query, language).await?;
    let place = Place::page(language, "/search");
    Ok(render::page(&state, &place, None, |shell| {
        search::render(shell, SearchView { query, hits })
    }))
}
