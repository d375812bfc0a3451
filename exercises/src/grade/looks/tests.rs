use super::*;
use crate::failure::TimeLimit;

/// A process whose eight blocks show these speed-ups.
fn process(speedups: [f64; 8]) -> Measured {
    let block = |speedup: f64| Times {
        before_ns: vec![1_000.0, 1_000.0],
        after_ns: vec![1_000.0 / speedup, 9_000.0],
    };
    Measured {
        calls_per_sample: 3,
        blocks: speedups.map(block).to_vec(),
        singles: None,
    }
}

fn steady(speedup: f64) -> Measured {
    process([speedup; 8])
}

/// How many processes measure, and what is said then, for processes that come in this order.
fn looks(target: f64, processes: Vec<Measured>) -> String {
    let mut left = processes.into_iter();
    let mut count = 0;
    let mut one_process = |_: Option<&Measured>| {
        let next = left.next();
        count += usize::from(next.is_some());
        Ok(next.map(Ok))
    };
    let measurement = take_looks(target, &mut one_process)
        .expect("no failure of ours")
        .unwrap_or_else(|failure| panic!("no failure of the solution: {failure:?}"));
    let report = measurement.report(target, Language::Rust);
    let interval = report
        .interval
        .map(|[low, high]| format!("{low:.2}–{high:.2}"));
    format!(
        "{count}: {:?} {interval:?} passed {}",
        report.verdict, report.passed
    )
}

#[test]
fn a_win_far_above_the_target_needs_one_process() {
    insta::assert_snapshot!(looks(2.0, vec![steady(4.0); 6]), @r#"1: Faster Some("4.00–4.00") passed true"#);
}

#[test]
fn a_loss_far_below_needs_one_process_too() {
    insta::assert_snapshot!(looks(2.0, vec![steady(0.5); 6]), @r#"1: Slower Some("0.50–0.50") passed false"#);
}

#[test]
fn near_the_target_or_near_one_there_are_three() {
    insta::assert_snapshot!(looks(2.0, vec![steady(2.05); 6]), @r#"3: Faster Some("2.05–2.05") passed true"#);
    insta::assert_snapshot!(looks(2.0, vec![steady(1.3); 6]), @r#"3: Faster Some("1.30–1.30") passed false"#);
    insta::assert_snapshot!(looks(2.0, vec![steady(1.0); 6]), @r#"3: Same Some("1.00–1.00") passed false"#);
}

#[test]
fn what_three_processes_leave_open_is_looked_at_once_more_and_no_further() {
    let torn = process([0.97, 0.98, 0.99, 1.0, 1.02, 1.04, 1.05, 1.06]);
    insta::assert_snapshot!(looks(2.0, vec![torn; 9]), @r#"6: Inconclusive Some("0.99–1.04") passed false"#);
}

#[test]
fn processes_that_disagree_do_not_pass_a_target_between_them() {
    let mixed = [2.2, 2.2, 1.9, 2.2, 2.2, 2.2].map(steady);
    insta::assert_snapshot!(looks(2.1, mixed.to_vec()), @r#"6: Faster Some("1.90–2.20") passed false"#);
}

#[test]
fn when_time_runs_out_the_last_look_stands() {
    insta::assert_snapshot!(looks(2.0, vec![steady(1.3); 2]), @r#"2: Faster Some("1.30–1.30") passed false"#);
    insta::assert_snapshot!(looks(2.0, Vec::new()), @"0: Inconclusive None passed false");
}

#[test]
fn a_solution_that_fails_while_it_is_timed_is_told_so() {
    let mut fails = |_: Option<&Measured>| {
        Ok(Some(Err(Failure::TimeLimit {
            limit: TimeLimit::Batch {
                milliseconds: 1_000,
            },
        })))
    };
    let failure = take_looks(2.0, &mut fails)
        .expect("no failure of ours")
        .err();
    assert_eq!(
        failure.map(|failure| failure.verdict()),
        Some(Verdict::TimeLimit)
    );
}
