//! What happened in a world, as a part of a submission's page.

use leptos::prelude::*;

use super::{SideView, WorldView, timeline::timeline_svg, waterfall::waterfall_svg};
use crate::{
    pages::text::world::WorldText,
    text::{Language, format},
};

/// From this share of the time on, whoever is busy has a queue that grows.
const BUSY: f64 = 0.8;

/// Everything that is shown of a world, before beside after.
pub(crate) fn findings(view: WorldView, language: Language) -> impl IntoView {
    let text = WorldText::of(language);
    let sides = [(text.before, &view.before), (text.after, &view.after)];
    let length_ns = sides.map(|(_, side)| side.waterfall.length_ns);
    let length_ns = length_ns[0].max(length_ns[1]);
    let waterfalls = sides
        .map(|(name, side)| {
            let svg = waterfall_svg(&side.waterfall, &view.components, length_ns, name, language);
            let left_out = side.waterfall.left_out;
            view! {
                <figure class="chart-frame">
                    <figcaption>{name}</figcaption>
                    <div inner_html=svg></div>
                    {(left_out > 0).then(|| view! { <p class="small">{(text.left_out)(left_out)}</p> })}
                </figure>
            }
        })
        .collect_view();
    view! {
        <section class="world-findings">
            <h3>{text.title}</h3>
            <p class="small">{format!("{}. {}", (text.graded)(&view.metric), text.lead)}</p>
            {figures(&view, language)}
            <h4>{text.gain}</h4>
            <ul>
                {gains(&view, &view.after, language)
                    .into_iter()
                    .map(|sentence| view! { <li>{sentence}</li> })
                    .collect_view()}
            </ul>
            <h4>{text.waterfall}</h4>
            <p class="small">{text.waterfall_legend}</p>
            <div class="side-by-side">{waterfalls}</div>
            <h4>{text.time}</h4>
            {times(&view, language)}
            <h4>{text.timeline}</h4>
            <p class="small">{text.timeline_legend}</p>
            {timelines(&view, language)}
        </section>
    }
}

/// Percentiles and rates of both sides.
fn figures(view: &WorldView, language: Language) -> impl IntoView + use<> {
    let text = WorldText::of(language);
    let duration = |of: fn(&SideView) -> f64| {
        [&view.before, &view.after].map(|side| format::duration(of(side), language))
    };
    let rate = [&view.before, &view.after].map(|side| {
        let rate = format::decimal(side.throughput_per_s, 1, language);
        format!("{rate} {}", text.per_second)
    });
    let count = |of: fn(&SideView) -> u32| {
        [&view.before, &view.after].map(|side| format::grouped(of(side).into()))
    };
    let mut rows = vec![
        ("p50".to_owned(), duration(|side| side.p50_ns)),
        ("p95".to_owned(), duration(|side| side.p95_ns)),
        ("p99".to_owned(), duration(|side| side.p99_ns)),
        (text.throughput.to_owned(), rate),
        (text.requests.to_owned(), count(|side| side.requests)),
    ];
    if view.before.refused + view.after.refused > 0 {
        rows.push((text.refused.to_owned(), count(|side| side.refused)));
    }
    let rows = rows.into_iter().map(|(name, [before, after])| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
            </tr>
        }
    });
    view! {
        <table class="measurements">
            <thead>
                <tr>
                    <th scope="col">{text.measure}</th>
                    <th scope="col">{text.before}</th>
                    <th scope="col">{text.after}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// A component's name, or the program's.
fn name(view: &WorldView, place: usize, language: Language) -> String {
    let component = view.components.get(place);
    component.map_or_else(
        || WorldText::of(language).program.to_owned(),
        |component| component.title.of(language).to_owned(),
    )
}

fn percent(share: f64, language: Language) -> String {
    format!("{} %", format::decimal(share * 100.0, 1, language))
}

/// What the next gain of a side would need, with its own numbers.
fn gains(view: &WorldView, side: &SideView, language: Language) -> Vec<String> {
    let text = WorldText::of(language);
    let all_ns = side
        .time
        .iter()
        .map(|time| time.sum_ns())
        .sum::<u64>()
        .max(1) as f64;
    let share = |place: usize| {
        let time = side.time.get(place);
        time.map_or(0.0, |time| time.sum_ns() as f64 / all_ns)
    };
    let place = side.bottleneck;
    let bottleneck = name(view, place, language);
    let utilisation = side.utilisation.get(place).copied().unwrap_or_default();
    let mut sentences = vec![if utilisation >= BUSY {
        (text.busy)(&bottleneck, &percent(utilisation, language))
    } else {
        (text.bottleneck)(&bottleneck, &percent(share(place), language))
    }];
    let left = 1.0 - share(place);
    if left > 1e-3 {
        sentences.push((text.amdahl)(
            &bottleneck,
            &format::speedup(1.0 / left, language),
        ));
    }
    let little = side.little;
    sentences.push((text.little)(
        &format::decimal(little.per_second, 1, language),
        &format::duration(little.stay_ns, language),
        &format::decimal(little.in_system, 2, language),
    ));
    sentences
}

/// Where the time of a request goes, for both sides.
fn times(view: &WorldView, language: Language) -> impl IntoView + use<> {
    let text = WorldText::of(language);
    [(text.before, &view.before), (text.after, &view.after)]
        .map(|(side_name, side)| {
            let all_ns = side
                .time
                .iter()
                .map(|time| time.sum_ns())
                .sum::<u64>()
                .max(1);
            let rows = side
                .time
                .iter()
                .enumerate()
                .map(|(place, time)| {
                    let duration = |ns: u64| format::duration(ns as f64, language);
                    let calls = side.calls_per_request.get(place);
                    view! {
                        <tr>
                            <th scope="row">{name(view, place, language)}</th>
                            <td>{calls.map(|calls| format::decimal(*calls, 1, language))}</td>
                            <td>{duration(time.travelling_ns)}</td>
                            <td>{duration(time.queueing_ns)}</td>
                            <td>{duration(time.serving_ns)}</td>
                            <td>{percent(time.sum_ns() as f64 / all_ns as f64, language)}</td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <div class="wide" tabindex="0">
                    <table class="measurements">
                        <caption>{side_name}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{text.component}</th>
                                <th scope="col">{text.calls}</th>
                                <th scope="col">{text.travelling}</th>
                                <th scope="col">{text.queueing}</th>
                                <th scope="col">{text.serving}</th>
                                <th scope="col">{text.share}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        })
        .collect_view()
}

/// How busy each component was, for both sides on one axis.
fn timelines(view: &WorldView, language: Language) -> impl IntoView + use<> {
    let text = WorldText::of(language);
    let figures = (0..view.components.len()).map(|place| {
        let sides = [(text.before, &view.before), (text.after, &view.after)];
        let counts = sides.iter().flat_map(|(_, side)| {
            let timeline = &side.timeline;
            [&timeline.serving, &timeline.waiting]
                .into_iter()
                .filter_map(move |counts| counts.get(place))
        });
        let most = counts.flatten().copied().fold(0.0, f64::max);
        let pictures = sides.map(|(name, side)| {
            let svg = timeline_svg(&side.timeline, place, most, name, language);
            view! { <div inner_html=svg></div> }
        });
        view! {
            <figure class="chart-frame">
                <figcaption>{name(view, place, language)}</figcaption>
                <div class="side-by-side">{pictures.collect_view()}</div>
            </figure>
        }
    });
    figures.collect_view()
}
