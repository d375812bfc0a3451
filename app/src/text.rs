//! The languages of the interface, and what islands say in them.
//!
//! Everything here travels in the wasm of every page; what only pages say is in `pages::text`. A struct with one
//! constant per language means that a missing translation does not compile.

mod bg;
mod en;
pub mod format;

use serde::{Deserialize, Serialize};

use crate::api::{Rating, Stage};

/// A language of the interface.
///
/// It mirrors `content::Language`, which the wasm cannot name: the content crate stays on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Bulgarian, the first language of the course.
    #[serde(rename = "bg")]
    Bulgarian,
    /// English, its equal.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, in the order in which the course offers them.
    pub const ALL: [Language; 2] = [Language::Bulgarian, Language::English];

    /// The two-letter code used in URLs and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Language::Bulgarian => "bg",
            Language::English => "en",
        }
    }

    /// The language with this code, if the interface has it.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other language of the interface.
    pub fn other(self) -> Language {
        match self {
            Language::Bulgarian => Language::English,
            Language::English => Language::Bulgarian,
        }
    }
}

/// A noun that follows a number. Both languages have two forms.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    /// The form for 1.
    pub(crate) one: &'static str,
    /// The form for every other number.
    pub(crate) other: &'static str,
}

impl Counted {
    /// The number with its noun: `1 въпрос`, `3 въпроса`.
    pub(crate) fn of(&self, count: u32) -> String {
        let noun = if count == 1 { self.one } else { self.other };
        format!("{count}\u{a0}{noun}")
    }
}

/// The words of the islands in one language.
pub(crate) struct IslandText {
    // Requests and saving.
    pub(crate) saving: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) retry: &'static str,
    // The index of a lesson.
    pub(crate) in_this_lesson: &'static str,
    pub(crate) done: &'static str,
    // A question.
    pub(crate) reveal: &'static str,
    pub(crate) you_answered: &'static str,
    pub(crate) good_answer: &'static str,
    pub(crate) right: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) rubric: &'static str,
    pub(crate) how_well: &'static str,
    pub(crate) ratings: [&'static str; 4],
    pub(crate) suggested: &'static str,
    pub(crate) next_question: &'static str,
    // The workbench.
    pub(crate) code: &'static str,
    pub(crate) run: &'static str,
    pub(crate) running: &'static str,
    pub(crate) reset: &'static str,
    pub(crate) undo_reset: &'static str,
    pub(crate) predicted_speedup: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) submission_page: &'static str,
    // A submission on its way.
    pub(crate) stages: [&'static str; 4],
    pub(crate) ahead: Counted,
    pub(crate) not_graded: &'static str,
}

impl IslandText {
    /// The words in this language.
    pub(crate) fn of(language: Language) -> &'static IslandText {
        match language {
            Language::Bulgarian => &bg::ISLANDS,
            Language::English => &en::ISLANDS,
        }
    }

    pub(crate) fn rating(&self, rating: Rating) -> &'static str {
        self.ratings[rating as usize - 1]
    }

    /// The name of a stage on the way to a verdict; the two final ones have none.
    pub(crate) fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Queued => self.stages[0],
            Stage::Compiling => self.stages[1],
            Stage::Checking => self.stages[2],
            Stage::Measuring => self.stages[3],
            Stage::Done | Stage::NotGraded => "",
        }
    }
}
