//! The search over the lessons.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

/// What somebody looked for, and what was found.
#[derive(Clone, Debug)]
pub struct SearchView {
    /// What they typed.
    pub query: String,
    /// The lessons, the best first.
    pub hits: Vec<Hit>,
}

/// A lesson that has what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: Vec<Piece>,
    /// Its best passages.
    pub passages: Vec<Passage>,
}

/// A passage of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The fragment that links to it.
    pub anchor: String,
    /// Its name, if it has one.
    pub title: Vec<Piece>,
    /// What it says, or the part of it that matters.
    pub text: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub is_marked: bool,
}

/// The page `/bg/search?q=`.
pub fn render(shell: &Shell, view: SearchView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).authoring;
        let mut frame = layout::Frame::new(shell, text.search);
        frame.islands = false;
        frame.extra = true;
        let action = format!("/{}/search", shell.language.code());
        let results = if view.query.trim().is_empty() {
            None
        } else if view.hits.is_empty() {
            Some(view! { <p class="notice">{text.search_nothing}</p> }.into_any())
        } else {
            let code = shell.language.code();
            let hits = view.hits.iter().map(|hit| self::hit(hit, code));
            Some(view! { <ol class="hits">{hits.collect_view()}</ol> }.into_any())
        };
        let body = view! {
            <div class="page search">
                <header class="page-header">
                    <h1>{text.search}</h1>
                </header>
                <form class="search-form" action=action role="search">
                    <label for="q">{text.search_label}</label>
                    <input id="q" name="q" type="search" value=view.query.clone() maxlength="200"/>
                    <button class="button primary" type="submit">{text.search_button}</button>
                </form>
                {results}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn hit(hit: &Hit, code: &'static str) -> impl IntoView + use<> {
    let url = format!("/{code}/lessons/{}", hit.number);
    let passages = hit.passages.iter().map(|passage| {
        let url = format!("{url}#{}", passage.anchor);
        let title = (!passage.title.is_empty())
            .then(|| view! { <strong>{pieces(&passage.title)}</strong> " " });
        view! { <li><a href=url>{title} {pieces(&passage.text)}</a></li> }
    });
    let passages = passages.collect_view();
    view! {
        <li>
            <h2><a href=url.clone()>{format!("{} · ", hit.number)} {pieces(&hit.title)}</a></h2>
            <ul>{passages}</ul>
        </li>
    }
}

fn pieces(pieces: &[Piece]) -> impl IntoView + use<> {
    let shown = pieces.iter().map(|piece| {
        let text = piece.text.clone();
        if piece.is_marked {
            view! { <mark>{text}</mark> }.into_any()
        } else {
            text.into_any()
        }
    });
    shown.collect_view()
}
