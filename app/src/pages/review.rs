//! The review: what is due, one question at a time.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};
use crate::{api::ReviewQueue, islands::review::ReviewDesk};

/// The review as one learner sees it.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// What is due now.
    pub queue: ReviewQueue,
    /// A fresh UUID for the answer that the learner may give now.
    pub answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub review_id: String,
}

/// The page `/bg/review`. Its forms post to `…/answers` and `…/reviews` below it.
pub fn render(shell: &Shell, view: ReviewView) -> String {
    to_document(|| {
        let text = Text::of(shell.language);
        let ReviewView {
            queue,
            answer_id,
            review_id,
        } = view;
        let body = view! {
            <div class="page review">
                <header class="page-header">
                    <h1>{text.review}</h1>
                    <p class="lead">{text.review_lead}</p>
                </header>
                <ReviewDesk language=shell.language queue answer_id review_id/>
            </div>
        };
        layout::document(shell, layout::Frame::new(shell, text.review), body)
    })
}
