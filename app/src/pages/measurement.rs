//! How verdicts come about, and how far they can be trusted on this installation.

use leptos::{either::Either, prelude::*};

use super::{Shell, layout, text::Text, to_document};
use crate::{
    api::Day,
    text::{Language, format},
};

/// What the grader's self-checks amount to: it timed programs against themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasurementView {
    /// How many of the latest self-checks are counted.
    pub checks: u32,
    /// How many of them called equal code faster or slower.
    pub false_verdicts: u32,
    /// How many could not decide.
    pub undecided: u32,
    /// The mean of half the widths of their intervals, as a share of the speed-up.
    pub mean_half_width: Option<f64>,
    /// The day of the latest.
    pub latest_on: Option<Day>,
}

/// The page `/bg/measurement`.
pub fn render(shell: &Shell, view: MeasurementView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).measurement;
        let mut frame = layout::Frame::new(shell, text.title);
        frame.islands = false;
        let body = view! {
            <div class="page measurement">
                <header class="page-header">
                    <h1>{text.title}</h1>
                    <p class="lead">{text.lead}</p>
                </header>
                {text
                    .sections
                    .iter()
                    .map(|section| {
                        view! {
                            <h2>{section.title}</h2>
                            {section.paragraphs.iter().map(|paragraph| view! { <p>{*paragraph}</p> }).collect_view()}
                        }
                    })
                    .collect_view()}
                <h2>{text.self_check}</h2>
                <p>{text.self_check_lead}</p>
                {if view.checks == 0 {
                    Either::Left(view! { <p class="notice">{text.no_self_checks}</p> })
                } else {
                    Either::Right(self_checks(&view, shell.language))
                }}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn self_checks(view: &MeasurementView, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).measurement;
    let percent = |share: f64| format!("{}\u{a0}%", format::decimal(100.0 * share, 1, language));
    let of_all = |count: u32| {
        format!(
            "{count} ({})",
            percent(f64::from(count) / f64::from(view.checks))
        )
    };
    let mut rows = vec![
        (text.checks, view.checks.to_string()),
        (text.false_verdicts, of_all(view.false_verdicts)),
        (text.undecided, of_all(view.undecided)),
    ];
    if let Some(half_width) = view.mean_half_width {
        rows.push((text.half_width, format!("±{}", percent(half_width))));
    }
    if let Some(day) = &view.latest_on {
        rows.push((text.latest, format::date(day, language)));
    }
    view! {
        <dl class="exercise-facts">
            {rows
                .into_iter()
                .map(|(name, value)| {
                    view! {
                        <div>
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}
