//! `/bg/exercises/<slug>/world`: a world whose knobs can be turned without writing code.

use app::{
    pages::world::knobs::{self, Knob, KnobsView, Turns},
    text::Language,
};
use axum::{extract::RawQuery, extract::State, response::Response};
use exercises::world::{Style, World};

use crate::{
    error::Error,
    extract::{LanguageCode, Path},
    render::{self, Place},
    state::AppState,
    text::Text,
};

/// How far the load can be turned, in per cent.
const LOAD_PERCENT: (u64, u64) = (10, 500);

/// How many connections a component can be given.
const CONNECTIONS: (u64, u64) = (1, 256);

/// The world with its knobs where the address has them.
pub async fn page(
    State(state): State<AppState>,
    Path((LanguageCode(language), slug)): Path<(LanguageCode, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let entry = state.grading.catalog().find(&slug).ok_or(Error::NotFound)?;
    let mut world = entry.exercise().world.clone().ok_or(Error::NotFound)?;
    let code_language = entry.first_language().ok_or(Error::NotFound)?;
    let knobs = turn(&mut world, query.as_deref().unwrap_or_default(), language);
    let load_is_size = world.style == Style::Call;
    let text = Text::of(language);
    let sweep = state.grading.sweep(entry, code_language, world, text).await;
    let view = KnobsView {
        exercise: slug.clone(),
        title: entry.title(language).to_owned(),
        load_is_size,
        knobs,
        sweep,
    };
    let place = Place::page(language, format!("/exercises/{slug}/world"));
    Ok(render::page(&state, &place, None, |shell| {
        knobs::render(shell, view)
    }))
}

/// Turns a world's knobs to where the query has them, within their bounds, and gives them.
fn turn(world: &mut World, query: &str, language: Language) -> Vec<Knob> {
    let asked = |name: &str| -> Option<u64> {
        let mut fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(field, _)| *field == name)?.1.parse().ok()
    };
    let knob = |name: String, turns: Turns, usual: u64, (from, to): (u64, u64)| {
        let value = asked(&name).unwrap_or(usual).clamp(from, to);
        Knob {
            name,
            turns,
            value,
            from,
            to,
        }
    };
    let mut knobs = Vec::new();
    if world.style == Style::Event {
        let load = knob("load".to_owned(), Turns::Load, 100, LOAD_PERCENT);
        let per_second = u64::from(world.load.per_second) * load.value / 100;
        world.load.per_second = u32::try_from(per_second.max(1)).unwrap_or(u32::MAX);
        knobs.push(load);
    }
    for component in &mut world.components {
        if let Some(connections) = component.connections {
            let title = component.title.get(language.code()).unwrap_or_default();
            let turns = Turns::Connections(title.to_owned());
            let name = format!("connections-{}", component.name);
            let knob = knob(name, turns, connections.into(), CONNECTIONS);
            component.connections = u32::try_from(knob.value).ok();
            knobs.push(knob);
        }
    }
    for setting in &mut world.settings {
        let title = setting.title.get(language.code()).unwrap_or_default();
        let turns = Turns::Setting(title.to_owned());
        let name = format!("setting-{}", setting.name);
        let knob = knob(name, turns, setting.value, (setting.from, setting.to));
        setting.value = knob.value;
        knobs.push(knob);
    }
    knobs
}
