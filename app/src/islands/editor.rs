//! The code editor, loaded only where there is code to edit.
//!
//! `editor.js` is built from `app/editor/editor.js`. This module expects of it:
//!
//! - as a module script it sets `globalThis.latencyLabEditor = { mount }`;
//! - `mount(parent, source, options)` puts an editor into the element `parent` and returns a handle with `get()`, the
//!   text, and `set(text)`, which replaces the text as one step that the editor can undo;
//! - `options` is `{ language, nonce, label, onChange }`: the language of the source (`rust`, `c`, …), the nonce for the
//!   style elements that CodeMirror makes, the accessible name of the text, and a function called with the text
//!   after each change;
//! - what the `.results` of the same `.workbench` complain about is marked in the text (`app/editor/marks.js`);
//! - Tab moves the focus on, so that the keyboard is never caught.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// A mounted editor.
    pub(crate) type Editor;

    #[wasm_bindgen(js_namespace = latencyLabEditor, catch)]
    fn mount(parent: &Element, source: &str, options: &JsValue) -> Result<Editor, JsValue>;

    /// Replaces the text.
    #[wasm_bindgen(method)]
    pub(crate) fn set(this: &Editor, source: &str);
}

/// What an editor is mounted with.
pub(crate) struct Mounting {
    /// The URL of `editor.js`.
    pub(crate) url: String,
    /// The element that will hold the editor.
    pub(crate) parent: Element,
    /// The text to begin with.
    pub(crate) source: String,
    /// The language of the source.
    pub(crate) language: String,
    /// The accessible name of the text.
    pub(crate) label: &'static str,
}

/// Loads the editor and mounts it. Where that fails nothing happens, and the text field stays.
pub(crate) fn load(
    mounting: Mounting,
    on_change: impl Fn(String) + 'static,
    on_mount: impl Fn(Editor) + 'static,
) {
    let Ok(script) = document().create_element("script") else {
        return;
    };
    _ = script.set_attribute("type", "module");
    _ = script.set_attribute("src", &mounting.url);
    let mut on_change = Some(on_change);
    let on_load = Closure::<dyn FnMut()>::new(move || {
        // A script loads once.
        let Some(on_change) = on_change.take() else {
            return;
        };
        let on_change = Closure::<dyn FnMut(String)>::new(on_change);
        let options = js_sys::Object::new();
        for (name, value) in [
            ("language", JsValue::from_str(&mounting.language)),
            ("nonce", JsValue::from_str(&page_nonce())),
            ("label", JsValue::from_str(mounting.label)),
            ("onChange", on_change.as_ref().clone()),
        ] {
            _ = js_sys::Reflect::set(&options, &JsValue::from_str(name), &value);
        }
        if let Ok(editor) = mount(&mounting.parent, &mounting.source, &options) {
            on_mount(editor);
        }
        // The editor keeps calling it until the page goes.
        on_change.forget();
    });
    _ = script.add_event_listener_with_callback("load", on_load.as_ref().unchecked_ref());
    on_load.forget();
    if let Some(head) = document().head() {
        _ = head.append_child(&script);
    }
}

/// The page's nonce, which scripts may read and the page's source does not repeat.
fn page_nonce() -> String {
    let script = document().query_selector("script[nonce]").ok().flatten();
    script
        .and_then(|script| script.dyn_into::<HtmlElement>().ok())
        .map_or(String::new(), |script| script.nonce())
}
