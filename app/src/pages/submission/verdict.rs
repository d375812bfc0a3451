//! A verdict: the word in plain language, the numbers, the charts, and how it compares with what was expected.

use std::cmp::Ordering;

use leptos::{either::Either, prelude::*};

use super::{
    ProfileView, findings,
    profile::{TypicalTimes, profile as profile_section},
};
use crate::{
    api::Report,
    pages::{
        chart::{Latencies, SpeedupMarks, distribution_svg, interval_svg},
        marks::marks,
        prediction,
        stars::stars,
        text::{Text, VerdictText},
        world::{self, WorldView},
    },
    text::{Language, format},
};

/// How a verdict feels: it colours the panel, never alone.
fn tone(report: &Report) -> &'static str {
    match report.verdict.as_str() {
        _ if report.passed => "verdict passed",
        "faster" | "same" | "inconclusive" => "verdict undecided",
        _ => "verdict failed",
    }
}

/// Everything that the learner is told about a graded submission, whose own page is at `page`.
#[component]
pub(super) fn VerdictPanel(
    language: Language,
    report: Report,
    page: String,
    profile: Option<ProfileView>,
    world: Option<WorldView>,
) -> impl IntoView {
    let text = &Text::of(language).verdict;
    let words = text.words(&report.verdict, report.passed);
    let speedup_chart = match (report.speedup, report.interval) {
        (Some(speedup), Some(interval)) => interval_svg(
            &SpeedupMarks {
                speedup,
                interval,
                target: report.target,
                predicted: report.predicted_speedup,
            },
            language,
        ),
        _ => None,
    };
    let distribution = match (report.before, report.after) {
        (Some(before), Some(after)) => distribution_svg(
            &Latencies {
                samples_ns: &report.samples_before_ns,
                p50_ns: before.p50_ns,
            },
            &Latencies {
                samples_ns: &report.samples_after_ns,
                p50_ns: after.p50_ns,
            },
            language,
        ),
        _ => None,
    };

    let typical_times = report
        .before
        .zip(report.after)
        .map(|(before, after)| TypicalTimes {
            before_ns: before.p50_ns,
            after_ns: after.p50_ns,
        });
    let certainty = findings::certainty(&report, language);
    // What the certainty says already is not said twice.
    let message = report
        .message
        .clone()
        .filter(|_| certainty.is_none())
        .map(|message| view! { <pre class="message" tabindex="0">{message}</pre> });

    view! {
        <section class=tone(&report)>
            <h2 class="verdict-word" id="verdict" tabindex="-1">{words.title}</h2>
            <p class="verdict-meaning">{words.meaning}</p>
            {(report.verdict == "inconclusive").then(|| go_on(&report, &page, language))}
            {message}
            {marks(report.marks.clone())}
            {report.speedup.map(|speedup| speedup_figure(speedup, &report, text, language))}
            {certainty.map(|sentence| view! { <p class="certainty">{sentence}</p> })}
            {speedup_chart.map(|svg| view! { <figure class="chart-frame" inner_html=svg></figure> })}
            <ul class="comparisons">
                {comparisons(&report, text, language)
                    .into_iter()
                    .map(|sentence| view! { <li>{sentence}</li> })
                    .collect_view()}
            </ul>
            {distribution
                .map(|svg| {
                    view! {
                        <figure class="chart-frame">
                            <figcaption>{text.chart}</figcaption>
                            <div inner_html=svg></div>
                        </figure>
                    }
                })}
            {measurements(&report, text, language)}
            {world.map(|view| world::findings(view, language))}
            {profile.map(|view| profile_section(view, &page, typical_times, language))}
        </section>
    }
}

/// What an inconclusive verdict costs, and the button that lets measuring go on where it may.
fn go_on(report: &Report, page: &str, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    if !report.rerun {
        return Either::Left(view! { <p>{text.is_final}</p> });
    }
    let action = format!("{page}/rerun");
    Either::Right(view! {
        <p>{text.may_go_on}</p>
        <form method="post" action=action class="actions">
            <button class="button primary" type="submit">{text.go_on}</button>
        </form>
    })
}

fn speedup_figure(
    speedup: f64,
    report: &Report,
    text: &VerdictText,
    language: Language,
) -> impl IntoView + use<> {
    let interval = report.interval.map(|[low, high]| {
        format!(
            "{} {} – {}",
            text.interval,
            format::decimal(low, 2, language),
            format::speedup(high, language)
        )
    });
    view! {
        <p class="speedup">
            <span class="speedup-label">{text.speedup}</span>
            <strong class="speedup-number">{format::speedup(speedup, language)}</strong>
            <span class="speedup-interval">{interval}</span>
            {report.stars.map(|earned| stars(earned, language))}
        </p>
    }
}

/// What the instructions say, and the result against the author's, the prediction and the learner's own best pass, as
/// sentences.
fn comparisons(report: &Report, text: &VerdictText, language: Language) -> Vec<String> {
    let explanation = findings::explanation(report, language).map(str::to_owned);
    let distance = findings::distance(report, language);
    let mut sentences: Vec<String> = [explanation, distance].into_iter().flatten().collect();
    if let (Some(predicted), Some(interval)) = (report.predicted_speedup, report.interval) {
        let judgement = match prediction::compare_with(predicted, interval) {
            Ordering::Greater => text.faster_than_predicted,
            Ordering::Less => text.slower_than_predicted,
            Ordering::Equal => text.as_predicted,
        };
        sentences.push(format!(
            "▲ {} {}: {judgement}",
            text.predicted,
            format::speedup(predicted, language)
        ));
    }
    if let (Some(best), Some([low, high])) = (report.last_pass_speedup, report.interval) {
        let judgement = match best {
            best if best < low => text.beats_last_pass,
            best if best > high => text.below_last_pass,
            _ => text.near_last_pass,
        };
        sentences.push(format!(
            "{} {}: {judgement}",
            text.last_pass,
            format::speedup(best, language)
        ));
    }
    sentences
}

fn measurements(
    report: &Report,
    text: &VerdictText,
    language: Language,
) -> Option<impl IntoView + use<>> {
    let mut rows = Vec::new();
    if let (Some(before), Some(after)) = (report.before, report.after) {
        for (name, before_ns, after_ns) in [
            ("p50", before.p50_ns, after.p50_ns),
            ("p95", before.p95_ns, after.p95_ns),
            ("p99", before.p99_ns, after.p99_ns),
        ] {
            rows.push((
                name.to_owned(),
                format::duration(before_ns, language),
                format::duration(after_ns, language),
            ));
        }
    }
    if let (Some(before), Some(after)) = (report.fuel_before, report.fuel_after) {
        rows.push((
            text.fuel.to_owned(),
            format::grouped(before),
            format::grouped(after),
        ));
    }
    if let Some(peak) = report.peak_memory_bytes {
        rows.push((
            text.peak_memory.to_owned(),
            "–".to_owned(),
            format::memory(peak, language),
        ));
    }
    if let (Some(before), Some(after)) = (report.module_bytes_before, report.module_bytes_after) {
        rows.push((
            Text::of(language).findings.module_size.to_owned(),
            format::memory(before, language),
            format::memory(after, language),
        ));
    }
    let caption = match report.percentiles.as_deref() {
        Some("batch") => text.per_batch,
        _ => text.per_call,
    };
    (!rows.is_empty()).then(|| {
        view! {
            <table class="measurements">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.measure}</th>
                        <th scope="col">{text.before}</th>
                        <th scope="col">{text.after}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|(name, before, after)| {
                            view! {
                                <tr>
                                    <th scope="row">{name}</th>
                                    <td>{before}</td>
                                    <td>{after}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        }
    })
}
