//! Spans of virtual time as an author writes them: `2 ms`, `150 us`, `1.5 s`.

use serde::{Deserialize, Serialize};

/// A span of virtual time, or a moment of it counted from a world's beginning, in nanoseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Span(pub u64);

/// The units, with the nanoseconds that each has.
const UNITS: [(&str, u64); 4] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
];

/// The longest span that an author can write: no component takes longer, and sums stay far from what 64 bits hold.
const LONGEST_NS: u64 = 600_000_000_000;

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        read(&text).ok_or_else(|| {
            format!("`{text}` is not a time up to 600 s: write it like `2 ms`, `150 us` or `1.5 s`")
        })
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        format!("{} ns", span.0)
    }
}

/// Reads whole and decimal fractions exactly, without floating point.
fn read(text: &str) -> Option<Span> {
    let (number, unit) = text.split_once(' ')?;
    let (_, unit_ns) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 9 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let tenths = 10_u64.pow(fraction.len() as u32);
    let parts: u64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let parts_ns = parts.checked_mul(unit_ns)?;
    if !parts_ns.is_multiple_of(tenths) {
        return None;
    }
    let span_ns = whole.checked_mul(unit_ns)?.checked_add(parts_ns / tenths)?;
    (span_ns <= LONGEST_NS).then_some(Span(span_ns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_exactly_and_written_so_that_they_can_be_read_again() {
        let span = |text: &str| Span::try_from(text.to_owned()).map(|span| span.0);
        assert_eq!(span("2 ms"), Ok(2_000_000));
        assert_eq!(span("1.5 s"), Ok(1_500_000_000));
        assert_eq!(span("0.25 us"), Ok(250));
        assert_eq!(span(&String::from(Span(1_234_567))), Ok(1_234_567));
    }

    #[test]
    fn what_is_no_time_is_refused_with_an_example_of_one() {
        for text in [
            "", "2", "2ms", "-1 ms", "2 min", "0.1 ns", "601 s", "1e3 ms", ".5 s",
        ] {
            let refused = Span::try_from(text.to_owned());
            assert!(
                refused.as_ref().is_err_and(|said| said.contains("`2 ms`")),
                "{text}: {refused:?}"
            );
        }
    }
}
