//! The wire: what islands and the server say to each other under `/api/v1`.
//!
//! Everything in this file is public. A type that the server sends before the learner has answered holds no answer.

mod grading;

use serde::{Deserialize, Serialize};

pub use grading::*;

/// The number of a review item in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub i64);

/// How well the learner recalled an item, as FSRS counts it: 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Rating {
    /// Not recalled.
    Again = 1,
    /// Recalled with effort.
    Hard = 2,
    /// Recalled.
    Good = 3,
    /// Recalled at once.
    Easy = 4,
}

impl Rating {
    /// Every rating, from the worst.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> u8 {
        rating as u8
    }
}

impl TryFrom<u8> for Rating {
    type Error = String;

    fn try_from(number: u8) -> Result<Rating, String> {
        Rating::ALL
            .into_iter()
            .find(|rating| *rating as u8 == number)
            .ok_or_else(|| format!("a rating is a number from 1 to 4, not {number}"))
    }
}

/// A day of the learner's calendar, `2026-11-24` on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub String);

/// What an item asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A question of a lesson's quiz.
    Quiz,
    /// A concept of a lesson: what is it?
    Concept,
    /// A pitfall of a lesson: what is it, and how to avoid it?
    Pitfall,
    /// A row of a lesson's review plan.
    Plan,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [ItemKind; 4] = [
        ItemKind::Quiz,
        ItemKind::Concept,
        ItemKind::Pitfall,
        ItemKind::Plan,
    ];

    /// Its name, as on the wire.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Quiz => "quiz",
            ItemKind::Concept => "concept",
            ItemKind::Pitfall => "pitfall",
            ItemKind::Plan => "plan",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<ItemKind> {
        ItemKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A question as the learner may see it before answering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The item it belongs to.
    pub item: ItemId,
    /// What it asks about.
    pub kind: ItemKind,
    /// The question, as sanitised HTML.
    pub prompt_html: String,
    /// Where it comes from: the page and fragment of its lesson.
    pub lesson_url: String,
    /// Where the lesson explains it.
    pub explanation_url: String,
    /// The number and title of its lesson.
    pub lesson_title: String,
    /// How it is answered.
    pub form: AnswerForm,
}

/// What the learner fills in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "AnswerFormFields", into = "AnswerFormFields")]
pub enum AnswerForm {
    /// A text in the learner's own words.
    Open,
    /// One choice, or several; the choices as sanitised HTML.
    Choice {
        /// Whether more than one may be chosen.
        several: bool,
        /// The choices in order.
        choices: Vec<String>,
    },
    /// A few words or a number.
    Short,
}

/// [`AnswerForm`] on the wire: `{"kind":"choice","several":false,"choices":["…"]}`. What serde derives for a tagged enum
/// reads the same, and is twelve kilobytes of every page's wasm.
#[derive(Serialize, Deserialize)]
struct AnswerFormFields {
    kind: AnswerKind,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    several: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnswerKind {
    Open,
    Choice,
    Short,
}

impl From<AnswerFormFields> for AnswerForm {
    fn from(fields: AnswerFormFields) -> AnswerForm {
        match fields.kind {
            AnswerKind::Open => AnswerForm::Open,
            AnswerKind::Choice => AnswerForm::Choice {
                several: fields.several,
                choices: fields.choices,
            },
            AnswerKind::Short => AnswerForm::Short,
        }
    }
}

impl From<AnswerForm> for AnswerFormFields {
    fn from(form: AnswerForm) -> AnswerFormFields {
        let (kind, several, choices) = match form {
            AnswerForm::Open => (AnswerKind::Open, false, Vec::new()),
            AnswerForm::Choice { several, choices } => (AnswerKind::Choice, several, choices),
            AnswerForm::Short => (AnswerKind::Short, false, Vec::new()),
        };
        AnswerFormFields {
            kind,
            several,
            choices,
        }
    }
}

/// `POST /api/v1/answers`: keep an answer and show what a good one says. Repeating it changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewAnswer {
    /// A UUID that the client made, so that a repeated request is one answer.
    pub id: String,
    /// The item answered.
    pub item: ItemId,
    /// The learner's words; for choices their indices from 0, separated by spaces.
    pub text: String,
    /// Whether it is given in a review session, where items come back within minutes.
    #[serde(default)]
    pub session: bool,
}

/// What the learner sees once the answer is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revealed {
    /// The answer that was kept.
    pub answer: String,
    /// The learner's answer as it was given.
    pub text: String,
    /// The author's answer as sanitised HTML; the lesson's own passages where the author gave none.
    pub model_html: String,
    /// The points that a good answer makes, as sanitised HTML.
    pub rubric: Vec<String>,
    /// For automatically checked questions, whether the answer is right.
    pub right: Option<bool>,
    /// What the learner answered at earlier reviews, as HTML.
    #[serde(default)]
    pub earlier_html: String,
    /// When the item would come back, for each rating that may be given.
    pub choices: Vec<RatingChoice>,
}

/// One rating button. The browser shows the words and reads nothing else of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatingChoice {
    /// The rating.
    pub rating: Rating,
    /// The learner's day on which the item would come back.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub due_on: Day,
    /// The same as a number of days from today.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub interval_days: u32,
    /// Inside a review session: after how many minutes it would come back.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub minutes: Option<u32>,
    /// The same in words: "in 10 minutes", "in 3 days".
    pub words: String,
}

/// `POST /api/v1/reviews`: rate the recall of an item. Repeating it changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewReview {
    /// A UUID that the client made, so that a repeated request is one review.
    pub id: String,
    /// The item rated.
    pub item: ItemId,
    /// The answer that is rated.
    pub answer: String,
    /// The rating.
    pub rating: Rating,
    /// The rubric's points that the learner ticked, from 0.
    pub ticks: Vec<u32>,
    /// Whether it is given in a review session, where items come back within minutes.
    #[serde(default)]
    pub session: bool,
}

/// What a rating led to. The browser shows the words and reads nothing else of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scheduled {
    /// The rating that counts.
    pub rating: Rating,
    /// The learner's day on which the item comes back.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub due_on: Day,
    /// The same as a number of days from today.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub interval_days: u32,
    /// Inside a review session: after how many minutes it comes back.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub minutes: Option<u32>,
    /// What is unusual about the rating, such as that it arrived late.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub notice: Option<String>,
    /// All of it in words.
    pub words: String,
}

/// `GET /api/v1/review`: what is due now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewQueue {
    /// The question to answer now, if anything is due.
    pub next: Option<Question>,
    /// The answer already given to it today and not yet rated.
    pub revealed: Option<Revealed>,
    /// How many items are due, the next one included.
    pub due_count: u32,
    /// How many items come back in this session once their minutes are over.
    pub waiting_count: u32,
    /// When the next of them does, in milliseconds since 1970.
    pub next_due_at_ms: Option<i64>,
    /// How many items were reviewed today.
    pub reviewed_today: u32,
    /// The next day on which something is due, if nothing is due now.
    pub next_due_on: Option<Day>,
}

/// Every refusal of the API: what was wrong, in the learner's language, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// One sentence for the learner.
    pub message: String,
    /// The request to name when asking for help, for failures of ours.
    pub request_id: Option<String>,
}

#[cfg(test)]
mod tests;

/// A browser that asks for messages, as its script describes itself (the Push API's `toJSON`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPushSubscription {
    /// Where its push service takes messages for it.
    pub endpoint: String,
    /// Its public key in base64url.
    pub p256dh: String,
    /// The secret that messages to it are encrypted with, in base64url.
    pub auth: String,
    /// The language of the page: `bg` or `en`.
    pub language: String,
}
