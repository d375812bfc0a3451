//! How good an expectation was.

use std::cmp::Ordering;

/// How far an expectation may be from the result: intervals are so narrow that nobody would ever be right within one.
const TOLERANCE: f64 = 1.1;

/// Where the result of a measurement, the interval of the speed-up, lies beside what was expected: below it, near it or
/// above it.
pub(super) fn compare_with(predicted_speedup: f64, [low, high]: [f64; 2]) -> Ordering {
    if low > predicted_speedup * TOLERANCE {
        Ordering::Greater
    } else if high < predicted_speedup / TOLERANCE {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expectation_within_a_tenth_of_the_result_holds() {
        assert_eq!(compare_with(2.0, [2.15, 2.18]), Ordering::Equal);
        assert_eq!(compare_with(2.0, [2.25, 2.3]), Ordering::Greater);
        assert_eq!(compare_with(2.0, [1.83, 1.85]), Ordering::Equal);
        assert_eq!(compare_with(2.0, [1.5, 1.6]), Ordering::Less);
        assert_eq!(compare_with(2.0, [0.9, 3.0]), Ordering::Equal);
    }
}
