use super::*;

fn latencies(samples_ns: &[f64]) -> Latencies<'_> {
    Latencies {
        samples_ns,
        p50_ns: samples_ns[samples_ns.len() / 2],
    }
}

fn scale(low: f64, high: f64) -> Scale {
    Scale::around([low, high].into_iter(), 1.0).expect("two positive values")
}

#[test]
fn equal_factors_are_equal_distances() {
    let scale = scale(1.0, 16.0);
    let fractions = [1.0, 2.0, 4.0, 8.0, 16.0].map(|value| (scale.fraction(value) * 100.0).round());
    assert_eq!(fractions, [0.0, 25.0, 50.0, 75.0, 100.0]);
}

#[test]
fn ticks_are_round_numbers_with_room_between_them() {
    assert_eq!(scale(0.8, 4.1).ticks(), [1.0, 1.5, 2.0, 3.0]);
    assert_eq!(scale(0.9, 30.0).ticks(), [1.0, 2.0, 5.0, 10.0, 20.0]);
    assert_eq!(scale(150.0, 2.1e5).ticks().len(), 3);
}

#[test]
fn a_chart_without_samples_is_not_drawn() {
    let nothing = Latencies {
        samples_ns: &[],
        p50_ns: 1.0,
    };
    assert_eq!(
        distribution_svg(&nothing, &latencies(&[1.0]), Language::English),
        None
    );
    assert_eq!(
        distribution_svg(
            &latencies(&[0.0]),
            &latencies(&[f64::NAN]),
            Language::English
        ),
        None
    );
}

#[test]
fn every_sample_is_in_some_bar() {
    let samples = [10.0, 20.0, 20.0, 1e9];
    let total: f64 = bins(&samples, &scale(10.0, 1e9)).iter().sum();
    assert_eq!((total * 1000.0).round(), 1000.0);
}

#[test]
fn the_chart_of_a_speedup_says_in_words_what_it_shows() {
    let marks = SpeedupMarks {
        speedup: 2.41,
        interval: [2.3, 2.52],
        target: 2.0,
        predicted: Some(3.0),
    };
    let svg = interval_svg(&marks, Language::English).expect("the marks are positive");
    assert!(
        svg.contains(r#"aria-label="Speed-up 2.41×, 99 % interval 2.30–2.52×, target 2.00×""#),
        "{svg}"
    );
}

#[test]
fn the_chart_of_latencies_names_both_medians() {
    let svg = distribution_svg(
        &latencies(&[900.0, 1000.0, 1100.0]),
        &latencies(&[290.0, 300.0, 310.0]),
        Language::Bulgarian,
    );
    let svg = svg.expect("there are samples");
    assert!(svg.contains("преди · p50 1,00\u{a0}µs"), "{svg}");
    assert!(svg.contains("след · p50 300\u{a0}ns"), "{svg}");
}

#[test]
fn a_chart_has_no_style_attribute_because_the_security_policy_forbids_it() {
    let svg = distribution_svg(
        &latencies(&[900.0]),
        &latencies(&[300.0]),
        Language::English,
    );
    assert!(!svg.expect("there are samples").contains("style"));
}
