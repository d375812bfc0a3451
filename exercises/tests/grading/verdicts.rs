//! What the author's own programs get.

use exercises::verdict::Reason;
use exercises::{Language, Stage, Verdict};

use super::{MEMOIZE, broken, grade, grade_telling, grader};

#[test]
fn the_reference_passes_and_every_figure_is_there() {
    let (report, stages) = grade_telling(&MEMOIZE.programs[&Language::Rust].reference);
    assert_eq!(report.verdict, Verdict::Faster, "{report:#?}");
    assert!(report.passed, "{report:#?}");
    assert_eq!(
        stages,
        [Stage::Compiling, Stage::Checking, Stage::Measuring]
    );
    assert_eq!(
        report
            .stages
            .iter()
            .map(|stage| stage.name)
            .collect::<Vec<_>>(),
        stages
    );
    let [low, high] = report.interval.expect("it was measured");
    let speedup = report.speedup.expect("it was measured");
    assert!(
        low >= 1.15 * report.target && low <= speedup && speedup <= high,
        "{low} {speedup} {high}"
    );
    let (before, after) = (
        report.before.expect("it was measured"),
        report.after.expect("it was measured"),
    );
    assert!(
        before.p50_ns > after.p50_ns
            && before.p50_ns <= before.p95_ns
            && before.p95_ns <= before.p99_ns
    );
    assert!(report.fuel_before > report.fuel_after && report.fuel_after > Some(0));
    assert!(report.peak_memory_bytes > Some(0));
    assert_eq!(
        report.fuel_reference, report.fuel_after,
        "it is the reference"
    );
    assert!(
        report.module_bytes_after > report.module_bytes_before,
        "a hash map takes room"
    );
    assert!(
        report.samples_before_ns.len() > 20
            && report.samples_before_ns.len() == report.samples_after_ns.len()
    );
}

#[test]
fn the_starter_is_the_same_without_being_timed() {
    let report = grade(&MEMOIZE.programs[&Language::Rust].starter);
    assert_eq!(
        (report.verdict, report.reason),
        (Verdict::Same, Some(Reason::IdenticalCode))
    );
    assert_eq!(
        (report.passed, report.speedup, report.interval),
        (false, Some(1.0), Some([1.0, 1.0]))
    );
}

#[test]
fn every_wrong_attempt_is_a_wrong_answer() {
    for (what, source) in &MEMOIZE.programs[&Language::Rust].wrong {
        assert_eq!(grade(source).verdict, Verdict::WrongAnswer, "{what}");
    }
}

#[test]
fn every_slow_attempt_is_right_and_misses_the_target() {
    for (what, source) in &MEMOIZE.programs[&Language::Rust].slow {
        let report = grade(source);
        assert!(!report.passed, "{what}: {report:#?}");
        assert!(report.interval.is_some(), "{what}: {report:#?}");
    }
}

#[test]
fn the_visible_examples_show_input_expected_and_got() {
    let wrong = &MEMOIZE.programs[&Language::Rust].wrong["order"];
    let report = grader()
        .run_examples(&MEMOIZE, Language::Rust, wrong.as_bytes())
        .expect("the machine works");
    insta::assert_json_snapshot!(report, @r#"
    {
      "verdict": null,
      "message": null,
      "failure": null,
      "examples": [
        {
          "input": "queries = [7, 7, 9, 7]",
          "expected": "[9071187315763168281, 9071187315763168281, 10365894432605870231, 9071187315763168281]",
          "got": "[9071187315763168281, 9071187315763168281, 9071187315763168281, 10365894432605870231]",
          "passed": false,
          "failure": null
        },
        {
          "input": "queries = [4294967295, 0, 4294967295]",
          "expected": "[6698781584104470401, 15963358767079332155, 6698781584104470401]",
          "got": "[15963358767079332155, 6698781584104470401, 6698781584104470401]",
          "passed": false,
          "failure": null
        }
      ]
    }
    "#);
}

#[test]
fn a_broken_exercise_is_its_authors_mistake() {
    let disagreeing = broken(|exercise| {
        let programs = exercise
            .programs
            .get_mut(&Language::Rust)
            .expect("it is offered in Rust");
        programs.reference = programs.wrong["order"].clone();
    });
    insta::assert_snapshot!(disagreeing, @"the exercise is broken: the reference answers [9071187315763168281, 9071187315763168281, 9071187315763168281, 10365894432605870231] and the starter [9071187315763168281, 9071187315763168281, 10365894432605870231, 9071187315763168281], which differ at `[2]`, for queries = [7, 7, 9, 7]");
    let trapping = broken(|exercise| {
        exercise.generator =
            "pub fn generate(_: u64, _: u32) -> Vec<u32> { panic!(\"no\") }".to_owned()
    });
    insta::assert_snapshot!(trapping, @"the exercise is broken: the exercise's generator fails: The program stopped at line 1, column 47: no");
    let not_compiling = broken(|exercise| exercise.generator = "pub fn generate() {}".to_owned());
    insta::assert_snapshot!(not_compiling, @"the exercise is broken: the generator does not become a program: The exercise's function has other parameters or another result. Write `pub fn generate(seed: u64, size: u32) -> Vec<u32>`.");
}
