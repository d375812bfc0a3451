use Language::{Bulgarian, English};

use super::*;

#[test]
fn a_day_has_its_month_in_words() {
    let day = Day("2026-11-07".into());
    assert_eq!(date(&day, Bulgarian), "7\u{a0}ноември\u{a0}2026\u{a0}г.");
    assert_eq!(date(&day, English), "7\u{a0}November\u{a0}2026");
}

#[test]
fn what_is_not_a_day_is_shown_as_it_is() {
    for text in ["", "2026-11", "2026-13-01", "2026-0-01", "soon"] {
        assert_eq!(date(&Day(text.into()), English), text);
    }
}

#[test]
fn days_from_today_are_words_where_there_is_a_word() {
    let english = [0, 1, 2, 30].map(|days| from_today(days, English));
    assert_eq!(
        english,
        ["today", "tomorrow", "in 2\u{a0}days", "in 30\u{a0}days"]
    );
    let bulgarian = [0, 1, 3].map(|days| from_today(days, Bulgarian));
    assert_eq!(bulgarian, ["днес", "утре", "след 3\u{a0}дни"]);
}

#[test]
fn numbers_have_the_decimal_sign_of_the_language() {
    assert_eq!(decimal(2.414, 2, Bulgarian), "2,41");
    assert_eq!(decimal(2.414, 2, English), "2.41");
    assert_eq!(decimal(-0.5, 1, English), "\u{2212}0.5");
}

#[test]
fn rounding_carries_into_the_whole_part_and_never_leaves_a_negative_zero() {
    assert_eq!(decimal(1.999, 2, English), "2.00");
    assert_eq!(decimal(-0.001, 1, English), "0.0");
}

#[test]
fn thousands_are_set_apart() {
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(12_345_678), "12\u{2009}345\u{2009}678");
}

#[test]
fn a_time_is_in_the_unit_that_suits_it_with_three_digits() {
    let times = [0.5, 850.0, 1_240.0, 31_040_000.0, 2.5e9].map(|ns| duration(ns, English));
    assert_eq!(
        times,
        [
            "0.50\u{a0}ns",
            "850\u{a0}ns",
            "1.24\u{a0}µs",
            "31.0\u{a0}ms",
            "2.50\u{a0}s"
        ]
    );
}

#[test]
fn memory_counts_in_powers_of_two() {
    let amounts = [512, 65_536, 67_108_864].map(|bytes| memory(bytes, English));
    assert_eq!(amounts, ["512\u{a0}B", "64.0\u{a0}KiB", "64.0\u{a0}MiB"]);
}
