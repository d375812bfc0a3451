use super::builders::{exercise_summary, finish, lesson_view, revealed, scheduled, shell, target};
use crate::pages::lesson::{LessonView, render};

fn page(view: LessonView) -> String {
    render(&shell("/lessons/22"), view)
}

#[test]
fn no_answer_is_on_the_page_or_in_an_islands_props_before_it_was_given() {
    let html = page(lesson_view());
    assert!(!html.contains("SECRET"), "an answer is given away");
}

#[test]
fn an_answer_that_was_given_stands_beside_the_authors() {
    let mut view = lesson_view();
    view.questions[0].revealed = Some(revealed());
    let html = page(view);
    assert!(html.contains(r#"<div class="given">I think &lt;it&gt; is a share</div>"#));
    assert!(html.contains("A value below which a share lies."));
    assert!(html.contains(r#"name="tick" value="1""#));
    assert!(html.contains(r#"value="kept-uuid""#));
}

#[test]
fn everything_that_the_author_wrote_is_on_the_page() {
    let html = page(lesson_view());
    for text in [
        "What have you measured before?",
        "Latency is a <em>distribution</em>",
        "Percentile",
        "quantile",
        "The value below which a share lies",
        "the tallest of the first half",
        "the tail.",
        "time a call",
        "What is the p99?",
        "A histogram",
        "A picture of samples",
        "They hide the tail.",
        "Measure the tail.",
        "Define the p99.",
        "1\u{a0}minute to read",
        "Topics: latency",
    ] {
        assert!(html.contains(text), "{text} is missing");
    }
}

#[test]
fn every_question_is_a_form_that_works_without_scripts() {
    let html = page(lesson_view());
    assert_eq!(
        html.matches(r#"method="post" action="/en/lessons/22/answers""#)
            .count(),
        3
    );
    for field in [
        r#"name="id" value="answer-uuid-1""#,
        r#"name="item" value="1""#,
        r#"<textarea id="answer-1" name="text""#,
        r#"<input type="radio" name="text" value="1">"#,
        r#"<input id="answer-3" type="text" name="text""#,
    ] {
        assert!(html.contains(field), "{field} is missing");
    }
}

#[test]
fn a_rating_button_names_the_day_of_return_and_only_the_ratings_that_may_be_given_show() {
    let mut view = lesson_view();
    view.questions[0].revealed = Some(revealed());
    let html = page(view);
    let card = html.split(r#"id="q-1""#).nth(1).expect("the first card");
    let easy = card
        .split(r#"value="4""#)
        .nth(1)
        .expect("the button for Easy");
    assert!(card.contains("in 3\u{a0}days"));
    assert!(
        easy.split('>').next().expect("its tag").contains("hidden"),
        "{easy}"
    );
}

#[test]
fn a_rated_question_says_when_it_returns() {
    let mut view = lesson_view();
    view.questions[0].revealed = Some(revealed());
    view.questions[0].scheduled = Some(scheduled());
    let html = page(view);
    assert!(
        html.contains("Good · the question returns in 3\u{a0}days (27\u{a0}November\u{a0}2026)")
    );
}

#[test]
fn a_step_has_buttons_for_the_exercises_that_exist() {
    let html = page(lesson_view());
    assert_eq!(target(&html, "Speed it up"), "/en/exercises/memoize");
    assert!(html.contains("1\u{a0}attempt"));
    assert!(!html.contains("exercises/gone"));
}

#[test]
fn a_passed_exercise_shows_its_best_speed_up() {
    let mut view = lesson_view();
    let mut passed = exercise_summary();
    passed.best_speedup = Some(2.414);
    view.exercises.insert("memoize".into(), passed);
    assert!(page(view).contains("passed, 2.41×"));
}

#[test]
fn the_recap_ends_with_the_button_that_starts_the_plan() {
    let html = page(lesson_view());
    assert!(html.contains(r#"method="post" action="/en/lessons/22/finish""#));
    assert!(html.contains("2\u{a0}weeks"));
    assert!(!html.contains("plan-date"));
}

#[test]
fn a_finished_lesson_shows_the_dates_of_its_plan_instead_of_the_button() {
    let mut view = lesson_view();
    view.finish = Some(finish());
    let html = page(view);
    assert!(!html.contains("/finish\""));
    assert!(html.contains("You finished the lesson on 24\u{a0}November\u{a0}2026"));
    assert!(
        html.contains("25\u{a0}November\u{a0}2026") && html.contains("8\u{a0}December\u{a0}2026")
    );
}

#[test]
fn a_lesson_in_one_language_leads_to_the_course_in_the_other() {
    let mut view = lesson_view();
    view.other_language = false;
    let html = page(view);
    assert_eq!(target(&html, "Български"), "/bg/");
}
