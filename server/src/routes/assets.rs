//! `/assets/…`: the browser's files.

use axum::{http::HeaderMap, response::Response};

use crate::{assets, error::Error, extract::Path};

/// One file of the bundle.
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    assets::serve(&name, &headers).ok_or(Error::NotFound)
}
