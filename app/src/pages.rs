//! Whole documents: data in, HTML out.
//!
//! Each page has a view, the data that it shows, and a `render` function. The server loads the view, and every visible
//! word comes from [`crate::text`].

pub mod account;
pub mod accounts;
pub mod catalog;
mod chart;
pub mod code_language;
pub mod due;
pub mod error;
pub mod exercise;
pub mod home;
mod layout;
pub mod lesson;
pub mod link;
mod marks;
pub mod measurement;
mod prediction;
pub mod program;
pub mod progress;
mod question;
pub mod reminders;
pub mod review;
pub mod run_report;
pub mod search;
mod stars;
pub mod step;
pub mod submission;
pub mod teach;
#[cfg(test)]
mod tests;
mod text;
pub mod world;

use leptos::prelude::*;

use crate::{
    islands::question::markup,
    text::{Language, format},
};
use text::Text;

pub use question::QuestionState;

/// A learner's answer as HTML: escaped words, or the choices' own sanitised HTML.
pub fn given(choices: &[String], text: &str) -> String {
    markup::given(choices, text)
}

impl From<content::lesson::Language> for Language {
    fn from(language: content::lesson::Language) -> Language {
        match language {
            content::lesson::Language::Bulgarian => Language::Bulgarian,
            content::lesson::Language::English => Language::English,
        }
    }
}

impl From<Language> for content::lesson::Language {
    fn from(language: Language) -> content::lesson::Language {
        match language {
            Language::Bulgarian => content::lesson::Language::Bulgarian,
            Language::English => content::lesson::Language::English,
        }
    }
}

/// What every page needs besides its own data.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// The path behind the language, with its slash: `/lessons/22`. The language switch leads to it in the other one.
    pub path: String,
    /// The nonce of the Content-Security-Policy.
    pub nonce: String,
    /// Where the bundle's files are.
    pub assets: Assets,
    /// How many items the learner has to review, where known.
    pub due_count: Option<u32>,
}

/// The URLs of the bundle's files, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// `style.css`.
    pub style: String,
    /// `extra.css`, for pages with diagrams, programs, results of a search, or an instructor's tools.
    pub extra: String,
    /// `live.js`, which shows an author what they save.
    pub live: String,
    /// `teach.js`, the instructor's editor.
    pub teach: String,
    /// `boot.js`, which starts the islands.
    pub boot: String,
    /// `app.js`, the glue of the wasm.
    pub app: String,
    /// `app_bg.wasm`.
    pub wasm: String,
    /// `editor.js`, which islands load when an editor is on the page.
    pub editor: String,
    /// `favicon.svg`.
    pub icon: String,
    /// Fonts that the page of a language needs at once, so that text does not jump.
    pub fonts: Vec<String>,
}

/// The state of an exercise as lists and buttons show it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExerciseSummary {
    /// The exercise's folder name.
    pub slug: String,
    /// Its title in the language of the page.
    pub title: String,
    /// The speed-up to reach.
    pub target: f64,
    /// How many submissions the learner has made.
    pub attempts: u32,
    /// The best speed-up of a pass, if there was one.
    pub best_speedup: Option<f64>,
    /// How many stars the learner has earned, if there was a pass.
    pub stars: Option<u8>,
}

impl ExerciseSummary {
    fn url(&self, language: Language) -> String {
        format!("/{}/exercises/{}", language.code(), self.slug)
    }

    /// How far the learner is, in words.
    fn state(&self, language: Language) -> String {
        let text = Text::of(language);
        match self.best_speedup {
            Some(best) => format!(
                "{}, {}",
                text.exercise_passed,
                format::speedup(best, language)
            ),
            None if self.attempts == 0 => text.exercise_open.to_owned(),
            None => text.attempts_made.of(self.attempts),
        }
    }
}

/// Renders a view inside a reactive owner of its own, as a whole document.
fn to_document<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let body = Owner::new().with(|| view().into_view().to_html());
    format!("<!DOCTYPE html>{body}")
}
