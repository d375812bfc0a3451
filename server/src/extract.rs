//! What handlers ask of a request. The framework's own extractors answer with plain text; these answer with our errors.

use app::text::Language;
use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection},
    http::{StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{error::Error, render::accepted_language, state::AppState};

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Json<T>, Error> {
        match axum::Json::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Json(value)),
            Err(rejection) => Err(match &rejection {
                JsonRejection::BytesRejection(_)
                    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE =>
                {
                    Error::Refused(StatusCode::PAYLOAD_TOO_LARGE, |text| text.too_large)
                }
                _ => Error::Refused(StatusCode::BAD_REQUEST, |text| text.malformed),
            }),
        }
    }
}

/// The fields of a form, in the order in which they were sent.
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The value of a field that must be there.
    ///
    /// # Errors
    /// The form lacks it.
    pub fn field(&self, name: &str) -> Result<&str, Error> {
        self.all(name)
            .next()
            .ok_or(Error::Refused(StatusCode::BAD_REQUEST, |text| {
                text.malformed
            }))
    }

    /// Every value of a field.
    pub fn all<'form>(&'form self, name: &str) -> impl Iterator<Item = &'form str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a field, read as a number or another type.
    ///
    /// # Errors
    /// The form lacks it, or it cannot be read.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        self.field(name)?
            .parse()
            .map_err(|_| Error::Refused(StatusCode::BAD_REQUEST, |text| text.malformed))
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Form, Error> {
        match axum::Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(axum::Form(fields)) => Ok(Form(fields)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Error::Refused(StatusCode::PAYLOAD_TOO_LARGE, |text| {
                    text.too_large
                }))
            }
            Err(_) => Err(Error::Refused(StatusCode::BAD_REQUEST, |text| {
                text.malformed
            })),
        }
    }
}

/// The parts of the path behind the language; what cannot be read is an address that nothing has.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Path<T>, Error> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(_) => Err(Error::NotFound),
        }
    }
}

/// A language as a part of a path.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(transparent)]
pub struct LanguageCode(pub Language);

/// The language in which a program's user wants to be answered: the API has none in its addresses.
pub struct Asked(pub Language);

impl FromRequestParts<AppState> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &AppState,
    ) -> Result<Asked, Self::Rejection> {
        Ok(Asked(accepted_language(
            parts.headers.get(header::ACCEPT_LANGUAGE),
        )))
    }
}
