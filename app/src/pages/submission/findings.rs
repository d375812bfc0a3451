//! What the figures of a verdict mean, as sentences.

use crate::{
    api::Report,
    pages::text::{Text, world::WorldText},
    text::{Language, format},
};

#[cfg(test)]
mod tests;

/// Work that differs by less than this share is called the same, as the same times are.
const SAME_WORK: f64 = 0.03;

/// How sure the verdict is.
pub(super) fn certainty(report: &Report, language: Language) -> Option<String> {
    let text = &Text::of(language).findings;
    let Some(([low, high], speedup)) = report.interval.zip(report.speedup) else {
        let is_undecided = report.verdict == "inconclusive";
        return is_undecided.then(|| text.nothing_measured.to_owned());
    };
    let times = |factor: f64| format::speedup(factor, language);
    Some(match report.verdict.as_str() {
        _ if report.identical_code => text.identical_code.to_owned(),
        _ if low == high => (WorldText::of(language).exactly)(&times(speedup)),
        "faster" => (text.surely_faster)(&times(speedup), &times(low), &times(high)),
        "slower" => {
            (text.surely_slower)(&times(1.0 / speedup), &times(1.0 / high), &times(1.0 / low))
        }
        "same" => (text.surely_same)(&times(low), &times(high)),
        _ => (text.not_sure)(&times(low), &times(high)),
    })
}

/// What the instructions executed say about the time; nothing where they say no more than the time does.
pub(super) fn explanation(report: &Report, language: Language) -> Option<&'static str> {
    let text = &Text::of(language).findings;
    // On a virtual clock instructions are a part of the time, and what the rest is the world shows.
    let is_exact = report.interval.is_some_and(|[low, high]| low == high);
    if report.identical_code || is_exact {
        return None;
    }
    let ratio = report.fuel_after? as f64 / report.fuel_before?.max(1) as f64;
    let (is_less, is_more) = (ratio < 1.0 - SAME_WORK, ratio > 1.0 + SAME_WORK);
    match report.verdict.as_str() {
        "faster" if is_less => Some(text.less_work),
        "faster" if is_more => Some(text.cheaper_work),
        "faster" => Some(text.better_locality),
        "same" if is_less => Some(text.off_the_critical_path),
        "slower" if is_more => Some(text.more_work),
        "slower" => Some(text.costlier_work),
        _ => None,
    }
}

/// How far the author's solution is; nothing where the learner's did not come to an answer.
pub(super) fn distance(report: &Report, language: Language) -> Option<String> {
    let text = &Text::of(language).findings;
    let times = |factor: f64| format::speedup(factor, language);
    if report.fuel_after.is_none() && report.speedup.is_none() {
        return None;
    }
    let speed = report
        .reference_speedup
        .map(|speedup| (text.reference_speedup)(&times(speedup)));
    let time = report
        .reference_speedup
        .zip(report.speedup)
        .map(|(reference, own)| (text.reference_time)(&times(reference / own)));
    let work = report
        .fuel_after
        .zip(report.fuel_reference)
        .map(|(own, reference)| {
            (text.reference_work)(&times(own as f64 / reference.max(1) as f64))
        });
    let sentences: Vec<String> = [speed, time, work].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| format!("{}: {}", text.reference, sentences.join(" ")))
}
