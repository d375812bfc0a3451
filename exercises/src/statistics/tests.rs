use proptest::prelude::*;

use super::*;

fn coverage(count: u32, rank: u32) -> String {
    format!(
        "{:.2} %",
        100.0 * (1.0 - 2.0 * fair_coins_at_most(rank - 1, count))
    )
}

#[test]
fn the_coverage_of_the_planned_looks_is_as_published() {
    insta::assert_snapshot!(coverage(8, 1), @"99.22 %");
    insta::assert_snapshot!(coverage(32, 8), @"99.79 %");
    insta::assert_snapshot!(coverage(64, 20), @"99.84 %");
    insta::assert_snapshot!(coverage(96, 32), @"99.93 %");
}

#[test]
fn the_rank_is_the_largest_that_keeps_the_promise() {
    assert_eq!(order_statistic_rank(32, 0.006_7), Some(8));
    assert_eq!(order_statistic_rank(64, 0.002_1), Some(20));
    assert_eq!(order_statistic_rank(96, 0.001_2), Some(32));
    assert_eq!(order_statistic_rank(8, 0.008), Some(1));
    assert_eq!(order_statistic_rank(7, 0.008), None);
    assert_eq!(order_statistic_rank(0, 0.5), None);
}

#[test]
fn medians_and_percentiles_of_small_samples() {
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
    assert!(median(&[]).is_nan());
    let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
    assert_eq!(
        (
            percentile(&hundred, 0.5),
            percentile(&hundred, 0.95),
            percentile(&hundred, 0.99)
        ),
        (50.0, 95.0, 99.0)
    );
    assert!(percentile(&[], 0.5).is_nan());
}

#[test]
fn an_interrupted_sample_does_not_move_a_block() {
    assert_eq!(
        block_log_ratio(&[100.0, 900.0], &[5_000.0, 50.0]),
        0.5_f64.ln()
    );
}

#[test]
fn the_interval_covers_a_process_that_was_placed_badly() {
    let quiet = vec![-0.7; 8];
    let placed_badly = vec![-0.5; 8];
    let estimate =
        interval(&[quiet.clone(), quiet, placed_badly], 0.006_7).expect("24 blocks are enough");
    assert_eq!(
        format!(
            "{:.2} {:.2} {:.2}",
            estimate.low, estimate.speedup, estimate.high
        ),
        "1.65 2.01 2.01"
    );
}

#[test]
fn of_twelve_processes_the_two_luckiest_and_the_two_unluckiest_do_not_decide() {
    let mut processes = vec![vec![-0.7; 8]; 12];
    processes[3] = vec![-0.5; 8];
    processes[4] = vec![-0.55; 8];
    let estimate = interval(&processes, 0.002_1).expect("96 blocks are enough");
    assert_eq!(
        format!("{:.2} {:.2}", estimate.low, estimate.high),
        "2.01 2.01"
    );
    processes[7] = vec![-0.6; 8];
    let estimate = interval(&processes, 0.002_1).expect("96 blocks are enough");
    assert_eq!(
        format!("{:.2} {:.2}", estimate.low, estimate.high),
        "1.82 2.01"
    );
}

#[test]
fn too_few_blocks_give_no_interval() {
    assert_eq!(interval(&[vec![0.1; 5]], 0.008), None);
    assert_eq!(interval(&[], 0.008), None);
}

#[test]
fn thinning_keeps_first_values_and_order() {
    assert_eq!(thin(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3), [1.0, 3.0, 5.0]);
    assert_eq!(thin(&[1.0], 3), [1.0]);
}

proptest! {
    #[test]
    fn the_interval_holds_the_speed_up_and_grows_with_certainty(
        processes in prop::collection::vec(prop::collection::vec(-2.0_f64..2.0, 8), 1..6),
    ) {
        let certain = interval(&processes, 0.008).expect("eight blocks are enough");
        prop_assert!(certain.low <= certain.speedup && certain.speedup <= certain.high);
        let less_certain = interval(&processes, 0.2).expect("eight blocks are enough");
        prop_assert!(certain.low <= less_certain.low && less_certain.high <= certain.high);
    }

    #[test]
    fn swapping_before_and_after_inverts_the_speed_up(blocks in prop::collection::vec(-2.0_f64..2.0, 8..40)) {
        let there = interval(std::slice::from_ref(&blocks), 0.008).expect("eight blocks are enough");
        let swapped: Vec<f64> = blocks.iter().map(|ratio| -ratio).collect();
        let back = interval(&[swapped], 0.008).expect("eight blocks are enough");
        prop_assert!((there.low * back.high - 1.0).abs() < 1e-9);
        prop_assert!((there.speedup * back.speedup - 1.0).abs() < 1e-9);
    }
}
