//! From items to what a page may show: the question before the answer, the answer after it.

use app::{
    api::{AnswerForm, ItemId, ItemKind, Question, Revealed},
    text::{Language, format},
};
use content::lesson::{Answer, Html, Lesson, SectionKind};
use jiff::Timestamp;

use super::{
    answers, day,
    memories::{self, Asked},
    notes::{self, NoteKind, Notes},
    schedule::History,
};
use crate::{
    error::Error, learners::Learner, lessons::library::Published, state::AppState, text::Text,
};

/// From this interval on, a row of the plan shows what the learner wrote down in the lesson.
const A_MONTH_DAYS: u32 = 28;

/// How many answers of earlier days are shown beside today's.
const EARLIER_ANSWERS: u32 = 3;

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
    let fragment = match kind {
        ItemKind::Quiz => format!("q-{}", item.0),
        ItemKind::Concept | ItemKind::Pitfall => key.0.clone(),
        ItemKind::Plan => anchor(lesson, SectionKind::Recap),
    };
    let explanation = match kind {
        ItemKind::Quiz => lesson
            .quiz
            .get(position)
            .and_then(|question| content::explanation(lesson, question))
            .unwrap_or_else(|| anchor(lesson, SectionKind::Overview)),
        ItemKind::Concept | ItemKind::Pitfall | ItemKind::Plan => fragment.clone(),
    };
    let url = |fragment: &str| {
        format!(
            "/{}/lessons/{}#{fragment}",
            lesson.language.code(),
            lesson.number
        )
    };
    Some(Question {
        item,
        kind,
        prompt_html,
        lesson_url: url(&fragment),
        explanation_url: url(&explanation),
        lesson_title: format!("{} · {}", lesson.number, lesson.title),
        form: form(published, kind, position),
    })
}

fn anchor(lesson: &Lesson, kind: SectionKind) -> String {
    let section = lesson.sections.iter().find(|section| section.kind == kind);
    section.map_or(String::new(), |section| section.anchor.clone())
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

/// For whom, where and when an answer is revealed.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Who answered.
    pub learner: &'a Learner,
    /// Whether it is asked in a review session.
    pub in_session: bool,
    /// The language of the page.
    pub language: Language,
    /// When it is looked at.
    pub now: Timestamp,
}

/// What the learner sees once `answer` is kept. `earlier` are answers that they gave before, the last first.
pub fn revealed(
    published: &Published,
    setting: Setting<'_>,
    history: Option<&History>,
    answer: &answers::Answer,
    earlier: &[answers::Answer],
) -> Option<Revealed> {
    let (kind, position) = published.place(answer.item)?;
    let (model_html, rubric) = model(published, kind, position)?;
    let asked = Asked {
        item: answer.item,
        kind,
        in_session: setting.in_session,
        language: setting.language,
    };
    Some(Revealed {
        answer: answer.id.clone(),
        text: answer.text.clone(),
        model_html,
        rubric,
        right: answer.right,
        earlier_html: earlier_html(published, setting, answer, earlier),
        choices: memories::choices(setting.learner, asked, history, answer.right, setting.now),
    })
}

/// The same with the memory and the earlier answers read from the database.
///
/// # Errors
/// The database failed, or the item is no longer part of its lesson.
pub async fn reveal(
    state: &AppState,
    published: &Published,
    setting: Setting<'_>,
    answer: &answers::Answer,
) -> Result<Revealed, Error> {
    let learner = setting.learner.id;
    let history = memories::of_item(state, learner, answer.item).await?;
    let given = answers::latest(state, learner, answer.item, EARLIER_ANSWERS + 1).await?;
    let earlier: Vec<_> = given
        .into_iter()
        .filter(|earlier| earlier.id != answer.id && earlier.answered_at < answer.answered_at)
        .filter(|earlier| !earlier.text.is_empty())
        .collect();
    let mut revealed = revealed(published, setting, history.as_ref(), answer, &earlier)
        .ok_or(Error::unprocessable(|text| text.item_unknown))?;
    if is_far_ahead(published, answer.item) {
        let notes = notes::read(state, learner, published.lesson_id).await?;
        revealed.earlier_html += &own_words(published, &notes, setting.language);
    }
    Ok(revealed)
}

/// Whether an item is a row of the plan that first comes a month after the lesson or later.
fn is_far_ahead(published: &Published, item: ItemId) -> bool {
    let row = match published.place(item) {
        Some((ItemKind::Plan, position)) => published.lesson.plan.get(position),
        _ => None,
    };
    row.is_some_and(|row| row.interval.days() >= A_MONTH_DAYS)
}

/// What the learner wrote before reading the lesson and at its steps.
fn own_words(published: &Published, notes: &Notes, language: Language) -> String {
    let lesson = &published.lesson;
    let prior = lesson.prior.iter().map(|prompt| {
        let words = escaped(notes.text(NoteKind::Prior, &prompt.key.0));
        (prompt.html.0.clone(), words, "given")
    });
    let steps = lesson.steps.iter().map(|step| {
        let note = content::markdown(notes.text(NoteKind::Step, &step.key.0));
        (escaped(&step.title), note.0, "prose")
    });
    let words: String = prior
        .chain(steps)
        .filter(|(_, words, _)| !words.is_empty())
        .map(|(title, words, class)| {
            format!(r#"<p class="label">{title}</p><div class="{class}">{words}</div>"#)
        })
        .collect();
    if words.is_empty() {
        return words;
    }
    let title = Text::of(language).own_words;
    format!(r#"<details class="earlier"><summary>{title}</summary>{words}</details>"#)
}

/// The learner's own words of earlier days, with the day of each.
fn earlier_html(
    published: &Published,
    setting: Setting<'_>,
    answer: &answers::Answer,
    earlier: &[answers::Answer],
) -> String {
    if earlier.is_empty() {
        return String::new();
    }
    let text = Text::of(setting.language);
    let choices = match published.place(answer.item) {
        Some((kind, position)) => match form(published, kind, position) {
            AnswerForm::Choice { choices, .. } => choices,
            AnswerForm::Open | AnswerForm::Short => Vec::new(),
        },
        None => Vec::new(),
    };
    let words = earlier.iter().map(|earlier| {
        let on = day::on_the_wire(setting.learner.today(earlier.answered_at));
        let date = format::date(&on, setting.language);
        let given = app::pages::given(&choices, &earlier.text);
        let action = format!(
            "/{}/answers/{}/delete",
            setting.language.code(),
            earlier.id
        );
        let delete = text.delete_answer;
        format!(
            r#"<p class="label">{date}</p><div class="given">{given}</div><form method="post" action="{action}"><button class="button quiet" type="submit">{delete}</button></form>"#
        )
    });
    format!(
        r#"<details class="earlier"><summary>{}</summary>{}</details>"#,
        text.earlier_answers,
        words.collect::<String>()
    )
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
