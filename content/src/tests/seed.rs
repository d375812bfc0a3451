use std::{fs, path::Path};

use super::author::told;
use crate::{Counts, Surroundings, diagnostic::Severity, find_lessons, lesson::Language, parse};

const SEED: &[u8] = include_bytes!("seed.md");

#[test]
fn the_reference_lesson_loads_without_any_diagnostic() {
    let parsed = parse(
        Path::new("22-performance-and-latency.md"),
        SEED,
        &Surroundings::unknown(),
    );
    insta::assert_debug_snapshot!(parsed.diagnostics, @"[]");
    assert_eq!(parsed.language, Some(Language::Bulgarian));
    let expected = Counts {
        sections: 9,
        prior: 3,
        concepts: 7,
        steps: 5,
        examples: 3,
        pitfalls: 5,
        quiz: 7,
        recap: 7,
        plan: 4,
    };
    assert_eq!(parsed.counts, expected);
    assert!(parsed.lesson.is_some());
}

#[test]
fn every_lesson_of_the_course_can_be_published_without_a_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    for path in find_lessons(&folder)
        .expect("the course's folder can be read")
        .lessons
    {
        let bytes = fs::read(&path).expect("a lesson can be read");
        let mut diagnostics = parse(&path, &bytes, &Surroundings::unknown()).diagnostics;
        diagnostics.retain(|diagnostic| diagnostic.severity > Severity::Hint);
        assert_eq!(told(&diagnostics), "", "{}", path.display());
    }
}
