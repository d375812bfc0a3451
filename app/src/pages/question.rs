//! A question on a page: what the server knows of it becomes the props of its card.

use leptos::prelude::*;

use crate::{
    api::{AnswerForm, Question, Revealed, Scheduled},
    islands::question::{
        CardState, QuestionCard,
        markup::{field_id, tick_boxes},
    },
    pages::text::Text,
    text::Language,
};

/// A question and how far the learner has come with it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionState {
    /// The question.
    pub question: Question,
    /// A fresh UUID for the answer that the learner may give now.
    pub answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub review_id: String,
    /// What the learner sees because the question was answered.
    pub revealed: Option<Revealed>,
    /// What the learner's rating led to.
    pub scheduled: Option<Scheduled>,
}

/// Where a question stands.
pub(super) enum Place {
    /// In the lesson at this path.
    Lesson(String),
    /// In the review at this path, which shows the next question when it is loaded again.
    Review(String),
}

/// The card of a question.
pub(super) fn card(state: QuestionState, place: Place, language: Language) -> impl IntoView {
    let (base, next) = match place {
        Place::Lesson(path) => (path, None),
        Place::Review(path) => (path.clone(), Some(path)),
    };
    let field_html = answer_field(&state.question, next.is_some(), Text::of(language));
    let choices = match state.question.form {
        AnswerForm::Choice { choices, .. } => choices,
        AnswerForm::Open | AnswerForm::Short => Vec::new(),
    };
    let state = CardState {
        item: state.question.item,
        prompt_html: state.question.prompt_html,
        field_html,
        choices,
        answer_id: state.answer_id,
        review_id: state.review_id,
        revealed: state.revealed,
        scheduled: state.scheduled,
    };
    view! { <QuestionCard language state base next/> }
}

/// The field, or the choices, of a form that sends `text`. With `focused` the learner can type at once.
fn answer_field(question: &Question, focused: bool, text: &Text) -> String {
    let focus = if focused { " autofocus" } else { "" };
    let id = field_id(question.item);
    let label = text.your_answer;
    match &question.form {
        AnswerForm::Open => format!(
            r#"<label for="{id}">{label}</label><textarea id="{id}" name="text" rows="4" maxlength="8000" required{focus} aria-keyshortcuts="Control+Enter"></textarea>"#
        ),
        AnswerForm::Short => format!(
            r#"<label for="{id}">{label}</label><input id="{id}" type="text" name="text" maxlength="200" required{focus} autocomplete="off">"#
        ),
        AnswerForm::Choice { several, choices } => {
            let (kind, legend) = if *several {
                ("checkbox", text.choose_several)
            } else {
                ("radio", text.choose_one)
            };
            let boxes = tick_boxes(kind, "text", choices);
            format!(
                r#"<fieldset class="choices" id="{id}" tabindex="-1"><legend>{legend}</legend>{boxes}</fieldset>"#
            )
        }
    }
}
