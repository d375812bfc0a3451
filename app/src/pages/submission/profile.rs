//! Where the time goes: flamegraphs as images that hold no script, and the same as tables.

mod changes;

use leptos::{either::Either, prelude::*};

use super::{HotSpot, Origin, ProfileView, SideView};
use crate::{
    pages::text::Text,
    text::{Language, format},
};

/// How many places a table has at the most, and the least share of the time that one of them takes itself.
const ROWS: usize = 8;
const LEAST_SHARE: f64 = 0.005;

/// How long a typical call takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TypicalTimes {
    /// The starter's, in nanoseconds.
    pub before_ns: f64,
    /// The submission's, in nanoseconds.
    pub after_ns: f64,
}

/// The part of a verdict that shows where the time goes. The images lie below `page`, the address of the submission. Where
/// it is still being found out, `data-underway` tells the workbench to ask again.
pub(super) fn profile(
    view: ProfileView,
    page: &str,
    times: Option<TypicalTimes>,
    language: Language,
) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    let ProfileView::Made { before, after } = view else {
        return Either::Left(view! {
            <section class="profile" data-underway="">
                <h3>{text.profile}</h3>
                <p class="notice">{text.profile_underway}</p>
            </section>
        });
    };
    let compared = times.filter(|_| has_picture(&before) && has_picture(&after));
    let difference = compared.map(|times| {
        view! {
            {picture(page, "difference", text.difference, language)}
            {changes::table(&before.places, &after.places, times, language)}
        }
    });
    Either::Right(view! {
        <section class="profile">
            <h3>{text.profile}</h3>
            <p>{text.profile_lead}</p>
            {side(before, page, "before", text.starter, language)}
            {side(after, page, "after", text.submission, language)}
            {difference}
            <p class="small">{text.profile_bias}</p>
        </section>
    })
}

/// Whether there are enough samples of a side for a picture.
fn has_picture(side: &SideView) -> bool {
    side.samples >= side.enough_samples
}

fn side(
    side: SideView,
    page: &str,
    name: &'static str,
    title: &'static str,
    language: Language,
) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    if !has_picture(&side) {
        let too_few = (text.too_few_samples)(side.samples, side.enough_samples);
        return Either::Left(view! { <p>{format!("{title}: {too_few}")}</p> });
    }
    Either::Right(view! {
        {picture(page, name, title, language)}
        {table(side.places, title, language)}
    })
}

fn picture(
    page: &str,
    name: &'static str,
    title: &'static str,
    language: Language,
) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    let source = format!("{page}/flamegraph/{name}.svg");
    let alternative = format!("{}: {title}", text.flamegraph_of);
    let label = alternative.clone();
    view! {
        <figure class="flamegraph">
            <figcaption>{title}</figcaption>
            <div class="wide" tabindex="0" role="group" aria-label=label>
                <img src=source alt=alternative width="700"/>
            </div>
        </figure>
    }
}

/// A function's name, and whose it is.
fn name(function: String, origin: Origin, language: Language) -> impl IntoView {
    let text = &Text::of(language).findings;
    match origin {
        Origin::Source => view! { <code>{function}</code> }.into_any(),
        Origin::Library => view! { <code>{function}</code>" · "{text.library} }.into_any(),
        Origin::Laboratory => text.laboratory.into_any(),
    }
}

fn table(places: Vec<HotSpot>, title: &'static str, language: Language) -> impl IntoView {
    let text = &Text::of(language).findings;
    let share = move |share: f64| format!("{}\u{a0}%", format::decimal(share * 100.0, 0, language));
    let row = move |place: HotSpot| {
        view! {
            <tr>
                <th scope="row">{name(place.function, place.origin, language)}</th>
                <td>{place.line.map_or_else(|| "–".to_owned(), |line| line.to_string())}</td>
                <td>{share(place.own_share)}</td>
                <td>{share(place.total_share)}</td>
            </tr>
        }
    };
    view! {
        <table class="hot-spots">
            <caption>{title}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.function}</th>
                    <th scope="col">{text.line}</th>
                    <th scope="col">{text.own_share}</th>
                    <th scope="col">{text.total_share}</th>
                </tr>
            </thead>
            <tbody>
                {places
                    .into_iter()
                    .filter(|place| place.own_share >= LEAST_SHARE)
                    .take(ROWS)
                    .map(row)
                    .collect_view()}
            </tbody>
        </table>
    }
}
