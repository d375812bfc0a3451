//! The parts of a question card that do not move, as HTML.
//!
//! What comes from the author is sanitised HTML already; what comes from the learner is escaped here.

use super::QuestionState;
use crate::{
    api::{AnswerForm, ItemId, Question, Revealed},
    islands::browser::escaped,
    text::IslandText,
};

/// The id of the field of the answer, and the key under which the browser keeps what is being typed into it.
pub(super) fn field_id(item: ItemId) -> String {
    format!("answer-{}", item.0)
}

/// The id of the heading over the answer that was given.
pub(super) fn given_id(item: ItemId) -> String {
    format!("given-{}", item.0)
}

/// The field, or the choices, of a form that sends `text`.
pub(super) fn answer_field(question: &Question, text: &IslandText) -> String {
    let id = field_id(question.item);
    let label = text.your_answer;
    match &question.form {
        AnswerForm::Open => format!(
            r#"<label for="{id}">{label}</label><textarea id="{id}" name="text" rows="4" maxlength="8000" required aria-keyshortcuts="Control+Enter"></textarea>"#
        ),
        AnswerForm::Short => format!(
            r#"<label for="{id}">{label}</label><input id="{id}" type="text" name="text" maxlength="200" required autocomplete="off">"#
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

/// The learner's answer beside the author's.
pub(super) fn comparison(state: &QuestionState, text: &IslandText) -> String {
    let Some(revealed) = &state.revealed else {
        return String::new();
    };
    let mark = match revealed.right {
        Some(true) => format!(r#"<p class="mark right">{}</p>"#, text.right),
        Some(false) => format!(r#"<p class="mark wrong">{}</p>"#, text.wrong),
        None => String::new(),
    };
    format!(
        r#"<h4 id="{id}" tabindex="-1">{you}</h4><div class="given">{given}</div>{mark}<h4>{good}</h4><div class="model prose">{model}</div>"#,
        id = given_id(state.question.item),
        you = text.you_answered,
        given = given(&state.question.form, &revealed.text),
        good = text.good_answer,
        model = revealed.model_html,
    )
}

/// The learner's answer: escaped words, or the choices' own sanitised HTML.
pub(super) fn given(form: &AnswerForm, text: &str) -> String {
    match form {
        AnswerForm::Choice { choices, .. } => text
            .split_whitespace()
            .filter_map(|index| choices.get(index.parse::<usize>().ok()?))
            .fold(String::new(), |html, choice| {
                html + "<div>" + choice + "</div>"
            }),
        AnswerForm::Open | AnswerForm::Short => escaped(text),
    }
}

/// The points of the rubric, to tick; nothing for a question without one.
pub(super) fn rubric(revealed: &Revealed, text: &IslandText) -> String {
    if revealed.rubric.is_empty() {
        return String::new();
    }
    let boxes = tick_boxes("checkbox", "tick", &revealed.rubric);
    format!("<legend>{}</legend>{boxes}", text.rubric)
}

/// Boxes to tick whose values are the positions of their labels.
fn tick_boxes(kind: &str, name: &str, labels: &[String]) -> String {
    let mut html = String::new();
    for (index, label) in labels.iter().enumerate() {
        html += &format!(
            r#"<label class="choice"><input type="{kind}" name="{name}" value="{index}"><span>{label}</span></label>"#
        );
    }
    html
}
