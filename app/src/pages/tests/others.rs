use super::builders::{
    catalog_view, exercise_view, report, review_view, shell, submission_view, target,
};
use crate::{
    api::Stage,
    pages::{
        catalog::{self, CatalogView},
        error::{self, ErrorView},
        exercise, review, submission,
        text::Text,
    },
    text::Language,
};

/// The contract's eleven words.
const VERDICTS: [&str; 11] = [
    "faster",
    "slower",
    "same",
    "inconclusive",
    "wrong_answer",
    "compile_error",
    "rejected",
    "trap",
    "time_limit",
    "memory_limit",
    "output_limit",
];

#[test]
fn every_verdict_has_words_of_its_own_in_both_languages() {
    for language in Language::ALL {
        let verdict = &Text::of(language).verdict;
        let mut titles: Vec<&str> = VERDICTS
            .map(|word| verdict.words(word, false).title)
            .to_vec();
        titles.push(verdict.words("faster", true).title);
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), VERDICTS.len() + 1, "{language:?}");
    }
}

#[test]
fn a_verdict_shows_the_speed_up_its_interval_and_how_it_compares() {
    let html = submission::render(&shell("/"), submission_view(Stage::Done, Some(report())));
    for text in [
        "Passed",
        "2.41×",
        "99 % interval 2.30 – 2.52×",
        "You expected 3.00×: the speed-up came out smaller.",
        "Your last pass was 2.10×: you have beaten it.",
        "812\u{a0}µs",
        "498\u{a0}µs",
        "1.88\u{a0}MiB",
        "Distribution of latency",
    ] {
        assert!(html.contains(text), "{text} is missing");
    }
}

#[test]
fn what_was_not_measured_is_left_out() {
    let mut wrong = report();
    wrong.verdict = "wrong_answer".into();
    wrong.passed = false;
    wrong.message = Some("expected 1 < 2".into());
    (wrong.speedup, wrong.interval, wrong.before, wrong.after) = (None, None, None, None);
    (wrong.fuel_before, wrong.fuel_after, wrong.peak_memory_bytes) = (None, None, None);
    (wrong.module_bytes_before, wrong.module_bytes_after) = (None, None);
    let html = submission::render(&shell("/"), submission_view(Stage::Done, Some(wrong)));
    assert!(html.contains("Wrong answer") && html.contains("expected 1 &lt; 2"));
    assert!(!html.contains("<table") && !html.contains("<svg class=\"chart\""));
}

#[test]
fn a_submission_under_way_is_looked_at_again_and_needs_no_script() {
    let html = submission::render(&shell("/"), submission_view(Stage::Checking, None));
    assert!(html.contains(r#"<meta http-equiv="refresh" content="2">"#));
    assert!(!html.contains("<script"));
    assert!(html.contains(r#"<li class="stage current" aria-current="step">Checking the answers"#));
}

#[test]
fn a_submission_that_we_lost_is_not_held_against_the_learner_nor_waited_for() {
    let html = submission::render(&shell("/"), submission_view(Stage::NotGraded, None));
    assert!(html.contains("does not count against you"));
    assert!(!html.contains("http-equiv"));
}

#[test]
fn an_exercise_is_a_form_that_works_without_scripts() {
    let html = exercise::render(&shell("/exercises/memoize"), exercise_view());
    assert!(html.contains(r#"method="post" action="/en/exercises/memoize/submissions""#));
    assert!(html.contains(r#"name="id" value="submission-uuid""#));
    assert!(
        html.contains("pub fn answer() -&gt; bool { 1 &lt; 2 }</textarea>"),
        "{html}"
    );
    assert!(html.contains("≥ 2.00×") && html.contains("64.0\u{a0}MiB"));
    let earlier = target(&html, "24 November, 10:12");
    assert_eq!(earlier, "/en/exercises/memoize/submissions/earlier-uuid");
}

#[test]
fn an_exercise_that_takes_no_submissions_says_why() {
    let mut view = exercise_view();
    view.refused = Some("bubblewrap is missing.".into());
    let html = exercise::render(&shell("/exercises/memoize"), view);
    assert!(html.contains("Solutions are not accepted at the moment. bubblewrap is missing."));
    let (before, _) = html
        .split_once("Submit for grading")
        .expect("the button to submit");
    let (_, tag) = before.rsplit_once("<button").expect("a button begins");
    assert!(tag.contains("disabled"), "{tag}");
}

#[test]
fn a_draft_cannot_leave_its_field() {
    let mut view = exercise_view();
    view.draft = "</textarea><script src=//evil>".into();
    let html = exercise::render(&shell("/exercises/memoize"), view);
    assert!(html.contains("&lt;/textarea&gt;&lt;script src=//evil&gt;</textarea>"));
}

#[test]
fn the_review_shows_one_question_and_how_many_are_due() {
    let html = review::render(&shell("/review"), review_view(true));
    assert!(html.contains("1\u{a0}question due"));
    assert!(html.contains(r#"action="/en/review/answers""#));
    assert!(html.contains(r#"<a href="/en/lessons/22#quiz">22 · Latency</a>"#));
    assert!(html.contains(r#"id="next" href="/en/review""#));
}

#[test]
fn a_review_with_nothing_due_says_when_the_next_is_and_leads_to_the_lessons() {
    let html = review::render(&shell("/review"), review_view(false));
    assert!(html.contains("Done for today") && html.contains("1\u{a0}question reviewed today"));
    assert!(html.contains("The next review is on 27\u{a0}November\u{a0}2026"));
    assert_eq!(target(&html, "To the lessons"), "/en/");
}

#[test]
fn a_page_that_does_not_exist_leads_back_to_the_course() {
    let html = error::render(&shell("/nowhere"), ErrorView::NotFound);
    assert_eq!(target(&html, "To the course"), "/en/");
}

#[test]
fn a_lesson_in_the_other_language_only_is_linked() {
    let html = error::render(&shell("/lessons/22"), ErrorView::OtherLanguageOnly);
    assert_eq!(target(&html, "Read it in Bulgarian"), "/bg/lessons/22");
}

#[test]
fn a_failure_of_ours_shows_the_request_and_nothing_else() {
    let view = ErrorView::Internal {
        request_id: "0192f1c2".into(),
    };
    let html = error::render(&shell("/lessons/22"), view);
    assert!(html.contains("<code>0192f1c2</code>"));
}

#[test]
fn hints_wait_to_be_opened_and_the_debrief_waits_for_a_pass() {
    let mut view = exercise_view();
    let before = exercise::render(&shell("/exercises/memoize"), view.clone());
    assert!(before.contains(r#"<details class="hint"><summary>Hint 1</summary>"#));
    assert!(!before.contains("After passing"));
    view.debrief_html = Some("<p>Most of the time was there.</p>".into());
    let after = exercise::render(&shell("/exercises/memoize"), view);
    assert!(after.contains("After passing") && after.contains("Most of the time was there."));
}

#[test]
fn stars_are_seen_and_said() {
    let html = exercise::render(&shell("/exercises/memoize"), exercise_view());
    assert!(html.contains(r#"aria-label="2 of 3 stars""#) && html.contains("★★☆"));
}

#[test]
fn the_catalogue_shows_exercises_by_step_with_target_stars_and_standing() {
    let html = catalog::render(&shell("/exercises"), catalog_view());
    assert!(html.contains(r#"<a href="/en/lessons/22">22 · Latency</a>"#));
    assert!(html.contains("4. Optimise") && html.contains("★★☆"));
    let empty = catalog::render(
        &shell("/exercises"),
        CatalogView {
            lessons: Vec::new(),
        },
    );
    assert!(empty.contains("This installation has no exercises."));
}
