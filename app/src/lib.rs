//! The pages and islands of Latency Lab.
//!
//! 1. [`api`] is the wire: the types that islands and the server exchange.
//! 2. [`text`] holds what islands say, `pages::text` what pages say.
//! 3. `islands` are the parts that move. They exist on both sides: the server renders them, the browser wakes them.
//! 4. `pages` are whole documents, on the server only: data in, HTML out.

// A view is a type as deep as its markup, and Leptos wraps each level in futures.
#![recursion_limit = "256"]

pub mod api;
mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod scripts;
pub mod text;

/// What the browser calls once the wasm has loaded; the islands of the page are then woken one by one.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
