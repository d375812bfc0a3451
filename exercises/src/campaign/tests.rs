use super::*;

#[test]
fn truths_are_read_as_they_are_printed() {
    for text in ["equal", "layout", "gain-5", "gain-3.5", "gain-50"] {
        assert_eq!(
            text.parse::<Truth>().expect("it is a truth").to_string(),
            text
        );
    }
    insta::assert_snapshot!("gain-120".parse::<Truth>().expect_err("it is none"), @"`gain-120` is neither `equal` nor `layout` nor a gain in percent like `gain-3.5`");
}

#[test]
fn a_gain_changes_one_number_and_nothing_else() {
    for kernel in &KERNELS {
        let (before, after) = (kernel.source(), kernel.with_gain(35));
        let changed: Vec<_> = before
            .lines()
            .zip(after.lines())
            .filter(|(before, after)| before != after)
            .collect();
        assert_eq!(
            (changed.len(), before.lines().count()),
            (1, after.lines().count()),
            "{}",
            kernel.name
        );
    }
    let line = |source: String| {
        source
            .lines()
            .find(|line| line.starts_with("static"))
            .map(str::to_owned)
    };
    insta::assert_snapshot!(line(KERNELS[0].with_gain(35)).unwrap_or_default(), @"static REPETITIONS: u32 = 1930;");
}

#[test]
fn layouts_depend_on_seed_and_variant_only() {
    let kernel = &KERNELS[0];
    assert_eq!(kernel.with_layout(1, 7), kernel.with_layout(1, 7));
    assert_ne!(kernel.with_layout(1, 7), kernel.with_layout(1, 8));
    assert_ne!(kernel.with_layout(1, 7), kernel.with_layout(2, 7));
}

fn record(truth: Truth, verdict: Verdict, speedup: f64) -> Record {
    Record {
        method: Method::LatencyLab,
        truth,
        kernel: "sorting".to_owned(),
        busy: false,
        trial: 0,
        verdict,
        speedup: Some(speedup),
        interval: Some([speedup * 0.99, speedup * 1.01]),
        seconds: 1.25,
        stages: Vec::new(),
        log_ratios: vec![vec![-speedup.ln(); 8]; 3],
    }
}

#[test]
fn the_tables_count_what_is_right_for_each_truth() {
    let records = [
        record(Truth::Equal, Verdict::Same, 1.0),
        record(Truth::Equal, Verdict::Faster, 1.05),
        record(Truth::Gain(50), Verdict::Faster, 1.05),
        record(Truth::Gain(20), Verdict::Same, 1.02),
        record(Truth::Gain(20), Verdict::Inconclusive, 1.03),
        record(Truth::Layout, Verdict::Same, 1.0),
        record(Truth::Layout, Verdict::Slower, 0.96),
    ];
    insta::assert_snapshot!(summary::tables(&records), @"
    | truth | busy loop | method | trials | faster | slower | same | inconclusive | right | median time | 90 % of times |
    |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
    | equal | no | Latency Lab | 2 | 1 | 0 | 1 | 0 | 50.0 % | 1.25 s | 1.25 s |
    | layout | no | Latency Lab | 2 | 0 | 1 | 1 | 0 | 50.0 % | 1.25 s | 1.25 s |
    | gain-2 | no | Latency Lab | 2 | 0 | 0 | 1 | 1 | 50.0 % | 1.25 s | 1.25 s |
    | gain-5 | no | Latency Lab | 1 | 1 | 0 | 0 | 0 | 100.0 % | 1.25 s | 1.25 s |

    | layout of | busy loop | variants | faster or slower | smallest speed-up | median | largest | standard deviation |
    |---|---|--:|--:|--:|--:|--:|--:|
    | sorting | no | 2 | 1 | 0.960 | 0.980 | 1.000 | 2.83 % |

    | intervals of equal code | busy loop | gradings | hold the truth | called faster or slower |
    |---|---|--:|--:|--:|
    | measured | no | 2 | 50.0 % | 1 |
    | resampled from the blocks of 6 real processes | no | 2000 | 97.2 % | 56 |
    ");
}

#[test]
fn resampling_equal_code_that_is_measured_as_equal_always_holds_the_truth() {
    let equal = record(Truth::Equal, Verdict::Same, 1.0);
    let coverage = summary::coverage(&[&equal], 50).expect("there are processes");
    assert_eq!(
        (coverage.processes, coverage.hold, coverage.wrong),
        (3, 50, 0)
    );
    let biased = record(Truth::Equal, Verdict::Faster, 1.05);
    let coverage = summary::coverage(&[&biased], 50).expect("there are processes");
    assert_eq!((coverage.hold, coverage.wrong), (0, 50));
    assert_eq!(summary::coverage(&[], 50), None);
}

#[test]
fn welchs_test_finds_a_difference_that_is_large_beside_the_noise() {
    let noisy =
        |middle: f64| -> Vec<f64> { (0..20).map(|index| middle + f64::from(index % 5)).collect() };
    assert_eq!(rivals::welch(&noisy(100.0), &noisy(100.0)), Verdict::Same);
    assert_eq!(rivals::welch(&noisy(100.0), &noisy(97.0)), Verdict::Faster);
    assert_eq!(rivals::welch(&noisy(97.0), &noisy(100.0)), Verdict::Slower);
}

#[test]
fn tangos_rule_wants_a_difference_of_more_than_one_percent() {
    let pairs = |after_ns: u64| -> Vec<Pair> {
        let pair = |index: u64| Pair {
            before_ns: 100_000 + index % 7,
            after_ns: after_ns + index % 5,
            first: crate::samples::Side::Before,
        };
        (0..100).map(pair).collect()
    };
    assert_eq!(rivals::tango(&pairs(99_500)), Verdict::Same);
    assert_eq!(rivals::tango(&pairs(98_000)), Verdict::Faster);
    assert_eq!(rivals::tango(&pairs(102_000)), Verdict::Slower);
}

#[test]
fn the_quantiles_of_students_distribution_are_close_to_the_tables() {
    let tabulated = [(5.0, 2.571), (10.0, 2.228), (30.0, 2.042), (1_000.0, 1.962)];
    for (freedom, quantile) in tabulated {
        let found = rivals::student_quantile(freedom);
        assert!((found - quantile).abs() < 0.004, "{freedom}: {found}");
    }
}
