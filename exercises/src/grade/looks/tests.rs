use super::*;
use crate::failure::TimeLimit;
use crate::samples::Side;
use crate::samples::tests::{Builder, question};

/// A process whose eight blocks show these speed-ups.
fn process(speedups: [f64; 8]) -> ProcessSamples {
    let pair = |after_ns| Pair {
        before_ns: 1_000_000,
        after_ns,
        first: Side::Before,
    };
    let block = |speedup: f64| {
        vec![
            pair((1_000_000.0 / speedup).round() as u64),
            pair(9_000_000),
        ]
    };
    ProcessSamples {
        calls_per_sample: 3,
        blocks: speedups.map(block).to_vec(),
        single_calls: Vec::new(),
    }
}

fn steady(speedup: f64) -> ProcessSamples {
    process([speedup; 8])
}

/// Samples of processes that come in this order, as many as the looks ask for.
fn measured(
    question: Question,
    earlier: Option<Vec<ProcessSamples>>,
    processes: Vec<ProcessSamples>,
) -> Samples {
    let is_rerun = earlier.is_some();
    let mut left = processes.into_iter();
    let processes = take_looks(&question, earlier, &mut |_| Ok(left.next().map(Ok)))
        .expect("no failure of ours")
        .unwrap_or_else(|failure| panic!("no failure of the solution: {failure:?}"));
    Samples {
        question,
        is_rerun,
        ..Builder::new().processes(processes)
    }
}

/// How many processes measured, and what is said then.
fn told(samples: &Samples) -> String {
    let report = samples.report();
    let interval = report
        .interval
        .map(|[low, high]| format!("{low:.2}–{high:.2}"));
    format!(
        "{}: {:?} {interval:?} passed {}, rerun {}",
        samples.processes.len(),
        report.verdict,
        report.passed,
        report.rerun
    )
}

fn looks(target: f64, processes: Vec<ProcessSamples>) -> String {
    told(&measured(question(target), None, processes))
}

#[test]
fn a_win_far_above_the_target_needs_one_process() {
    insta::assert_snapshot!(looks(2.0, vec![steady(4.0); 12]), @r#"1: Faster Some("4.00–4.00") passed true, rerun false"#);
}

#[test]
fn a_loss_far_below_needs_one_process_too() {
    insta::assert_snapshot!(looks(2.0, vec![steady(0.5); 12]), @r#"1: Slower Some("0.50–0.50") passed false, rerun false"#);
}

#[test]
fn near_the_target_or_near_one_there_are_six() {
    insta::assert_snapshot!(looks(2.0, vec![steady(2.05); 12]), @r#"6: Faster Some("2.05–2.05") passed true, rerun false"#);
    insta::assert_snapshot!(looks(2.0, vec![steady(1.3); 12]), @r#"6: Faster Some("1.30–1.30") passed false, rerun false"#);
    insta::assert_snapshot!(looks(2.0, vec![steady(1.0); 12]), @r#"6: Same Some("1.00–1.00") passed false, rerun false"#);
}

#[test]
fn what_six_processes_leave_open_is_looked_at_once_more_and_no_further() {
    let torn = process([0.97, 0.98, 0.99, 1.0, 1.02, 1.04, 1.05, 1.06]);
    insta::assert_snapshot!(looks(2.0, vec![torn; 16]), @r#"12: Inconclusive Some("0.99–1.04") passed false, rerun true"#);
}

#[test]
fn processes_that_disagree_do_not_pass_a_target_between_them() {
    let mixed = [2.2, 2.2, 1.9, 2.2, 1.9, 2.2, 2.2, 1.9, 2.2, 2.2, 2.2, 2.2].map(steady);
    insta::assert_snapshot!(looks(2.1, mixed.to_vec()), @r#"12: Faster Some("1.90–2.20") passed false, rerun false"#);
}

#[test]
fn when_time_runs_out_the_last_look_stands() {
    insta::assert_snapshot!(looks(2.0, vec![steady(1.3); 2]), @r#"2: Faster Some("1.30–1.30") passed false, rerun false"#);
    insta::assert_snapshot!(looks(2.0, Vec::new()), @"0: Inconclusive None passed false, rerun true");
}

#[test]
fn a_solution_that_fails_while_it_is_timed_is_told_so() {
    let mut fails = |_: Option<&ProcessSamples>| {
        Ok(Some(Err(Failure::TimeLimit {
            limit: TimeLimit::Batch {
                milliseconds: 1_000,
            },
        })))
    };
    let failure = take_looks(&question(2.0), None, &mut fails)
        .expect("no failure of ours")
        .err();
    assert_eq!(
        failure.map(|failure| failure.verdict()),
        Some(Verdict::TimeLimit)
    );
}

#[test]
fn a_star_between_two_and_the_target_is_cleared_as_well_before_one_process_is_enough() {
    let stars = |boundaries: &[f64]| Question {
        boundaries: boundaries.to_vec(),
        ..question(2.0)
    };
    let twelve = || vec![steady(4.0); 12];
    insta::assert_snapshot!(told(&measured(stars(&[3.0, 5.0]), None, twelve())), @r#"1: Faster Some("4.00–4.00") passed true, rerun false"#);
    insta::assert_snapshot!(told(&measured(stars(&[3.9]), None, twelve())), @r#"6: Faster Some("4.00–4.00") passed true, rerun false"#);
}

const TORN: [f64; 8] = [0.97, 0.98, 0.99, 1.0, 1.02, 1.04, 1.05, 1.06];

#[test]
fn an_inconclusive_grading_is_continued_once_on_the_pooled_data() {
    let first = measured(question(2.0), None, vec![process(TORN); 12]);
    assert_eq!(
        told(&first),
        r#"12: Inconclusive Some("0.99–1.04") passed false, rerun true"#
    );
    let again = measured(
        question(2.0),
        Some(first.processes),
        vec![process(TORN); 16],
    );
    insta::assert_snapshot!(told(&again), @r#"16: Inconclusive Some("0.99–1.04") passed false, rerun false"#);
}

#[test]
fn a_rerun_can_settle_what_the_first_twelve_processes_left_open() {
    let wide = process([0.95, 0.96, 0.97, 1.0, 1.0, 1.04, 1.05, 1.06]);
    let first = measured(question(2.0), None, vec![wide; 12]);
    insta::assert_snapshot!(told(&first), @r#"12: Inconclusive Some("0.97–1.04") passed false, rerun true"#);
    let again = measured(question(2.0), Some(first.processes), vec![steady(1.0); 4]);
    insta::assert_snapshot!(told(&again), @r#"16: Same Some("1.00–1.00") passed false, rerun false"#);
}

#[test]
fn a_rerun_goes_on_where_the_time_was_over() {
    let first = measured(question(2.0), None, vec![process(TORN); 2]);
    let again = measured(question(2.0), Some(first.processes), vec![steady(1.0); 4]);
    insta::assert_snapshot!(told(&again), @r#"6: Same Some("1.00–1.01") passed false, rerun false"#);
}

#[test]
fn the_looks_that_decide_near_a_boundary_share_one_percent() {
    let shared: f64 = LOOKS[1..].iter().map(|look| look.alpha).sum();
    assert!((shared - 0.01).abs() < 1e-12, "{shared}");
}
