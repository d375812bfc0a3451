//! The server's sentences in English.

use super::Text;

pub(super) const TEXT: Text = Text {
    malformed: "The request is not of the form we expect: reload the page and try again.",
    too_large: "What you sent is too large: shorten it and try again.",
    method_not_allowed: "This address does not offer that action: go back to the page and try from there.",
    cross_origin: "The request came from another site and was not carried out: open the page here and try again.",
    not_found: "Nothing has this address: go back to the course.",
    answer_empty: "The answer is empty: write at least a word, so that you can compare it with the model answer.",
    answer_too_long: "The answer is longer than 8000 characters: shorten it.",
    item_unknown: "This question is no longer part of its lesson: reload the page.",
    answer_unknown: "Answer the question first, then rate your answer.",
    id_malformed: "The request has no valid number: reload the page and try again.",
    id_taken: "Something else is already stored under this number: reload the page and try again.",
    rating_unknown: "A rating is a number from 1 to 4: choose one of the buttons.",
    rating_not_offered: "This rating does not fit the answer: choose one of the buttons.",
    image_too_large: "The picture is larger than 2 MiB: make it smaller and try again.",
    image_unknown: "The file is no picture in PNG, JPEG, WebP or GIF: choose another.",
    time_zone_unknown: "There is no such time zone: write its name like “Europe/Sofia” or “UTC”.",
    hour_out_of_range: "The hour at which your day begins is a whole number from 0 to 23.",
    retention_out_of_range: "The recall to keep is a whole number from 80 to 95 per cent.",
    limit_out_of_range: "A daily limit is a whole number from 0 to 9999.",
    deletion_unconfirmed: "Nothing was deleted: tick that you understand, and press the button again.",
    rating_taken_back: "This rating was taken back already: rate the answer again.",
    rated_retired: "The question is no longer part of its lesson: the rating is kept, but the question does not return.",
    rated_before: "This answer was rated already: the earlier rating counts.",
    rated_in_future: "The clock of your device is ahead: the rating counts from this moment.",
    rated_out_of_order: "A later rating of the same question had arrived before this one: its date was worked out anew.",
    clock_set_back: "The server's clock was set back: the rating is kept behind the earlier ones, and counts once.",
    own_words: "What you wrote down in the lesson",
    earlier_answers: "Your earlier answers",
    exercise_unknown: "There is no such exercise: go back to the course.",
    language_unknown: "The exercise is not offered in this language: choose another.",
    too_many_submissions: "You have 200 submissions waiting: wait until some of them are graded.",
    busy: "Many people are running their code just now: try again in a few seconds.",
    prediction_out_of_range: "The expected speed-up is a number from 0.01 to 1000: correct it or leave the field empty.",
    grading_unavailable: "This installation cannot run code.",
    language_not_installed: "The language is not installed here.",
    grading_failed: "We could not run your code. The fault is ours: try again in a moment.",
    not_saved: "We could not save it. What you wrote is still here: try again in a moment.",
    address_has_line_break: "The address has a line break or another character that no address has: type it again on one line.",
    address_invalid: "This is not an e-mail address: type it in the form name@example.org.",
    mail_not_configured: "This installation sends no e-mail: its administrator has not named a mail server yet. Everything else works.",
    letter_not_sent: "We could not send the letter. The fault is ours: try again in a few minutes.",
    too_many_letters: "We have sent several letters to this address today: look for them among junk mail too, or try again tomorrow.",
    address_replaced: "This address is no longer left for reminders: type it again on the page of reminders.",
    hour_unknown: "An hour is a number from 0 to 23: choose one from the list.",
    link_forged: "We did not make this link, or a part of it is missing: open it straight from the letter, or ask for a new one.",
    link_expired: "The link is no longer valid, because its time has run out: ask for a new one.",
    link_used: "The link has been used, and it works only once: ask for a new one.",
    push_unknown: "We do not know this browser's push service: try another browser, or choose e-mail.",
    password_too_short: "The password is too short: choose at least 10 characters, for example a few words.",
    password_too_long: "The password is too long: choose at most 1000 bytes.",
    sign_in_wrong: "Address and password do not belong together: check them and try again, or ask for a new password.",
    too_many_sign_ins: "There were too many attempts to sign in: wait 15 minutes and try again, or ask for a new password.",
    account_not_made: "No account can be made with this address: sign in if you have one already, or choose another address.",
    sign_in_first: "This page is for people with an account: sign in first.",
    role_missing: "Your role does not open this page: ask the administrator.",
    internal: "Something failed on our side. If it happens again, tell us the number of the request.",
    concept_prompt: |term| {
        format!(
            "<p>What is <strong>{term}</strong>? Explain in your own words and give an example.</p>"
        )
    },
    pitfall_prompt: |name| {
        format!(
            "<p>A common pitfall: <strong>{name}</strong>. What does it lead to, and how is it avoided?</p>"
        )
    },
    choice_right: "Right:",
    choice_wrong: "Wrong:",
};
