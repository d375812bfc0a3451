//! The parts of a question card that do not move, as HTML.
//!
//! What comes from the author is sanitised HTML already; what comes from the learner is escaped here.

use crate::{
    api::{ItemId, Revealed},
    islands::browser::escaped,
    text::IslandText,
};

/// The id of the field of the answer, and the key under which the browser keeps what is being typed into it.
pub(crate) fn field_id(item: ItemId) -> String {
    format!("answer-{}", item.0)
}

/// The id of the words over the answer that was given.
pub(super) fn given_id(item: ItemId) -> String {
    format!("given-{}", item.0)
}

/// The learner's answer beside the author's.
pub(super) fn comparison(
    item: ItemId,
    choices: &[String],
    revealed: &Revealed,
    text: &IslandText,
) -> String {
    let mark = match revealed.right {
        Some(true) => format!(r#"<p class="mark right">{}</p>"#, text.right),
        Some(false) => format!(r#"<p class="mark wrong">{}</p>"#, text.wrong),
        None => String::new(),
    };
    format!(
        r#"<p class="label" id="{id}" tabindex="-1">{you}</p><div class="given">{given}</div>{mark}<p class="label">{good}</p><div class="model prose">{model}</div>{earlier}"#,
        id = given_id(item),
        you = text.you_answered,
        given = given(choices, &revealed.text),
        good = text.good_answer,
        model = revealed.model_html,
        earlier = revealed.earlier_html,
    )
}

/// The learner's answer: escaped words, or the choices' own sanitised HTML.
pub(crate) fn given(choices: &[String], text: &str) -> String {
    if choices.is_empty() {
        return escaped(text);
    }
    let chosen = text
        .split_whitespace()
        .filter_map(|index| index.parse::<usize>().ok());
    let mut html = String::new();
    for choice in chosen.filter_map(|index| choices.get(index)) {
        html += &format!("<div>{choice}</div>");
    }
    html
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
pub(crate) fn tick_boxes(kind: &str, name: &str, labels: &[String]) -> String {
    let mut html = String::new();
    for (index, label) in labels.iter().enumerate() {
        html += &format!(
            r#"<label class="choice"><input type="{kind}" name="{name}" value="{index}"><span>{label}</span></label>"#
        );
    }
    html
}
