//! What is wrong with a world as its author describes it.

use crate::world::description::{Arrivals, Keys, Kind, Metric, Style, World};

/// How many hidden worlds there may be, how many requests each, and how many keys.
const WORLDS: std::ops::RangeInclusive<u32> = 1..=20;
const REQUESTS: std::ops::RangeInclusive<u32> = 1..=5_000;
const KEYS: std::ops::RangeInclusive<u32> = 1..=100_000;

/// Everything that is wrong, as sentences.
pub fn flaws(world: &World) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut expect = |is_right: bool, flaw: String| {
        if !is_right {
            flaws.push(flaw);
        }
    };
    let load = &world.load;
    let is_event = world.style == Style::Event;
    expect(
        WORLDS.contains(&world.hidden_worlds),
        "`hidden-worlds` is not from 1 to 20".to_owned(),
    );
    expect(
        REQUESTS.contains(&load.requests),
        "`requests` is not from 1 to 5000".to_owned(),
    );
    expect(
        KEYS.contains(&load.keys.count()) && load.keys_per_request >= 1,
        "`keys` and `keys-per-request` leave nothing to ask for, or more than 100000 keys"
            .to_owned(),
    );
    expect(
        !is_event || load.per_second >= 1,
        "an event-style world needs `per-second`".to_owned(),
    );
    expect(
        load.arrivals != Arrivals::Bursts { size: 0 },
        "a burst has no requests".to_owned(),
    );
    if let Keys::Zipf { exponent, .. } = load.keys {
        expect(
            (0.0..=5.0).contains(&exponent),
            "`exponent` is not from 0 to 5".to_owned(),
        );
    }
    expect(
        world.metric != Metric::Goodput || load.deadline.is_some(),
        "goodput needs a `deadline`".to_owned(),
    );
    let answers = world.answers.as_deref();
    let is_data = |name: &str| {
        let mut holders = world.components.iter().filter(|of| of.kind != Kind::Cache);
        holders.any(|of| of.data_name() == name)
    };
    expect(
        answers.is_none_or(is_data) && (answers.is_some() || !is_event),
        "`answers` has to name the data that replies are checked against, as a component has it"
            .to_owned(),
    );
    for (place, of) in world.components.iter().enumerate() {
        let name = &of.name;
        expect(is_name(name), format!("`{name}` is no name in kebab case"));
        expect(
            !world.components[..place]
                .iter()
                .any(|other| other.name == *name),
            format!("two components are named `{name}`"),
        );
        expect(
            of.connections != Some(0) && of.most_items > 0 && of.bytes_per_second != Some(0),
            format!("`{name}` can serve nothing"),
        );
        if let Some(flaw) = of.latency.flaw() {
            expect(false, format!("the latency of `{name}`: {flaw}"));
        }
    }
    expect(
        !world.components.is_empty(),
        "there is nothing to call".to_owned(),
    );
    for of in &world.settings {
        expect(
            is_name(&of.name),
            format!("`{}` is no name in kebab case", of.name),
        );
        expect(
            of.from <= of.value && of.value <= of.to,
            format!("the value of `{}` is not between `from` and `to`", of.name),
        );
    }
    flaws
}

/// Whether something in Rust can be named so.
fn is_name(name: &str) -> bool {
    let allowed = |character: char| character.is_ascii_lowercase() || character == '-';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(allowed)
}
