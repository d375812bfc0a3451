//! `/images/…`: the pictures of published lessons.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{error::Error, extract::Path, lessons::images, state::AppState};

/// A picture that somebody opens by itself must not run anything either: SVG can hold scripts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// One picture.
pub async fn image(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, Error> {
    let (media_type, bytes) = images::find(&state.db, &name)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(response(&media_type, bytes))
}

/// A picture with the headers that it needs.
pub fn response(media_type: &str, bytes: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    let media_type = HeaderValue::from_str(media_type).ok();
    headers.extend(media_type.map(|media_type| (header::CONTENT_TYPE, media_type)));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    (headers, bytes).into_response()
}
