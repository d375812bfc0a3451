use super::*;
use crate::pages::tests::builders::report;

/// A report with this verdict, and this share of the starter's instructions.
fn told(verdict: &str, work: f64) -> Report {
    Report {
        verdict: verdict.into(),
        fuel_before: Some(1_000),
        fuel_after: Some((1_000.0 * work) as u64),
        ..report()
    }
}

#[test]
fn the_four_quadrants_have_four_explanations() {
    let explained = |verdict, work| {
        let explanation = explanation(&told(verdict, work), Language::English);
        explanation.and_then(|sentence| sentence.split(':').next())
    };
    assert_eq!(explained("faster", 0.4), Some("Less work"));
    assert_eq!(explained("faster", 1.0), Some("Same work, better locality"));
    assert_eq!(
        explained("same", 0.8),
        Some("Fewer instructions off the critical path")
    );
    assert_eq!(explained("faster", 1.5), Some("More but cheaper work"));
    assert_eq!(explained("same", 1.0), None);
    assert_eq!(explained("wrong_answer", 0.4), None);
}

#[test]
fn certainty_is_said_in_plain_words() {
    let sentence = |verdict: &str, low: f64, speedup: f64, high: f64| {
        let report = Report {
            speedup: Some(speedup),
            interval: Some([low, high]),
            ..told(verdict, 1.0)
        };
        certainty(&report, Language::English).expect("it was measured")
    };
    insta::assert_snapshot!(sentence("faster", 1.24, 1.27, 1.30), @"1.27× faster; we are 99 % sure that it is between 1.24× and 1.30×.");
    insta::assert_snapshot!(sentence("slower", 0.4, 0.5, 0.8), @"2.00× slower; we are 99 % sure that it is between 1.25× and 2.50×.");
    insta::assert_snapshot!(sentence("same", 0.99, 1.0, 1.01), @"We are 99 % sure that the speed-up is between 0.99× and 1.01×: within the 3 % that we do not tell apart.");
    insta::assert_snapshot!(sentence("inconclusive", 0.98, 1.02, 1.06), @"We are 99 % sure that the speed-up is between 0.98× and 1.06×, and that allows more than one answer.");
}

#[test]
fn equal_code_is_not_explained_by_its_speed() {
    let report = Report {
        identical_code: true,
        ..told("same", 1.0)
    };
    let sentence = certainty(&report, Language::English).expect("there is something to say");
    assert!(
        sentence.contains("nothing that runs was changed"),
        "{sentence}"
    );
}

#[test]
fn where_nothing_was_measured_the_page_says_why() {
    let sentence = |verdict: &str| {
        let report = Report {
            speedup: None,
            interval: None,
            ..told(verdict, 1.0)
        };
        certainty(&report, Language::English)
    };
    let undecided = sentence("inconclusive").expect("there is something to say");
    assert!(undecided.contains("nothing was measured"), "{undecided}");
    assert_eq!(sentence("wrong_answer"), None);
}

#[test]
fn the_distance_to_the_author_is_told_as_far_as_it_is_known() {
    let mut report = Report {
        fuel_reference: Some(500),
        reference_speedup: None,
        ..told("faster", 0.6)
    };
    let distance = |report: &Report| distance(report, Language::English);
    assert_eq!(
        distance(&report).as_deref(),
        Some("The author's solution: Yours executes 1.20× as many instructions.")
    );
    report.reference_speedup = Some(3.0);
    assert_eq!(
        distance(&report).as_deref(),
        Some(
            "The author's solution: It is 3.00× faster than the starter. Yours takes 1.24× its time. Yours executes 1.20× as many instructions."
        )
    );
    (report.fuel_reference, report.reference_speedup) = (None, None);
    assert_eq!(distance(&report), None);
}
