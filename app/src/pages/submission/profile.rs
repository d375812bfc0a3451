//! Where the time goes: flamegraphs as images that hold no script, and the same as tables.

use leptos::{either::Either, prelude::*};

use super::{HotSpot, Origin, ProfileView, SideView};
use crate::{
    pages::text::Text,
    text::{Language, format},
};

/// How many places a table has at the most, and the least share of the time that one of them takes itself.
const ROWS: usize = 8;
const LEAST_SHARE: f64 = 0.005;

/// The part of a verdict that shows where the time goes. The images lie below `page`, the address of the submission; one
/// that is still being made comes when it is done.
pub(super) fn profile(view: ProfileView, page: &str, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    let is_underway = view == ProfileView::Underway;
    let (before, after) = match view {
        ProfileView::Underway => (None, None),
        ProfileView::Made { before, after } => (Some(before), Some(after)),
    };
    let both = [&before, &after].iter().all(|side| has_picture(side));
    let difference = both.then(|| picture(page, "difference", text.difference, language));
    view! {
        <section class="profile">
            <h3>{text.profile}</h3>
            <p>{text.profile_lead}</p>
            {is_underway.then(|| view! { <p class="notice">{text.profile_underway}</p> })}
            {side(before, page, "before", text.starter, language)}
            {side(after, page, "after", text.submission, language)}
            {difference}
            <p class="small">{text.profile_bias}</p>
        </section>
    }
}

/// Whether there is a picture of a side: enough samples, or hope for them.
fn has_picture(side: &Option<SideView>) -> bool {
    side.as_ref()
        .is_none_or(|side| side.samples >= side.enough_samples)
}

fn side(
    side: Option<SideView>,
    page: &str,
    name: &'static str,
    title: &'static str,
    language: Language,
) -> impl IntoView + use<> {
    let text = &Text::of(language).findings;
    if !has_picture(&side) {
        let counts = side.map(|side| (side.samples, side.enough_samples));
        let (samples, enough) = counts.unwrap_or_default();
        return Either::Left(view! {
            <p>{format!("{title}: {}", (text.too_few_samples)(samples, enough))}</p>
        });
    }
    Either::Right(view! {
        {picture(page, name, title, language)}
        {side.map(|side| table(side.places, title, language))}
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

fn table(places: Vec<HotSpot>, title: &'static str, language: Language) -> impl IntoView {
    let text = &Text::of(language).findings;
    let share = move |share: f64| format!("{}\u{a0}%", format::decimal(share * 100.0, 0, language));
    let row = move |place: HotSpot| {
        let name = match place.origin {
            Origin::Source => Either::Left(view! { <code>{place.function}</code> }),
            Origin::Library => {
                Either::Right(view! { <code>{place.function}</code>" · "{text.library} }.into_any())
            }
            Origin::Laboratory => Either::Right(text.laboratory.into_any()),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
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
