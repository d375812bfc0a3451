//! What the server itself says to learners, in every language: refusals, failures, and the questions that are made from
//! concepts and pitfalls.
//!
//! Pages and islands have their own tables in `app`; these sentences also travel as JSON.

mod bg;
mod en;
pub mod failure;
pub mod mail;

use app::text::Language;

/// Everything that the server says in one language.
pub struct Text {
    /// The body is not a form or JSON of the expected shape.
    pub malformed: &'static str,
    /// The body is larger than a request may be.
    pub too_large: &'static str,
    /// The method is not offered at this address.
    pub method_not_allowed: &'static str,
    /// The write comes from another site.
    pub cross_origin: &'static str,
    /// Nothing has this address.
    pub not_found: &'static str,
    /// The answer is empty.
    pub answer_empty: &'static str,
    /// The answer is longer than an answer may be.
    pub answer_too_long: &'static str,
    /// The item does not exist or is no longer part of its lesson.
    pub item_unknown: &'static str,
    /// The answer that is rated does not exist or belongs to another item.
    pub answer_unknown: &'static str,
    /// The identifier is not a UUID.
    pub id_malformed: &'static str,
    /// The identifier was used for something else.
    pub id_taken: &'static str,
    /// A rating is a number from 1 to 4.
    pub rating_unknown: &'static str,
    /// The rating does not fit the answer, which was checked.
    pub rating_not_offered: &'static str,
    /// The picture is larger than one may be.
    pub image_too_large: &'static str,
    /// The file is no picture of a format that is shown.
    pub image_unknown: &'static str,
    /// No time zone has this name.
    pub time_zone_unknown: &'static str,
    /// The hour at which days begin is not one of a clock.
    pub hour_out_of_range: &'static str,
    /// The desired retention is not one that may be chosen.
    pub retention_out_of_range: &'static str,
    /// A daily limit is not one that may be chosen.
    pub limit_out_of_range: &'static str,
    /// Deleting everything was not confirmed.
    pub deletion_unconfirmed: &'static str,
    /// The rating was taken back before it arrived.
    pub rating_taken_back: &'static str,
    /// The rating was kept, but its item is no longer part of its lesson.
    pub rated_retired: &'static str,
    /// The answer had been rated before, and that rating counts.
    pub rated_before: &'static str,
    /// The rating was given later than now, by the client's clock.
    pub rated_in_future: &'static str,
    /// A later rating of the item had arrived before this one.
    pub rated_out_of_order: &'static str,
    /// Earlier ratings are later than now.
    pub clock_set_back: &'static str,
    /// Deletes the words of an earlier answer.
    pub delete_answer: &'static str,
    /// Over what the learner wrote down in the lesson.
    pub own_words: &'static str,
    /// Over the learner's answers of earlier days.
    pub earlier_answers: &'static str,
    /// The exercise does not exist.
    pub exercise_unknown: &'static str,
    /// The exercise is not offered in this language.
    pub language_unknown: &'static str,
    /// Only instructors may do that.
    pub instructors_only: &'static str,
    /// The file that a new lesson would have is there already.
    pub lesson_file_exists: &'static str,
    /// A picture needs words for those who cannot see it.
    pub image_undescribed: &'static str,
    /// A file is no picture, or too large.
    pub image_unusable: &'static str,
    /// The learner has too many submissions waiting.
    pub too_many_submissions: &'static str,
    /// Too many people are running their examples.
    pub busy: &'static str,
    /// The predicted speed-up is not a number that a speed-up can be.
    pub prediction_out_of_range: &'static str,
    /// Nothing can be run or graded on this installation; the reason follows.
    pub grading_unavailable: &'static str,
    /// A language's compiler is not installed here; the reason follows.
    pub language_not_installed: &'static str,
    /// The grader failed; our fault.
    pub grading_failed: &'static str,
    /// The database did not take the write.
    pub not_saved: &'static str,
    /// The address has a line break or another character that no address has.
    pub address_has_line_break: &'static str,
    /// What was typed is not an address.
    pub address_invalid: &'static str,
    /// This installation sends no mail.
    pub mail_not_configured: &'static str,
    /// The mail server did not take the letter.
    pub letter_not_sent: &'static str,
    /// Too many letters were asked for.
    pub too_many_letters: &'static str,
    /// Another address was left since the link was sent.
    pub address_replaced: &'static str,
    /// An hour is a number from 0 to 23.
    pub hour_unknown: &'static str,
    /// The link was never made here.
    pub link_forged: &'static str,
    /// The link has expired.
    pub link_expired: &'static str,
    /// The link was used.
    pub link_used: &'static str,
    /// The browser's push service is unknown, or its keys are malformed.
    pub push_unknown: &'static str,
    /// The password is too short.
    pub password_too_short: &'static str,
    /// The password is too long.
    pub password_too_long: &'static str,
    /// Address and password do not belong together.
    pub sign_in_wrong: &'static str,
    /// Too many attempts to sign in.
    pub too_many_sign_ins: &'static str,
    /// No account can be made with this address.
    pub account_not_made: &'static str,
    /// The page is for people who are signed in.
    pub sign_in_first: &'static str,
    /// The page is for people with another role.
    pub role_missing: &'static str,
    /// A failure of ours.
    pub internal: &'static str,
    /// What a concept asks in the review, from its escaped term, as HTML.
    pub concept_prompt: fn(&str) -> String,
    /// What a pitfall asks in the review, from its escaped name, as HTML.
    pub pitfall_prompt: fn(&str) -> String,
    /// Marks a right choice once the question is answered.
    pub choice_right: &'static str,
    /// Marks a wrong choice once the question is answered.
    pub choice_wrong: &'static str,
}

impl Text {
    /// The table of a language.
    pub fn of(language: Language) -> &'static Text {
        match language {
            Language::Bulgarian => &bg::TEXT,
            Language::English => &en::TEXT,
        }
    }
}
