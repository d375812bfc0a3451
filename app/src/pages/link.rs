//! Where the links in letters lead: a page that says what will happen, and a button that makes it happen. Programs that
//! look through mail follow links, but press no buttons.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkView {
    /// Confirms an address.
    Confirm,
    /// Signs in and opens the review.
    Enter,
    /// Ends letters.
    Unsubscribe,
    /// Letters have ended.
    Unsubscribed,
}

/// The page. Its button posts to the page's own address.
pub fn render(shell: &Shell, view: LinkView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).reminders;
        let words = match view {
            LinkView::Confirm => &text.confirm_page,
            LinkView::Enter => &text.enter_page,
            LinkView::Unsubscribe => &text.unsubscribe_page,
            LinkView::Unsubscribed => &text.unsubscribed_page,
        };
        let mut frame = layout::Frame::new(shell, words.title);
        frame.islands = false;
        let settings = format!("/{}/account/reminders", shell.language.code());
        let next = if view == LinkView::Unsubscribed {
            view! { <p><a href=settings>{words.button}</a></p> }.into_any()
        } else {
            view! {
                <form method="post">
                    <button class="button primary">{words.button}</button>
                </form>
            }
            .into_any()
        };
        let body = view! {
            <div class="page link">
                <header class="page-header">
                    <h1>{words.title}</h1>
                    <p class="lead">{words.lead}</p>
                </header>
                {next}
            </div>
        };
        layout::document(shell, frame, body)
    })
}
