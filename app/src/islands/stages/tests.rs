use super::*;
use crate::text::Language;

fn english(stage: Stage, ahead: Option<u32>) -> String {
    stages_html(Progress { stage, ahead }, IslandText::of(Language::English))
}

#[test]
fn stages_behind_and_the_current_one_are_marked() {
    insta::assert_snapshot!(
        english(Stage::Checking, None),
        @r#"<ol class="stages"><li class="stage passed">Queued</li><li class="stage passed">Compiling</li><li class="stage current" aria-current="step">Checking the answers…</li><li class="stage">Measuring</li></ol>"#
    );
}

#[test]
fn a_queued_submission_says_how_many_are_ahead() {
    let html = english(Stage::Queued, Some(1));
    assert!(html.contains("Queued (1\u{a0}solution ahead)"), "{html}");
    assert!(!english(Stage::Queued, Some(0)).contains("ahead"));
}

#[test]
fn how_many_were_ahead_no_longer_matters_once_it_is_graded() {
    assert!(!english(Stage::Compiling, Some(3)).contains("ahead"));
}

#[test]
fn a_submission_that_was_lost_is_apologised_for() {
    let html = english(Stage::NotGraded, None);
    assert!(html.contains("the fault is ours"), "{html}");
}
