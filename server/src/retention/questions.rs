//! From items to what a page may show: the question before the answer, the answer after it.

use app::{
    api::{AnswerForm, ItemId, ItemKind, Question, Revealed},
    text::Language,
};
use content::lesson::{Answer, Html};

use super::{
    answers,
    reviews::{self, Remembered},
};
use crate::{
    error::Error, learners::Learner, lessons::library::Published, state::AppState, text::Text,
};

/// The question that `item` asks; nothing when the version has no such item.
pub fn question(published: &Published, item: ItemId) -> Option<Question> {
    let (kind, position) = published.place(item)?;
    let lesson = &published.lesson;
    let text = Text::of(published.language());
    let (key, prompt_html) = match kind {
        ItemKind::Quiz => {
            let prompt = &lesson.quiz.get(position)?.prompt;
            (&prompt.key, prompt.html.0.clone())
        }
        ItemKind::Concept => {
            let concept = lesson.concepts.get(position)?;
            (&concept.key, (text.concept_prompt)(&escaped(&concept.term)))
        }
        ItemKind::Pitfall => {
            let pitfall = lesson.pitfalls.get(position)?;
            (&pitfall.key, (text.pitfall_prompt)(&escaped(&pitfall.name)))
        }
        ItemKind::Plan => {
            let prompt = &lesson.plan.get(position)?.prompt;
            (&prompt.key, prompt.html.0.clone())
        }
    };
    let fragment = if kind == ItemKind::Quiz {
        format!("q-{}", item.0)
    } else {
        key.0.clone()
    };
    Some(Question {
        item,
        kind,
        prompt_html,
        lesson_url: format!(
            "/{}/lessons/{}#{fragment}",
            lesson.language.code(),
            lesson.number
        ),
        lesson_title: format!("{} · {}", lesson.number, lesson.title),
        form: form(published, kind, position),
    })
}

fn form(published: &Published, kind: ItemKind, position: usize) -> AnswerForm {
    let answer = published
        .lesson
        .quiz
        .get(position)
        .filter(|_| kind == ItemKind::Quiz)
        .map(|question| &question.answer);
    match answer {
        Some(Answer::Choice { choices }) => AnswerForm::Choice {
            several: choices.iter().filter(|choice| choice.right).count() > 1,
            choices: choices.iter().map(|choice| choice.html.0.clone()).collect(),
        },
        Some(Answer::Short { .. }) => AnswerForm::Short,
        Some(Answer::Open { .. }) | None => AnswerForm::Open,
    }
}

/// Whether an automatically checked item is answered right; nothing for an item that the learner rates freely.
pub fn mark(published: &Published, item: ItemId, answer: &str) -> Option<bool> {
    match published.place(item)? {
        (ItemKind::Quiz, position) => published.lesson.quiz.get(position)?.mark(answer),
        _ => None,
    }
}

/// What the learner sees once `answer` is kept.
pub fn revealed(
    published: &Published,
    learner: &Learner,
    remembered: Option<&Remembered>,
    answer: &answers::Answer,
    now: jiff::Timestamp,
) -> Option<Revealed> {
    let (kind, position) = published.place(answer.item)?;
    let (model_html, rubric) = model(published, kind, position)?;
    Some(Revealed {
        answer: answer.id.clone(),
        text: answer.text.clone(),
        model_html,
        rubric,
        right: answer.right,
        choices: reviews::choices(learner, remembered, answer.right, learner.today(now)),
    })
}

/// The same with the memory read from the database.
///
/// # Errors
/// The database failed, or the item is no longer part of its lesson.
pub async fn reveal(
    state: &AppState,
    published: &Published,
    learner: &Learner,
    answer: &answers::Answer,
) -> Result<Revealed, Error> {
    let remembered = reviews::of_item(state, learner.id, answer.item).await?;
    revealed(
        published,
        learner,
        remembered.as_ref(),
        answer,
        state.clock.now(),
    )
    .ok_or(Error::unprocessable(|text| text.item_unknown))
}

/// What a good answer says, and the points that it makes.
fn model(published: &Published, kind: ItemKind, position: usize) -> Option<(String, Vec<String>)> {
    let lesson = &published.lesson;
    let rendered = |parts: &[Html]| parts.iter().map(|part| part.0.as_str()).collect::<String>();
    Some(match kind {
        ItemKind::Quiz => {
            let question = lesson.quiz.get(position)?;
            match &question.answer {
                Answer::Open { model: Some(model) } => (
                    model.html.0.clone(),
                    model.rubric.iter().map(|point| point.0.clone()).collect(),
                ),
                Answer::Open { model: None } => {
                    (rendered(&content::passages(lesson, question)), Vec::new())
                }
                Answer::Choice { choices } => (key(published.language(), choices), Vec::new()),
                Answer::Short { accepted } => (
                    format!("<p>{}</p>", escaped(&accepted.join(" · "))),
                    Vec::new(),
                ),
            }
        }
        ItemKind::Concept => {
            let concept = lesson.concepts.get(position)?;
            let analogy = concept
                .analogy
                .as_ref()
                .map(|analogy| analogy.0.as_str())
                .unwrap_or_default();
            (format!("{}{analogy}", concept.definition.0), Vec::new())
        }
        ItemKind::Pitfall => (lesson.pitfalls.get(position)?.text.0.clone(), Vec::new()),
        // A plan row asks for the lesson as a whole; its recap is the author's own short form of that.
        ItemKind::Plan => {
            let points = lesson
                .recap
                .iter()
                .map(|point| format!("<li>{}</li>", point.0))
                .collect::<String>();
            (format!("<ul>{points}</ul>"), Vec::new())
        }
    })
}

fn key(language: Language, choices: &[content::lesson::Choice]) -> String {
    let text = Text::of(language);
    choices
        .iter()
        .map(|choice| {
            let mark = if choice.right {
                text.choice_right
            } else {
                text.choice_wrong
            };
            let reason = choice
                .reason
                .as_ref()
                .map(|reason| reason.0.as_str())
                .unwrap_or_default();
            format!("<p><strong>{mark}</strong> {}</p>{reason}", choice.html.0)
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
