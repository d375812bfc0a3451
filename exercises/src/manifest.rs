//! `exercise.toml` as its author writes it, with the place of every value.

use serde::Deserialize;
use toml::Spanned;

use crate::exercise::Translated;
use crate::world::{World, prelude};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// The number of the lesson.
    pub lesson: Spanned<u32>,
    /// The step of the lesson, from 1.
    pub step: Spanned<u32>,
    /// Anchors of the lesson's concepts.
    pub concepts: Vec<String>,
    /// The languages that it is offered in, by name: each has a folder.
    pub languages: Spanned<Vec<Spanned<String>>>,
    /// The title in both languages.
    pub title: Spanned<Translated>,
    /// The function, in WIT's syntax. In an event-style world it is always the same, and not written.
    #[serde(default = "event_signature")]
    pub signature: Spanned<String>,
    /// Time before ÷ time after.
    pub target_speedup: Spanned<f64>,
    /// The speed-ups that earn one, two and three stars.
    pub stars: Spanned<[f64; 3]>,
    /// What a solution may use.
    pub limits: LimitsTable,
    /// The sizes of hidden inputs. An event-style world has none.
    #[serde(default)]
    pub inputs: InputsTable,
    /// Inputs that learners see. An event-style world has none.
    #[serde(default = "no_examples")]
    pub examples: Spanned<Vec<ExampleTable>>,
    /// What to think about when stuck.
    pub hints: Spanned<Vec<Translated>>,
    /// The simulated world, where the exercise is about a system.
    pub world: Option<Spanned<World>>,
}

impl Manifest {
    /// Whether programs answer inputs that a generator makes: everywhere but in an event-style world.
    pub fn has_inputs(&self) -> bool {
        let world = self.world.as_ref().map(Spanned::get_ref);
        world.is_none_or(|world| world.style == crate::world::Style::Call)
    }
}

fn event_signature() -> Spanned<String> {
    Spanned::new(0..0, prelude::EVENT_SIGNATURE.to_owned())
}

fn no_examples() -> Spanned<Vec<ExampleTable>> {
    Spanned::new(0..0, Vec::new())
}

/// `[limits]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LimitsTable {
    /// Memory with its unit, such as `64 MiB`.
    pub memory: Spanned<String>,
}

/// `[inputs]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InputsTable {
    /// Sizes whose answers are checked.
    pub checked_sizes: Spanned<Vec<u32>>,
    /// The size that is timed.
    pub measured_size: u32,
}

impl Default for InputsTable {
    fn default() -> InputsTable {
        InputsTable {
            checked_sizes: Spanned::new(0..0, Vec::new()),
            measured_size: 0,
        }
    }
}

/// One of `[[examples]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleTable {
    /// One text for each parameter.
    pub arguments: Spanned<Vec<Spanned<String>>>,
}

/// Bytes of a text such as `64 MiB`.
pub fn memory_bytes(text: &str) -> Option<u64> {
    let (number, unit) = text.split_once(' ')?;
    let number: u64 = number.parse().ok()?;
    let unit = match unit {
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit)
}
