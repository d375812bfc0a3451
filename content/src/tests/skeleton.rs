use std::path::Path;

use crate::{Counts, Surroundings, diagnostic::Severity, lesson::Language, parse, skeleton};

#[test]
fn a_skeleton_is_a_whole_lesson_that_is_published_once_it_is_filled_in() {
    for language in Language::ALL {
        let path = format!("{}/23.md", language.code());
        let written = skeleton(23, language, None);
        let read = |text: &str| parse(Path::new(&path), text.as_bytes(), &Surroundings::unknown());
        let parsed = read(&written);
        assert_eq!((parsed.number, parsed.language), (Some(23), Some(language)));
        assert_eq!(parsed.counts.sections, 9);
        assert!(parsed.is_unfilled);
        assert!(
            parsed
                .diagnostics
                .iter()
                .all(|told| told.severity < Severity::Error)
        );
        assert!(
            parsed
                .diagnostics
                .iter()
                .any(|told| told.code == "unfilled" && told.line == 1)
        );

        let filled = read(&written.replace(['‹', '›'], ""));
        assert!(!filled.is_unfilled);
        assert!(filled.lesson.is_some());
        assert_ne!(filled.counts, Counts::default());
        let warnings: Vec<_> = filled
            .diagnostics
            .iter()
            .filter(|told| told.severity > Severity::Hint)
            .collect();
        assert!(warnings.is_empty(), "{warnings:#?}");
    }
}

#[test]
fn a_skeleton_has_the_title_that_was_given() {
    assert!(skeleton(23, Language::English, Some("Queues")).starts_with("# 23 - Queues\n"));
}
