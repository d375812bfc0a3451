//! What learners are sent: letters with text and HTML that say the same, and short messages for a browser.

use app::{
    api::{ItemId, ItemKind},
    text::Language,
};

use super::rule::Reason;
use crate::{
    learners::LearnerId,
    mail::{Address, Letter},
    secrets::LinkSecret,
    state::AppState,
    text::{Text, mail::MailText},
};

/// So many questions are named; the others are counted.
const NAMED_QUESTIONS: usize = 8;

/// What the signed number in a link is for that ends letters.
pub const UNSUBSCRIBE: &str = "unsubscribe";

/// A question as a letter shows it.
#[derive(Clone, Debug)]
pub struct DueQuestion {
    /// As text.
    pub text: String,
    /// The lesson's title.
    pub lesson: String,
}

/// A paragraph of a letter.
enum Part {
    Text(String),
    List(Vec<String>),
    Link { label: &'static str, url: String },
    Small(String),
    SmallLink { label: &'static str, url: String },
}

/// The letter that asks for the confirmation of an address.
pub fn confirmation(
    state: &AppState,
    language: Language,
    to: Address,
    secret: &LinkSecret,
) -> Letter {
    let text = MailText::of(language);
    let url = format!("{}/confirm/{}", root(state, language), secret.text());
    asked_for(
        to,
        language,
        text.confirm_subject,
        text.confirm,
        (text.confirm_link, url),
    )
}

/// A letter that somebody asked for with their address: what it is about, and one link.
pub fn asked_for(
    to: Address,
    language: Language,
    subject: &str,
    about: &str,
    (label, url): (&'static str, String),
) -> Letter {
    let text = MailText::of(language);
    let parts = [
        Part::Text(text.greeting.to_owned()),
        Part::Text(about.to_owned()),
        Part::Link { label, url },
        Part::Small(text.not_asked.to_owned()),
        Part::Text(text.signature.to_owned()),
    ];
    letter(to, language, subject.to_owned(), &parts, None)
}

/// A reminder.
pub fn reminder(
    state: &AppState,
    language: Language,
    learner: LearnerId,
    to: Address,
    reason: Reason,
    due: (&[DueQuestion], usize),
    secret: &LinkSecret,
) -> Letter {
    let text = MailText::of(language);
    let root = root(state, language);
    let unsubscribe = format!(
        "{root}/unsubscribe/{}",
        state.signer.sign(UNSUBSCRIBE, [learner.0, 0])
    );
    let mut parts = vec![
        Part::Text(text.greeting.to_owned()),
        Part::Text(about(text, reason).to_owned()),
    ];
    let (named, count) = due;
    if !named.is_empty() {
        parts.push(Part::List(
            named.iter().map(|question| question.text.clone()).collect(),
        ));
    }
    if count > named.len() {
        parts.push(Part::Text((text.and_more)(count - named.len())));
    }
    parts.extend([
        Part::Link {
            label: text.review_link,
            url: format!("{root}/enter/{}", secret.text()),
        },
        Part::Small(text.link_once.to_owned()),
        Part::Text(text.signature.to_owned()),
        Part::SmallLink {
            label: text.unsubscribe,
            url: unsubscribe.clone(),
        },
    ]);
    letter(
        to,
        language,
        subject(text, reason, count),
        &parts,
        Some(unsubscribe),
    )
}

/// What a browser shows: title and text.
pub fn message(
    language: Language,
    reason: Reason,
    named: &[DueQuestion],
    count: usize,
) -> (String, String) {
    let text = MailText::of(language);
    let body = match (reason, named.first()) {
        (Reason::Farewell, _) | (_, None) => about(text, reason).to_owned(),
        (_, Some(question)) => question.text.clone(),
    };
    (subject(text, reason, count), body)
}

fn subject(text: &MailText, reason: Reason, count: usize) -> String {
    match reason {
        Reason::Farewell => text.farewell_subject.to_owned(),
        _ => (text.reminder_subject)(count),
    }
}

fn about(text: &MailText, reason: Reason) -> &'static str {
    match reason {
        Reason::Farewell => text.farewell,
        Reason::PlanRow => text.reminder_of_plan,
        Reason::FullSession | Reason::CostOfWaiting | Reason::NothingFuller => {
            text.reminder_of_memory
        }
    }
}

/// The address of the pages in a language, without a slash at its end.
pub fn root(state: &AppState, language: Language) -> String {
    format!("{}/{}", state.public_url(), language.code())
}

fn letter(
    to: Address,
    language: Language,
    subject: String,
    parts: &[Part],
    unsubscribe_url: Option<String>,
) -> Letter {
    let text: Vec<String> = parts.iter().map(Part::text).collect();
    let html: String = parts.iter().map(Part::html).collect();
    Letter {
        to,
        text: text.join("\n\n") + "\n",
        html: format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>{html}</body></html>",
            language.code(),
            escaped(&subject)
        ),
        subject,
        unsubscribe_url,
    }
}

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Text(text) | Part::Small(text) => text.clone(),
            Part::List(items) => items
                .iter()
                .map(|item| format!("- {item}"))
                .collect::<Vec<_>>()
                .join("\n"),
            Part::Link { label, url } | Part::SmallLink { label, url } => {
                format!("{label}:\n{url}")
            }
        }
    }

    fn html(&self) -> String {
        match self {
            Part::Text(text) => format!("<p>{}</p>", escaped(text)),
            Part::Small(text) => format!("<p><small>{}</small></p>", escaped(text)),
            Part::List(items) => {
                let items: String = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", escaped(item)))
                    .collect();
                format!("<ul>{items}</ul>")
            }
            Part::Link { label, url } => {
                format!(
                    "<p><a href=\"{url}\"><strong>{}</strong></a></p>",
                    escaped(label)
                )
            }
            Part::SmallLink { label, url } => {
                format!(
                    "<p><small><a href=\"{url}\">{}</a></small></p>",
                    escaped(label)
                )
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The first of the questions that are due, as text. Items without a published text are left out.
///
/// # Errors
/// The database failed.
pub async fn questions(state: &AppState, due: &[ItemId]) -> anyhow::Result<Vec<DueQuestion>> {
    let due = &due[..due.len().min(NAMED_QUESTIONS)];
    let due_json = serde_json::to_string(due)?;
    let rows = sqlx::query!(
        r#"SELECT items.kind AS "kind!", version_items.text AS "text!", lessons.language AS "language!",
                  lessons.number AS "number!: u32", parsed ->> '$.title' AS "title?: String"
           FROM json_each(?) AS due
           JOIN items ON items.id = due.value
           JOIN lessons ON lessons.id = items.lesson_id
           JOIN lesson_versions ON lesson_versions.id = lessons.published_version_id
           JOIN version_items ON version_items.version_id = lesson_versions.id AND version_items.item_id = items.id
           ORDER BY due.key"#,
        due_json,
    )
    .fetch_all(state.db.reader())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let language = Language::from_code(&row.language).unwrap_or(Language::Bulgarian);
            let text = Text::of(language);
            // The prompts are HTML made from the item's name; in a letter they are text.
            let plain = |prompt: String| {
                ["<p>", "</p>", "<strong>", "</strong>"]
                    .iter()
                    .fold(prompt, |prompt, tag| prompt.replace(tag, ""))
            };
            DueQuestion {
                text: match ItemKind::from_name(&row.kind) {
                    Some(ItemKind::Concept) => plain((text.concept_prompt)(&row.text)),
                    Some(ItemKind::Pitfall) => plain((text.pitfall_prompt)(&row.text)),
                    Some(ItemKind::Quiz | ItemKind::Plan) | None => row.text,
                },
                lesson: format!("{} · {}", row.number, row.title.unwrap_or_default()),
            }
        })
        .collect())
}
