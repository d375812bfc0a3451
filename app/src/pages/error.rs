//! Pages for what went wrong: what happened, and the way on.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

/// What went wrong.
#[derive(Clone, Debug)]
pub enum ErrorView {
    /// Nothing has this address.
    NotFound,
    /// The lesson exists in the other language only.
    OtherLanguageOnly,
    /// The request cannot be carried out; the sentence says what was expected and what to do.
    Refused {
        /// The sentence, in the language of the page.
        sentence: String,
    },
    /// A failure of ours.
    Internal {
        /// The request to name when asking for help.
        request_id: String,
    },
}

/// The page that answers instead of the one asked for.
pub fn render(shell: &Shell, view: ErrorView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let twin = format!("/{}{}", shell.language.other().code(), shell.path);
        let (title, content) = match view {
            ErrorView::NotFound => {
                (text.not_found, view! { <p class="lead">{text.not_found_lead}</p> }.into_any())
            }
            ErrorView::OtherLanguageOnly => (
                text.not_found,
                view! {
                    <p class="lead">{text.only_in_other_language}</p>
                    <p>
                        <a class="button primary" href=twin.clone()>{text.read_in_other_language}</a>
                    </p>
                }
                .into_any(),
            ),
            ErrorView::Refused { sentence } => {
                (text.not_understood, view! { <p class="lead">{sentence}</p> }.into_any())
            }
            ErrorView::Internal { request_id } => (
                text.internal,
                view! {
                    <p class="lead">{text.internal_lead}</p>
                    <p>{text.request_id} ": " <code>{request_id}</code></p>
                }
                .into_any(),
            ),
        };
        let mut frame = layout::Frame::new(shell, title);
        frame.twin = None;
        frame.islands = false;
        let home = format!("/{}/", shell.language.code());
        let body = view! {
            <div class="page error">
                <header class="page-header"><h1>{title}</h1></header>
                {content}
                <p><a href=home>{text.to_course}</a></p>
            </div>
        };
        layout::document(shell, frame, body)
    })
}
