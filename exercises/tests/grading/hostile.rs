//! Submissions that try to harm: what each is answered, that the next honest one passes, and that nothing is left.
//!
//! The numbers are those of the list of hostile inputs that the judge has to survive (issue 3). Measured ones belong to
//! `latency-lab campaign`, those about jobs to the server.

use std::path::Path;
use std::sync::{LazyLock, PoisonError};

use exercises::{Exercise, Language, Verdict};

use super::{GRADER, GRADING, MEMOIZE, body, grader, scratch};

mod cheating;
mod compiling;
mod escaping;
mod in_c;
mod modules;
mod running;
mod traces;

use traces::Traces;

/// An exercise whose timed call is so short that a sample has many.
static BRIEF: LazyLock<Exercise> = LazyLock::new(|| {
    let mut exercise = MEMOIZE.clone();
    exercise.inputs.measured_size = 20;
    exercise
});

/// A hostile submission, and what is expected of it.
struct Attack {
    what: &'static str,
    source: Vec<u8>,
    /// The verdict's word and the beginning of its message, or what of it is the same everywhere, in pieces that `…`
    /// stands between.
    answer: &'static str,
}

impl Attack {
    fn new(what: &'static str, source: impl Into<Vec<u8>>, answer: &'static str) -> Attack {
        Attack {
            what,
            source: source.into(),
            answer,
        }
    }

    /// An attack from inside the exercise's function.
    fn inside(what: &'static str, code: &str, answer: &'static str) -> Attack {
        Attack::new(what, body(code), answer)
    }

    fn is_answered_with(&self, told: &str) -> bool {
        let mut rest = told;
        let mut pieces = self.answer.split('…');
        let first = pieces.next().unwrap_or_default();
        told.starts_with(first)
            && pieces.all(|piece| match rest.find(piece) {
                Some(at) => {
                    rest = &rest[at + piece.len()..];
                    true
                }
                None => false,
            })
    }
}

/// Does something hostile alone, and proves that it leaves nothing and that the next honest job passes.
fn survive<T>(what: &str, attack: impl FnOnce() -> T) -> T {
    survive_before(what, attack, || {
        let reference = &BRIEF.programs[&Language::Rust].reference;
        let honest = GRADER
            .run_examples(&BRIEF, Language::Rust, reference.as_bytes())
            .unwrap_or_else(|error| panic!("after {what}: {error}"));
        assert!(
            honest.verdict.is_none() && honest.examples.iter().all(|example| example.passed),
            "after {what}: {honest:?}"
        );
    })
}

/// The same with an honest job of another kind.
fn survive_before<T>(what: &str, attack: impl FnOnce() -> T, honest: impl FnOnce()) -> T {
    let _alone = GRADING.write().unwrap_or_else(PoisonError::into_inner);
    let before = Traces::find();
    let result = attack();
    let left = Traces::find().beyond(&before);
    assert_eq!(left, Traces::default(), "{what} left something behind");
    honest();
    result
}

/// Grades each, and names those that were answered otherwise. In the end an honest submission is measured and passes.
fn survive_all(attacks: impl IntoIterator<Item = Attack>) {
    survive_all_in(Language::Rust, attacks);
}

/// The same with sources in another language.
fn survive_all_in(language: Language, attacks: impl IntoIterator<Item = Attack>) {
    let mut wrong = Vec::new();
    for attack in attacks {
        let graded = survive(attack.what, || {
            GRADER.grade(&BRIEF, language, &attack.source, &mut |_| {})
        });
        let told = match graded {
            Ok(report) if report.passed => "passed".to_owned(),
            Ok(report) => {
                format!(
                    "{}: {}",
                    report.verdict.word(),
                    report.message.unwrap_or_default()
                )
            }
            Err(error) => format!("our fault: {error}"),
        };
        if !attack.is_answered_with(&told) {
            let told: String = told.chars().take(600).collect();
            wrong.push(format!(
                "{}\n  expected {}\n  got {told}",
                attack.what, attack.answer
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let reference = &BRIEF.programs[&Language::Rust].reference;
    let honest = grader()
        .grade(&BRIEF, Language::Rust, reference.as_bytes(), &mut |_| {})
        .expect("the machine and the exercise work");
    assert_eq!(
        (honest.verdict, honest.passed),
        (Verdict::Faster, true),
        "{honest:#?}"
    );
}

/// The exercise's honest answer after something else.
fn honest_after(first: &str) -> String {
    format!(
        "fn cost(key: u32) -> u64 {{
    let mut cost = u64::from(key) + 1;
    for step in 0..1_000 {{
        cost ^= cost << 13;
        cost ^= cost >> 7;
        cost ^= cost << 17;
        cost = cost.wrapping_add(step);
    }}
    cost
}}
{}",
        body(&format!("{first} queries.into_iter().map(cost).collect()"))
    )
}
