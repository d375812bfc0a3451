use std::path::{Path, PathBuf};

use super::author::{Author, told};
use crate::{Parsed, Surroundings, check_together, parse};

#[test]
fn a_question_that_nothing_in_the_lesson_treats_is_pointed_out() {
    let author = Author::new().replaces("What is a hit?", "Who invented brotli?");
    insta::assert_snapshot!(author.is_told(), @"35:1+23 hint question-untaught no passage of the lesson treats what this question asks for, and it has no answer");
    let answered = Author::new().replaces(
        "1. What is a hit?",
        "1. Who invented brotli?\n\n   > Google.\n",
    );
    assert_eq!(answered.is_told(), "");
}

#[test]
fn a_step_with_nothing_to_practise_is_pointed_out() {
    let author = Author::new().replaces("   - Questions: How long? Why?\n", "");
    insta::assert_snapshot!(author.is_told(), @"18:1+14 hint step-unpractised step 1, `Measure`, has neither an exercise nor a question");
    let linked = Author::new().replaces("Questions: How long? Why?", "[Faster](exercise:memoize)");
    assert_eq!(linked.is_told(), "");
}

#[test]
fn a_model_answer_beyond_what_the_lesson_teaches_is_pointed_out() {
    let long = "A hit is found in the cache. ".repeat(40);
    let author = Author::new().replaces(
        "1. What is a hit?",
        &format!("1. What is a hit?\n\n   > {long}\n"),
    );
    assert!(
        author.is_told().contains("hint answer-long"),
        "{}",
        author.is_told()
    );
}

#[test]
fn a_translation_with_less_than_its_original_is_pointed_out() {
    let whole = Author::new();
    let less = Author::new().replaces("2. What is a miss?\n", "");
    let parsed = |path: &str, author: &Author| {
        parse(
            Path::new(path),
            author.text.as_bytes(),
            &Surroundings::unknown(),
        )
    };
    let files: Vec<(PathBuf, Parsed)> = vec![
        ("bg/7.md".into(), parsed("bg/7.md", &whole)),
        ("en/7.md".into(), parsed("en/7.md", &less)),
    ];
    let together: Vec<_> = files
        .iter()
        .map(|(path, parsed)| (path.clone(), parsed))
        .collect();
    let problems = check_together(&together);
    assert_eq!(
        problems.iter().map(|(place, _)| *place).collect::<Vec<_>>(),
        [1]
    );
    let diagnostics: Vec<_> = problems
        .into_iter()
        .map(|(_, diagnostic)| diagnostic)
        .collect();
    insta::assert_snapshot!(told(&diagnostics), @"1:1+1 hint translation-lags the lesson has less in `en` than in `bg`: 1 questions instead of 2");
}
