//! Charts of measurements, drawn as SVG text.
//!
//! 1. [`Scale`] places values on a logarithmic axis, on which equal factors are equal distances.
//! 2. [`interval_svg`] shows a speed-up with its interval against 1×, the target and the prediction.
//! 3. [`distribution_svg`] shows the latencies before and after as two histograms back to back.
//! 4. [`attempts_svg`] shows the speed-ups of one attempt after the other.
//! 5. [`columns_svg`], [`share_svg`] and [`calibration_svg`] show a learner's progress.
//!
//! Colours come from the style sheet, by class.

mod attempts;
mod columns;

use std::fmt::Write;

use crate::{
    pages::text::Text,
    text::{Language, format},
};

pub(crate) use attempts::{AttemptMarks, attempts_svg};
pub(crate) use columns::{calibration_svg, columns_svg, share_svg};

const WIDTH: u32 = 440;
const LEFT: u32 = 12;
const RIGHT: u32 = 428;
const BIN_COUNT: usize = 52;

/// A logarithmic axis.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// The axis that holds all the values, with a margin on both sides; nothing for no positive values.
    fn around(values: impl Iterator<Item = f64> + Clone, margin: f64) -> Option<Scale> {
        let usable = values.filter(|value| value.is_finite() && *value > 0.0);
        let low = usable.clone().fold(f64::INFINITY, f64::min);
        let high = usable.fold(0.0, f64::max);
        (high > 0.0).then(|| Scale {
            low: (low / margin).ln(),
            high: (high * margin).ln(),
        })
    }

    /// Where on the axis the value lies, from 0 to 1.
    fn fraction(&self, value: f64) -> f64 {
        ((value.ln() - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn x(&self, value: f64) -> Tenths {
        Tenths(f64::from(LEFT) + self.fraction(value) * f64::from(RIGHT - LEFT))
    }

    /// Round values on the axis: 1, 2 and 5 times powers of ten, thinned until they have room for their labels.
    fn ticks(&self) -> Vec<f64> {
        let first = (self.low / std::f64::consts::LN_10).floor() as i32;
        let last = (self.high / std::f64::consts::LN_10).ceil() as i32;
        let within = |steps: &[f64]| -> Vec<f64> {
            (first..=last)
                .flat_map(|decade| steps.iter().map(move |step| step * 10_f64.powi(decade)))
                .filter(|tick| tick.ln() >= self.low && tick.ln() <= self.high)
                .collect()
        };
        [
            &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0][..],
            &[1.0, 2.0, 5.0],
            &[1.0],
        ]
        .into_iter()
        .map(within)
        .find(|ticks| ticks.len() <= 6)
        .unwrap_or_default()
    }
}

/// A coordinate from 0 on, written with one decimal place.
#[derive(Clone, Copy)]
struct Tenths(f64);

impl std::fmt::Display for Tenths {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        write!(formatter, "{}.{}", tenths / 10, tenths % 10)
    }
}

/// What the chart of a speed-up shows.
pub(crate) struct SpeedupMarks {
    /// The measured speed-up.
    pub(crate) speedup: f64,
    /// Its interval.
    pub(crate) interval: [f64; 2],
    /// The speed-up to reach.
    pub(crate) target: f64,
    /// What the learner expected.
    pub(crate) predicted: Option<f64>,
}

/// A speed-up and its interval on an axis with 1×, the target and the prediction.
pub(crate) fn interval_svg(marks: &SpeedupMarks, language: Language) -> Option<String> {
    let text = &Text::of(language).verdict;
    let [low, high] = marks.interval;
    let values = [1.0, marks.target, marks.speedup, low, high]
        .into_iter()
        .chain(marks.predicted);
    let scale = Scale::around(values, 1.25)?;
    let mut svg = opening(
        92,
        &format!(
            "{} {}, {} {}–{}, {} {}",
            text.speedup,
            format::speedup(marks.speedup, language),
            text.interval,
            format::decimal(low, 2, language),
            format::speedup(high, language),
            text.target,
            format::speedup(marks.target, language),
        ),
    );
    ticks(&mut svg, &scale, 64, |value| {
        format::speedup(value, language)
    });
    let target_x = scale.x(marks.target);
    _ = write!(
        svg,
        r#"<path class="zone" d="M{target_x} 20V64H{RIGHT}V20Z"/><path class="mark-one" d="M{one} 20V64"/><path class="mark-target" d="M{target_x} 14V64"/>"#,
        one = scale.x(1.0),
    );
    label(
        &mut svg,
        &scale,
        marks.target,
        11,
        "label-target",
        text.target,
    );
    if let Some(predicted) = marks.predicted {
        _ = write!(
            svg,
            r#"<path class="mark-predicted" d="M{} 50l5 9h-10z"/>"#,
            scale.x(predicted)
        );
    }
    _ = write!(
        svg,
        r#"<path class="whisker" d="M{x1} 40H{x2}M{x1} 33v14M{x2} 33v14"/><circle class="point" cx="{x}" cy="40" r="5"/></svg>"#,
        x1 = scale.x(low),
        x2 = scale.x(high),
        x = scale.x(marks.speedup),
    );
    Some(svg)
}

/// Samples of one side and the median that the report gives for it, in nanoseconds.
pub(crate) struct Latencies<'a> {
    /// The samples.
    pub(crate) samples_ns: &'a [f64],
    /// Half of the calls took at most this long.
    pub(crate) p50_ns: f64,
}

/// The latencies before and after: two histograms back to back over one axis.
pub(crate) fn distribution_svg(
    before: &Latencies,
    after: &Latencies,
    language: Language,
) -> Option<String> {
    if before.samples_ns.is_empty() || after.samples_ns.is_empty() {
        return None;
    }
    let text = &Text::of(language).verdict;
    let scale = Scale::around(
        before.samples_ns.iter().chain(after.samples_ns).copied(),
        1.05,
    )?;
    let (before_bins, after_bins) = (
        bins(before.samples_ns, &scale),
        bins(after.samples_ns, &scale),
    );
    let tallest = before_bins
        .iter()
        .chain(&after_bins)
        .copied()
        .fold(0.0, f64::max);
    let mut svg = opening(
        212,
        &format!(
            "{}: {} {}, {} {}",
            text.chart,
            text.before,
            format::duration(before.p50_ns, language),
            text.after,
            format::duration(after.p50_ns, language),
        ),
    );
    ticks(&mut svg, &scale, 184, |value| {
        format::duration(value, language)
    });
    bars(&mut svg, "bars-before", &before_bins, 97, -74.0 / tallest);
    bars(&mut svg, "bars-after", &after_bins, 99, 74.0 / tallest);
    _ = write!(svg, r#"<path class="axis" d="M{LEFT} 98H{RIGHT}"/>"#);
    for (side, class, from, name, label_y) in [
        (before, "before", "98V18", text.before, 13),
        (after, "after", "98V178", text.after, 180),
    ] {
        let middle = side.p50_ns;
        _ = write!(
            svg,
            r#"<path class="median-{class}" d="M{} {from}"/>"#,
            scale.x(middle)
        );
        let words = format!("{name} · p50 {}", format::duration(middle, language));
        label(
            &mut svg,
            &scale,
            middle,
            label_y,
            &format!("label-{class}"),
            &words,
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn opening(height: u32, title: &str) -> String {
    format!(r#"<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">"#)
}

fn ticks(svg: &mut String, scale: &Scale, y: u32, words: impl Fn(f64) -> String) {
    for tick in scale.ticks() {
        _ = write!(svg, r#"<path class="grid" d="M{} 18V{y}"/>"#, scale.x(tick));
        label(svg, scale, tick, y + 20, "label", &words(tick));
    }
}

/// Words centred at a value, or pushed inwards near an end of the axis.
fn label(svg: &mut String, scale: &Scale, value: f64, y: u32, class: &str, words: &str) {
    let anchor = match scale.fraction(value) {
        fraction if fraction < 0.2 => "start",
        fraction if fraction > 0.8 => "end",
        _ => "middle",
    };
    let x = scale.x(value);
    _ = write!(
        svg,
        r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>"#
    );
}

/// The share of the samples in each of [`BIN_COUNT`] bins of equal width on the axis.
fn bins(samples: &[f64], scale: &Scale) -> [f64; BIN_COUNT] {
    let mut counts = [0.0; BIN_COUNT];
    for sample in samples {
        let bin = (scale.fraction(*sample) * BIN_COUNT as f64) as usize;
        counts[bin.min(BIN_COUNT - 1)] += 1.0 / samples.len() as f64;
    }
    counts
}

fn bars(svg: &mut String, class: &str, shares: &[f64; BIN_COUNT], base: u32, height_of_one: f64) {
    let width = f64::from(RIGHT - LEFT) / BIN_COUNT as f64;
    _ = write!(svg, r#"<path class="{class}" d=""#);
    for (index, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        let x = Tenths(f64::from(LEFT) + index as f64 * width + 0.5);
        let top = Tenths(f64::from(base) + share * height_of_one);
        _ = write!(svg, "M{x} {base}V{top}h{}V{base}z", Tenths(width - 1.0));
    }
    svg.push_str(r#""/>"#);
}

#[cfg(test)]
mod tests;
