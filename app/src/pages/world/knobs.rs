//! The page of a world: its knobs as a plain form, and what the author's programs come to with them.

use leptos::prelude::*;
use serde::Deserialize;

use super::curves::curves_svg;
use crate::{
    pages::{
        Shell, layout,
        text::{Text, world::WorldText},
        to_document,
    },
    text::{Language, format},
};

/// A world with its knobs.
#[derive(Clone, Debug)]
pub struct KnobsView {
    /// The exercise's slug.
    pub exercise: String,
    /// The exercise's title in the language of the page.
    pub title: String,
    /// Whether the load is the size of a request; else requests per second.
    pub load_is_size: bool,
    /// The knobs.
    pub knobs: Vec<Knob>,
    /// What the programs came to, or why there is nothing to show.
    pub sweep: Result<SweepView, String>,
}

/// A knob.
#[derive(Clone, Debug)]
pub struct Knob {
    /// The field's name.
    pub name: String,
    /// What it turns.
    pub turns: Turns,
    /// Where it stands.
    pub value: u64,
    /// The least.
    pub from: u64,
    /// The most.
    pub to: u64,
}

/// What a knob turns.
#[derive(Clone, Debug)]
pub enum Turns {
    /// The load, in per cent.
    Load,
    /// How many calls a component serves at a time.
    Connections(String),
    /// A setting of the world.
    Setting(String),
}

/// What two programs came to, as the grader has it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SweepView {
    /// The starter.
    pub starter: CurveView,
    /// The author's solution.
    pub reference: CurveView,
}

/// One program under every load.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CurveView {
    /// From the lightest load on.
    pub points: Vec<PointView>,
    /// The universal scalability law's numbers.
    pub scalability: Option<ScalabilityView>,
}

/// One program under one load.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct PointView {
    /// The load.
    pub load: u32,
    /// What it came to; none where the program failed.
    pub figures: Option<FiguresView>,
}

/// What one load came to.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct FiguresView {
    /// Replies per virtual second.
    pub throughput_per_s: f64,
    /// Half of the requests took at most this long, in nanoseconds.
    pub p50_ns: f64,
    /// 95 of 100.
    pub p95_ns: f64,
}

/// The universal scalability law's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct ScalabilityView {
    /// λ.
    pub alone_per_s: f64,
    /// σ.
    pub contention: f64,
    /// κ.
    pub coherence: f64,
    /// Beyond which number in the system throughput falls.
    pub peak_in_system: Option<f64>,
}

/// The page `/bg/exercises/<slug>/world`.
pub fn render(shell: &Shell, view: KnobsView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = WorldText::of(language);
        let mut frame = layout::Frame::new(shell, format!("{} · {}", text.page, view.title));
        frame.islands = false;
        let exercise_url = format!("/{}/exercises/{}", language.code(), view.exercise);
        let load_name = if view.load_is_size {
            text.load_size
        } else {
            text.load_per_second
        };
        let body = view! {
            <div class="page world-page">
                <header class="page-header">
                    <p class="kicker">{text.page}</p>
                    <h1>{view.title}</h1>
                    <p><a href=exercise_url>{Text::of(language).back_to_exercise}</a></p>
                    <p class="lead">{text.page_lead}</p>
                </header>
                <form method="get" class="world-knobs">
                    {view.knobs.into_iter().map(|knob| field(knob, language)).collect_view()}
                    <button class="button primary" type="submit">{text.show}</button>
                </form>
                {match view.sweep {
                    Ok(sweep) => leptos::either::Either::Left(curves(&sweep, load_name, language)),
                    Err(reason) => leptos::either::Either::Right(view! { <p class="notice">{reason}</p> }),
                }}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn field(knob: Knob, language: Language) -> impl IntoView {
    let text = WorldText::of(language);
    let label = match knob.turns {
        Turns::Load => text.load.to_owned(),
        Turns::Connections(component) => (text.connections_of)(&component),
        Turns::Setting(title) => title,
    };
    view! {
        <label class="world-knob">
            <span>{format!("{label} ({}–{})", knob.from, knob.to)}</span>
            <input
                type="number"
                name=knob.name
                value=knob.value.to_string()
                min=knob.from.to_string()
                max=knob.to.to_string()
                required
            />
        </label>
    }
}

fn curves(sweep: &SweepView, load_name: &str, language: Language) -> impl IntoView + use<> {
    let text = WorldText::of(language);
    let both = [&sweep.starter, &sweep.reference];
    let latency = curves_svg(
        both,
        |figures| figures.p95_ns,
        |ns| format::duration(ns, language),
        (text.latency_chart, load_name),
        language,
    );
    let throughput = curves_svg(
        both,
        |figures| figures.throughput_per_s,
        |rate| format::decimal(rate, 0, language),
        (text.throughput_chart, load_name),
        language,
    );
    let laws = [
        (text.starter, &sweep.starter),
        (text.reference, &sweep.reference),
    ]
    .into_iter()
    .filter_map(|(name, curve)| Some((name, curve.scalability?)))
    .map(|(name, law)| {
        let peak = law
            .peak_in_system
            .map(|peak| format::decimal(peak, 0, language));
        (text.scalability)(
            name,
            &format::decimal(law.alone_per_s, 1, language),
            &format::decimal(law.contention, 4, language),
            &format::decimal(law.coherence, 5, language),
            peak.as_deref(),
        )
    })
    .map(|sentence| view! { <p>{sentence}</p> })
    .collect_view();
    let rows = sweep.starter.points.iter().zip(&sweep.reference.points);
    let cells = |figures: Option<FiguresView>| match figures {
        Some(figures) => format!(
            "{} · {}",
            format::duration(figures.p95_ns, language),
            format::decimal(figures.throughput_per_s, 1, language)
        ),
        None => text.broken.to_owned(),
    };
    let rows = rows
        .map(|(starter, reference)| {
            view! {
                <tr>
                    <th scope="row">{format::grouped(starter.load.into())}</th>
                    <td>{cells(starter.figures)}</td>
                    <td>{cells(reference.figures)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="curve-legend">
            <span class="legend-before">{text.starter}</span>
            " "
            <span class="legend-after">{text.reference}</span>
        </p>
        <figure class="chart-frame">
            <figcaption>{text.latency_chart}</figcaption>
            <div inner_html=latency></div>
        </figure>
        <figure class="chart-frame">
            <figcaption>{text.throughput_chart}</figcaption>
            <div inner_html=throughput></div>
        </figure>
        <table class="measurements">
            <caption>{format!("p95 · {}", text.per_second)}</caption>
            <thead>
                <tr>
                    <th scope="col">{load_name.to_owned()}</th>
                    <th scope="col">{text.starter}</th>
                    <th scope="col">{text.reference}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {laws}
    }
}
