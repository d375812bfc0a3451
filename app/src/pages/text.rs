//! What pages say. The browser needs none of it, so it is not among the words of the islands in [`crate::text`].

mod account;
mod accounts;
pub(super) mod authoring;
mod bg;
pub(super) mod code_language;
mod en;
pub(super) mod exercise;
mod findings;
mod notes;
mod progress;
mod reminders;
mod session;
pub(super) mod teach;
pub(super) mod world;

use crate::text::{Counted, Language};

pub(super) use account::AccountText;
pub(super) use notes::NotesText;
pub(super) use progress::ProgressText;

/// The words of the pages in one language.
pub(super) struct Text {
    // Every page.
    pub(super) skip: &'static str,
    pub(super) main_navigation: &'static str,
    pub(super) course: &'static str,
    pub(super) review: &'static str,
    pub(super) due: &'static str,
    pub(super) other_language: &'static str,
    pub(super) footer: &'static str,
    // The course.
    pub(super) course_title: &'static str,
    pub(super) course_lead: &'static str,
    pub(super) lessons: &'static str,
    pub(super) no_lessons: &'static str,
    pub(super) start: &'static str,
    pub(super) resume: &'static str,
    pub(super) read_again: &'static str,
    pub(super) questions_answered: &'static str,
    pub(super) exercises: &'static str,
    // A lesson.
    pub(super) lesson: &'static str,
    pub(super) minutes: Counted,
    pub(super) requires: &'static str,
    pub(super) tags: &'static str,
    pub(super) think_first: &'static str,
    pub(super) analogy: &'static str,
    pub(super) focus: &'static str,
    pub(super) task: &'static str,
    pub(super) questions: &'static str,
    pub(super) exercise_passed: &'static str,
    pub(super) exercise_open: &'static str,
    pub(super) attempts_made: Counted,
    pub(super) plan_when: &'static str,
    pub(super) plan_prompt: &'static str,
    pub(super) plan_date: &'static str,
    pub(super) day: Counted,
    pub(super) week: Counted,
    pub(super) month: Counted,
    pub(super) year: Counted,
    pub(super) finish: &'static str,
    pub(super) finish_lead: &'static str,
    pub(super) finished_on: &'static str,
    pub(super) finished_lead: &'static str,
    // An exercise.
    pub(super) exercise: &'static str,
    pub(super) target: &'static str,
    pub(super) signature: &'static str,
    pub(super) limits: &'static str,
    pub(super) memory_limit: &'static str,
    pub(super) source_limit: &'static str,
    pub(super) examples: &'static str,
    pub(super) input: &'static str,
    pub(super) expected: &'static str,
    pub(super) answers_to_come: &'static str,
    pub(super) your_solution: &'static str,
    pub(super) attempts: &'static str,
    pub(super) no_attempts: &'static str,
    pub(super) attempt_when: &'static str,
    pub(super) attempt_verdict: &'static str,
    pub(super) attempt_speedup: &'static str,
    pub(super) underway: &'static str,
    pub(super) back_to_lesson: &'static str,
    // A submission.
    pub(super) submission: &'static str,
    pub(super) back_to_exercise: &'static str,
    pub(super) submitted_source: &'static str,
    pub(super) reload: &'static str,
    // A question.
    pub(super) your_answer: &'static str,
    pub(super) choose_one: &'static str,
    pub(super) choose_several: &'static str,
    // The review.
    pub(super) review_lead: &'static str,
    pub(super) due_now: Counted,
    pub(super) review_keys: &'static str,
    pub(super) nothing_due: &'static str,
    pub(super) review_done: &'static str,
    pub(super) reviewed_today: Counted,
    pub(super) next_due: &'static str,
    pub(super) nothing_planned: &'static str,
    pub(super) to_lessons: &'static str,
    // Errors.
    pub(super) not_found: &'static str,
    pub(super) not_found_lead: &'static str,
    pub(super) only_in_other_language: &'static str,
    pub(super) read_in_other_language: &'static str,
    pub(super) not_understood: &'static str,
    pub(super) internal: &'static str,
    pub(super) internal_lead: &'static str,
    pub(super) request_id: &'static str,
    pub(super) to_course: &'static str,
    /// The words of the account page.
    pub(super) account: AccountText,
    /// The words about notes.
    pub(super) notes: NotesText,
    /// The words of the progress page.
    pub(super) progress: ProgressText,
    /// The words of a review session.
    pub(super) session: session::SessionText,
    /// The words of a verdict.
    pub(super) verdict: VerdictText,
    /// The words for the figures behind it.
    pub(super) findings: findings::FindingsText,
    /// How verdicts come about.
    pub(super) measurement: MeasurementText,
    /// Accounts.
    pub(super) accounts: accounts::AccountsText,
    /// Reminders.
    pub(super) reminders: reminders::RemindersText,
    // The search and programs of lessons.
    pub(super) authoring: authoring::AuthoringText,
    // The instructor's pages.
    pub(super) teach: teach::TeachText,
}

impl Text {
    /// The words in this language.
    pub(super) fn of(language: Language) -> &'static Text {
        match language {
            Language::Bulgarian => &bg::PAGES,
            Language::English => &en::PAGES,
        }
    }
}

/// The words of a verdict in one language.
pub(super) struct VerdictText {
    pub(super) passed: VerdictWords,
    pub(super) below_target: VerdictWords,
    pub(super) slower: VerdictWords,
    pub(super) same: VerdictWords,
    pub(super) inconclusive: VerdictWords,
    pub(super) wrong_answer: VerdictWords,
    pub(super) compile_error: VerdictWords,
    pub(super) rejected: VerdictWords,
    pub(super) trap: VerdictWords,
    pub(super) time_limit: VerdictWords,
    pub(super) memory_limit: VerdictWords,
    pub(super) output_limit: VerdictWords,
    pub(super) speedup: &'static str,
    pub(super) interval: &'static str,
    pub(super) target: &'static str,
    pub(super) predicted: &'static str,
    pub(super) as_predicted: &'static str,
    pub(super) faster_than_predicted: &'static str,
    pub(super) slower_than_predicted: &'static str,
    pub(super) last_pass: &'static str,
    pub(super) beats_last_pass: &'static str,
    pub(super) near_last_pass: &'static str,
    pub(super) below_last_pass: &'static str,
    pub(super) chart: &'static str,
    pub(super) per_call: &'static str,
    pub(super) per_batch: &'static str,
    pub(super) measure: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) fuel: &'static str,
    pub(super) peak_memory: &'static str,
}

/// The words of the page about measuring in one language.
pub(super) struct MeasurementText {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) sections: &'static [Section],
    pub(super) self_check: &'static str,
    pub(super) self_check_lead: &'static str,
    pub(super) no_self_checks: &'static str,
    pub(super) checks: &'static str,
    pub(super) false_verdicts: &'static str,
    pub(super) undecided: &'static str,
    pub(super) half_width: &'static str,
    pub(super) latest: &'static str,
}

/// A heading and what stands below it.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) paragraphs: &'static [&'static str],
}

/// A verdict in plain language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VerdictWords {
    /// The verdict as a headline.
    pub(super) title: &'static str,
    /// What it means and what to do now.
    pub(super) meaning: &'static str,
}

impl VerdictText {
    /// Plain language for one of the contract's eleven words.
    pub(super) fn words(&self, verdict: &str, passed: bool) -> VerdictWords {
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
