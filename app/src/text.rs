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
    pub(crate) your_answer: &'static str,
    pub(crate) choose_one: &'static str,
    pub(crate) choose_several: &'static str,
    pub(crate) reveal: &'static str,
    pub(crate) you_answered: &'static str,
    pub(crate) good_answer: &'static str,
    pub(crate) right: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) rubric: &'static str,
    pub(crate) how_well: &'static str,
    pub(crate) ratings: [&'static str; 4],
    pub(crate) suggested: &'static str,
    pub(crate) comes_back: &'static str,
    // The review.
    pub(crate) due_now: Counted,
    pub(crate) review_keys: &'static str,
    pub(crate) nothing_due: &'static str,
    pub(crate) review_done: &'static str,
    pub(crate) reviewed_today: Counted,
    pub(crate) next_due: &'static str,
    pub(crate) nothing_planned: &'static str,
    pub(crate) to_lessons: &'static str,
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
    pub(crate) examples_pass: &'static str,
    pub(crate) examples_differ: &'static str,
    pub(crate) input: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) got: &'static str,
    pub(crate) equal: &'static str,
    pub(crate) different: &'static str,
    // A submission on its way.
    pub(crate) progress: &'static str,
    pub(crate) stages: [&'static str; 4],
    pub(crate) ahead: Counted,
    pub(crate) not_graded: &'static str,
    /// The words of a verdict.
    pub(crate) verdict: VerdictText,
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

/// The words of a verdict in one language.
pub(crate) struct VerdictText {
    pub(crate) passed: VerdictWords,
    pub(crate) below_target: VerdictWords,
    pub(crate) slower: VerdictWords,
    pub(crate) same: VerdictWords,
    pub(crate) inconclusive: VerdictWords,
    pub(crate) wrong_answer: VerdictWords,
    pub(crate) compile_error: VerdictWords,
    pub(crate) rejected: VerdictWords,
    pub(crate) trap: VerdictWords,
    pub(crate) time_limit: VerdictWords,
    pub(crate) memory_limit: VerdictWords,
    pub(crate) output_limit: VerdictWords,
    pub(crate) speedup: &'static str,
    pub(crate) interval: &'static str,
    pub(crate) target: &'static str,
    pub(crate) predicted: &'static str,
    pub(crate) as_predicted: &'static str,
    pub(crate) faster_than_predicted: &'static str,
    pub(crate) slower_than_predicted: &'static str,
    pub(crate) own_best: &'static str,
    pub(crate) beats_own_best: &'static str,
    pub(crate) near_own_best: &'static str,
    pub(crate) below_own_best: &'static str,
    pub(crate) chart: &'static str,
    pub(crate) per_call: &'static str,
    pub(crate) per_batch: &'static str,
    pub(crate) measure: &'static str,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) fuel: &'static str,
    pub(crate) peak_memory: &'static str,
}

/// A verdict in plain language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct VerdictWords {
    /// The verdict as a headline.
    pub(crate) title: &'static str,
    /// What it means and what to do now.
    pub(crate) meaning: &'static str,
}

impl VerdictText {
    /// Plain language for one of the contract's eleven words.
    pub(crate) fn words(&self, verdict: &str, passed: bool) -> VerdictWords {
        match verdict {
            "faster" if passed => self.passed,
            "faster" => self.below_target,
            "slower" => self.slower,
            "same" => self.same,
            "wrong_answer" => self.wrong_answer,
            "compile_error" => self.compile_error,
            "rejected" => self.rejected,
            "trap" => self.trap,
            "time_limit" => self.time_limit,
            "memory_limit" => self.memory_limit,
            "output_limit" => self.output_limit,
            _ => self.inconclusive,
        }
    }
}
