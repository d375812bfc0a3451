//! From a view to a response: where the page is, the frame's data, and the headers that protect it.

use app::{pages::Shell, text::Language};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use uuid::Uuid;

use crate::state::AppState;

/// Where a request points: what is needed to answer it in the right language and form.
#[derive(Clone, Debug)]
pub struct Place {
    /// The language of the address, else of the browser, else Bulgarian.
    pub language: Language,
    /// The path behind the language.
    pub path: String,
    /// Whether a program asks, not a person's browser for a page.
    pub api: bool,
}

impl Place {
    /// The place that `request` points to.
    pub fn of(request: &Request) -> Place {
        let path = request.uri().path();
        let first = path.split('/').nth(1).unwrap_or_default();
        match Language::from_code(first) {
            Some(language) => Place {
                language,
                path: path[1 + first.len()..].to_owned(),
                api: false,
            },
            None => {
                let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
                Place {
                    language: accepted_language(accepted),
                    path: "/".to_owned(),
                    api: path.starts_with("/api/"),
                }
            }
        }
    }

    /// The page `path` in `language`.
    pub fn page(language: Language, path: impl Into<String>) -> Place {
        Place {
            language,
            path: path.into(),
            api: false,
        }
    }
}

/// The language of the course that an `Accept-Language` header prefers; Bulgarian where it names neither.
pub fn accepted_language(header: Option<&HeaderValue>) -> Language {
    let header = header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best = (0.0, Language::Bulgarian);
    for range in header.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = Language::from_code(tag.split('-').next().unwrap_or_default());
        if let Some(language) = language
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

/// A page's frame, and the headers that belong to the nonce in it.
pub struct Framed {
    /// What the page needs.
    pub shell: Shell,
    /// Its headers.
    pub headers: HeaderMap,
}

/// The frame of a page at `place`, with a nonce of its own.
pub fn shell(state: &AppState, place: &Place, due_count: Option<u32>) -> Framed {
    let nonce = Uuid::new_v4().simple().to_string();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let mut headers = HeaderMap::new();
    let policy = HeaderValue::from_str(&policy).expect("a policy is ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    // A page shows what one learner did: only that learner's browser may keep it, and it asks again each time.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(place.language.code()),
    );
    let shell = Shell {
        language: place.language,
        path: place.path.clone(),
        nonce,
        assets: state.bundle.assets(place.language),
        due_count,
    };
    Framed { shell, headers }
}

/// The page that `render` makes inside the frame.
pub fn page(
    state: &AppState,
    place: &Place,
    due_count: Option<u32>,
    render: impl FnOnce(&Shell) -> String,
) -> Response {
    let framed = shell(state, place, due_count);
    let html = render(&framed.shell);
    (framed.headers, Html(html)).into_response()
}
