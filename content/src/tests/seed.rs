use std::path::Path;

use crate::{Counts, Surroundings, lesson::Language, parse};

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
