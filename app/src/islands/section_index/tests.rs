use super::*;
use crate::text::Language;

fn entry(questions: u32, rated: u32) -> SectionEntry {
    SectionEntry {
        anchor: "quiz".into(),
        title: "Quiz".into(),
        done: false,
        questions,
        rated,
    }
}

#[test]
fn prose_is_done_once_it_is_read() {
    assert!(!entry(0, 0).is_done(false, 0));
    assert!(entry(0, 0).is_done(true, 0));
}

#[test]
fn a_quiz_is_done_when_every_question_is_rated_however_far_the_reader_scrolled() {
    assert!(!entry(7, 5).is_done(true, 1));
    assert!(entry(7, 5).is_done(false, 2));
}

#[test]
fn a_quiz_counts_the_ratings_given_on_this_page() {
    let text = IslandText::of(Language::English);
    assert_eq!(entry(7, 2).note(false, 1, text), "3/7");
    assert_eq!(entry(7, 6).note(false, 1, text), "done");
}

#[test]
fn a_section_beyond_the_thirty_first_is_never_read_instead_of_overflowing() {
    assert_eq!(bit(40), 0);
}
