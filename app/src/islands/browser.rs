//! The few things that islands ask of the browser: requests, storage, identifiers, the learner's focus.

use std::fmt::Write;

use leptos::prelude::{document, request_animation_frame, window};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomParser, Headers, HtmlElement, HtmlFormElement, RequestInit, Response, Storage, SupportedType,
};

use crate::{api::Problem, text::IslandText};

/// Why a request brought no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// The server could not be reached, or answered with something that is not ours.
    Unreachable,
    /// The server refused, with a sentence for the learner.
    Refused(Problem),
}

impl Failure {
    /// What to tell the learner.
    pub(crate) fn sentence(self, text: &IslandText) -> String {
        match self {
            Failure::Unreachable => text.unreachable.to_owned(),
            Failure::Refused(problem) => problem.message,
        }
    }
}

/// Sends `body` as JSON to `url` and reads the JSON of the answer.
pub(crate) async fn send<Answer: DeserializeOwned>(
    method: &str,
    url: &str,
    body: &impl Serialize,
) -> Result<Answer, Failure> {
    let json = serde_json::to_string(body).map_err(|_| Failure::Unreachable)?;
    let (ok, text) = exchange(method, url, Some(json))
        .await
        .map_err(|_| Failure::Unreachable)?;
    if ok {
        serde_json::from_str(&text).map_err(|_| Failure::Unreachable)
    } else {
        Err(serde_json::from_str(&text).map_or(Failure::Unreachable, Failure::Refused))
    }
}

/// The first element that `selector` finds in the page at `url`, as HTML.
pub(crate) async fn part_of_page(url: &str, selector: &str) -> Option<String> {
    let (ok, text) = exchange("GET", url, None).await.ok()?;
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(&text, SupportedType::TextHtml)
        .ok()?;
    let part = page.query_selector(selector).ok()??;
    ok.then(|| part.outer_html())
}

/// One HTTP exchange: whether the status was a success, and the body. Kept apart from the types so that the wasm holds
/// it once.
async fn exchange(
    method: &str,
    url: &str,
    json: Option<String>,
) -> Result<(bool, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    // Refusals come as sentences; they should be in the language of the page, not of the browser.
    let page = document().document_element();
    if let Some(language) = page.and_then(|page| page.get_attribute("lang")) {
        headers.set("accept-language", &language)?;
    }
    let options = RequestInit::new();
    options.set_method(method);
    if let Some(json) = json {
        headers.set("content-type", "application/json")?;
        options.set_body(&JsValue::from_str(&json));
    }
    options.set_headers(&headers);
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(url, &options))
        .await?
        .dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    // An empty body (204) stands for JSON's null, which `()` reads.
    let text = text
        .as_string()
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| "null".to_owned());
    Ok((response.ok(), text))
}

/// Puts HTML in the place of the first element that `selector` finds.
pub(crate) fn replace(selector: &str, html: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        element.set_outer_html(html);
    }
}

/// Does something once the island is awake; on the server, which only renders it, never.
///
/// An `Effect` would do the same, and cost the wasm a kilobyte for each.
pub(crate) fn on_wake(task: impl FnOnce() + 'static) {
    if cfg!(target_family = "wasm") {
        request_animation_frame(task);
    }
}

/// The browser's storage, where it is allowed.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Keeps `value` under `key` across visits. A full or forbidden storage only means that nothing is kept.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(key, value);
    }
}

/// What was kept under `key`.
pub(crate) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Drops what was kept under `key`.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(key);
    }
}

/// A random UUID (version 4). `crypto.randomUUID` would need a secure context, which a server on a local network is not.
pub(crate) fn random_uuid() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// The values that a form would send under `name`.
pub(crate) fn form_values(form: &HtmlFormElement, name: &str) -> Vec<String> {
    web_sys::FormData::new_with_form(form)
        .map(|data| {
            data.get_all(name)
                .iter()
                .filter_map(|value| value.as_string())
                .collect()
        })
        .unwrap_or_default()
}

/// Moves the focus to the element with this id, once what was just changed is on the page.
pub(crate) fn focus_soon(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            _ = element.focus();
        }
    });
}

/// Words as HTML that shows them and nothing else.
pub(crate) fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
