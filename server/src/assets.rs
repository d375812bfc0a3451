//! The browser's files: names with a hash of their content, kept by browsers for a year, sent as they were compressed
//! when the bundle was made. Release builds have them inside; debug builds read `target/site`.

use std::collections::HashMap;

use app::{pages::Assets, text::Language};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;
use serde::Deserialize;

#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

const MANIFEST: &str = "manifest.json";

/// Which file has which name.
#[derive(Debug, Default, Deserialize)]
pub struct Bundle {
    files: HashMap<String, String>,
}

impl Bundle {
    /// Reads the names. Without a bundle pages are served plain; that is logged, since nobody wants it.
    pub fn load() -> Bundle {
        let manifest = Site::get(MANIFEST).map(|file| serde_json::from_slice(&file.data));
        match manifest {
            Some(Ok(bundle)) => bundle,
            Some(Err(error)) => {
                tracing::error!(%error, "the bundle's manifest cannot be read: run `cargo xtask bundle`");
                Bundle::default()
            }
            None => {
                tracing::error!(
                    "there is no browser bundle: run `cargo xtask bundle`; pages are plain until then"
                );
                Bundle::default()
            }
        }
    }

    /// The URLs that a page in `language` needs.
    pub fn assets(&self, language: Language) -> Assets {
        let url = |name: &str| {
            self.files
                .get(name)
                .map(|file| format!("/assets/{file}"))
                .unwrap_or_default()
        };
        let script = match language {
            Language::Bulgarian => "cyrillic",
            Language::English => "latin",
        };
        let font = url(&format!("fonts/serif-{script}.woff2"));
        Assets {
            style: url("style.css"),
            extra: url("extra.css"),
            live: url("live.js"),
            teach: url("teach.js"),
            boot: url("boot.js"),
            app: url("app.js"),
            wasm: url("app_bg.wasm"),
            editor: url("editor.js"),
            icon: url("favicon.svg"),
            fonts: Some(font)
                .filter(|font| !font.is_empty())
                .into_iter()
                .collect(),
        }
    }
}

/// The file `name` in the best encoding that the browser accepts; nothing when there is none.
pub fn serve(name: &str, request: &HeaderMap) -> Option<Response> {
    if name == MANIFEST {
        return None;
    }
    let accepted = request
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |encoding: &str| {
        accepted
            .split(',')
            .any(|part| part.split(';').next().unwrap_or_default().trim() == encoding)
    };
    let (file, encoding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(encoding))
        .find_map(|(encoding, ending)| {
            Some((Site::get(&format!("{name}{ending}"))?, Some(encoding)))
        })
        .or_else(|| Some((Site::get(name)?, None)))?;
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(name)),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some((headers, Body::from(file.data.into_owned())).into_response())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
