//! What an author's programs may not do, and what they may decide.

use exercises::{Exercise, Language, Verdict, skeleton};

use super::{MEMOIZE, broken, grader};

/// The exercise whose answers need not be equal: costs may be off by one.
fn tolerant(checker: &str) -> Exercise {
    Exercise {
        checker: Some(checker.to_owned()),
        ..MEMOIZE.clone()
    }
}

/// Accepts every answer that differs from the expected one by at most one.
const ROUGHLY: &str = r#"
pub fn check(_: Vec<u32>, expected: Vec<u64>, answer: Vec<u64>) -> (bool, String) {
    if expected.len() != answer.len() {
        return (false, String::new());
    }
    match expected.iter().zip(&answer).position(|(one, other)| one.abs_diff(*other) > 1) {
        Some(place) => (false, format!("[{place}]")),
        None => (true, String::new()),
    }
}
"#;

fn off_by(difference: u64) -> String {
    MEMOIZE.programs[&Language::Rust].reference.replace(
        "or_insert_with(|| route_cost(query))",
        &format!("or_insert_with(|| route_cost(query) ^ {difference})"),
    )
}

#[test]
fn a_checker_accepts_what_is_right_without_being_equal() {
    let exercise = tolerant(ROUGHLY);
    let grade = |source: &str| {
        grader()
            .grade(&exercise, Language::Rust, source.as_bytes(), &mut |_| {})
            .expect("the machine and the exercise work")
    };
    let close = grade(&off_by(1));
    assert!(close.passed, "{close:#?}");
    let far = grade(&off_by(2));
    assert_eq!(far.verdict, Verdict::WrongAnswer);
    let examples = grader()
        .run_examples(&exercise, Language::Rust, off_by(1).as_bytes())
        .expect("the machine and the exercise work");
    assert!(
        examples.examples.iter().all(|example| example.passed),
        "{examples:#?}"
    );
}

#[test]
fn a_generator_that_disagrees_with_itself_is_its_authors_mistake() {
    let counting = broken(|exercise| {
        exercise.generator = r#"
            static mut CALLS: u32 = 0;
            pub fn generate(_: u64, size: u32) -> Vec<u32> {
                unsafe { CALLS += 1; }
                vec![unsafe { CALLS }; size as usize]
            }"#
        .to_owned();
    });
    insta::assert_snapshot!(counting, @"the exercise is broken: the exercise's generator disagrees with itself: it makes two different inputs of the size 1 for one seed. It must depend on seed and size alone");
}

#[test]
fn a_generator_that_loops_is_its_authors_mistake() {
    let looping = broken(|exercise| {
        exercise.generator = "pub fn generate(seed: u64, _: u32) -> Vec<u32> { let mut all = seed; loop { all = std::hint::black_box(all ^ 1); } }".to_owned();
    });
    insta::assert_snapshot!(looping, @"the exercise is broken: the exercise's generator fails: The program takes too long: one call ran more than the 2000 million instructions or so that it may run. Look for a loop that does not end, or for repeated work.");
}

#[test]
fn a_checker_that_traps_or_disagrees_with_itself_is_its_authors_mistake() {
    let different = off_by(1);
    let grade = |checker: &str| {
        grader()
            .grade(
                &tolerant(checker),
                Language::Rust,
                different.as_bytes(),
                &mut |_| {},
            )
            .expect_err("the author made a mistake")
    };
    let trapping =
        "pub fn check(_: Vec<u32>, _: Vec<u64>, _: Vec<u64>) -> (bool, String) { panic!(\"no\") }";
    insta::assert_snapshot!(grade(trapping), @"the exercise is broken: the exercise's checker fails: The program stopped at line 1, column 73: no");
    let counting = r#"
        static mut CALLS: u32 = 0;
        pub fn check(_: Vec<u32>, _: Vec<u64>, _: Vec<u64>) -> (bool, String) {
            unsafe { CALLS += 1; }
            (unsafe { CALLS } % 2 == 0, String::new())
        }"#;
    insta::assert_snapshot!(grade(counting), @"the exercise is broken: the exercise's checker disagrees with itself: it judges one answer in two ways. It must depend on its arguments alone");
    let looping = "pub fn check(_: Vec<u32>, _: Vec<u64>, _: Vec<u64>) -> (bool, String) { let mut on = true; while on { on = std::hint::black_box(true); } (on, String::new()) }";
    insta::assert_snapshot!(grade(looping), @"the exercise is broken: the exercise's checker fails: The program takes too long: one call ran more than the 2000 million instructions or so that it may run. Look for a loop that does not end, or for repeated work.");
}

#[test]
fn a_reference_that_loops_is_never_told_as_the_learners_time_limit() {
    let looping = broken(|exercise| {
        let programs = exercise
            .programs
            .get_mut(&Language::Rust)
            .expect("it is offered in Rust");
        programs.reference = "pub fn answer_all(queries: Vec<u32>) -> Vec<u64> { let mut on = true; while on { on = std::hint::black_box(true); } queries.iter().map(|_| 0).collect() }".to_owned();
    });
    insta::assert_snapshot!(looping, @"the exercise is broken: the exercise's reference fails: The program takes too long: one call ran more than the 2000 million instructions or so that it may run. Look for a loop that does not end, or for repeated work.");
}

#[test]
fn stars_are_earned_by_the_low_end_of_the_interval() {
    let exercise = Exercise {
        stars: [2.0, 2.5, 1_000.0],
        ..MEMOIZE.clone()
    };
    let reference = &MEMOIZE.programs[&Language::Rust].reference;
    let report = grader()
        .grade(&exercise, Language::Rust, reference.as_bytes(), &mut |_| {})
        .expect("the machine and the exercise work");
    assert_eq!(report.stars, Some(2), "{report:#?}");
}

#[test]
fn a_new_exercise_is_what_it_claims_to_be_as_it_stands() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let folder = folder.path().join("new");
    for (name, text) in skeleton::files() {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().expect("a file has a folder"))
            .expect("the folder can be made");
        std::fs::write(file, text.replace(['‹', '›'], "")).expect("the file can be written");
    }
    let exercise =
        exercises::catalog::load_exercise(&folder).expect("it is right once it is filled in");
    let programs = &exercise.programs[&Language::Rust];
    let grade = |source: &str| {
        grader()
            .grade(&exercise, Language::Rust, source.as_bytes(), &mut |_| {})
            .expect("the machine and the exercise work")
    };
    assert_eq!(grade(&programs.reference).stars, Some(3));
    assert!(!grade(&programs.slow["early-exit"]).passed);
    assert_eq!(
        grade(&programs.wrong["neighbours-only"]).verdict,
        Verdict::WrongAnswer
    );
}
