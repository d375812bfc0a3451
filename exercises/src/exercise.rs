//! An exercise as data: everything that grading needs, so that a job can carry it to a worker on another machine.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::precheck::hex;
use crate::signature::Signature;
use crate::world::World;

/// The permanent name of an exercise: the name of its folder, in lower-case letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

impl Slug {
    /// The slug with this text, if it is one.
    pub fn new(text: &str) -> Option<Slug> {
        let allowed = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        (!text.is_empty() && text.len() <= 64 && text.chars().all(allowed))
            .then(|| Slug(text.to_owned()))
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = String;

    fn try_from(text: String) -> Result<Slug, String> {
        Slug::new(&text).ok_or_else(|| {
            format!("`{text}` is not a slug: lower-case letters, digits and hyphens")
        })
    }
}

/// A text in the languages of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    /// In Bulgarian.
    pub bg: String,
    /// In English.
    pub en: String,
}

impl Translated {
    /// The text in the language with this code, if the course has it.
    pub fn get(&self, code: &str) -> Option<&str> {
        match code {
            "bg" => Some(&self.bg),
            "en" => Some(&self.en),
            _ => None,
        }
    }
}

/// An exercise without errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exercise {
    /// Its permanent name.
    pub slug: Slug,
    /// The number of the lesson that it belongs to.
    pub lesson: u32,
    /// The step of that lesson, from 1.
    pub step: u32,
    /// The anchors of the lesson's concepts that it practises.
    pub concepts: Vec<String>,
    /// Its title, as plain text.
    pub title: Translated,
    /// What to do, as Markdown.
    pub statement: Translated,
    /// What to think about when stuck, as Markdown, from a nudge to the idea itself.
    pub hints: Vec<Translated>,
    /// What is told after passing, as Markdown: why it worked, when it would not, what it costs.
    pub debrief: Translated,
    /// The function to write.
    pub signature: Signature,
    /// The speed-up to reach: time before ÷ time after.
    pub target_speedup: f64,
    /// The speed-ups that earn one, two and three stars, ascending; the first is not below the target.
    pub stars: [f64; 3],
    /// What a solution may use.
    pub limits: Limits,
    /// Inputs that learners see, with their answers.
    pub examples: Vec<Example>,
    /// Inputs that learners do not see.
    pub inputs: Inputs,
    /// The source of the program that makes the hidden inputs, in Rust.
    pub generator: String,
    /// The source of the program that judges answers which need not be equal, in Rust.
    pub checker: Option<String>,
    /// The simulated world that programs run in, where the exercise is about a system.
    #[serde(default)]
    pub world: Option<World>,
    /// The author's programs for each language that the exercise is offered in.
    pub programs: BTreeMap<Language, Programs>,
}

/// What a solution may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Memory, in bytes.
    pub memory_bytes: u64,
}

/// An input that learners see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// One text for each parameter, in the notation of [`crate::value::literal`].
    pub arguments: Vec<String>,
}

/// Sizes of hidden inputs, as the exercise's generator counts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Sizes whose answers are compared with the reference's.
    pub checked_sizes: Vec<u32>,
    /// The size that is timed; answers are compared there too.
    pub measured_size: u32,
}

/// The author's programs in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programs {
    /// What the learner starts from, and what *before* is.
    pub starter: String,
    /// A solution that reaches the target.
    pub reference: String,
    /// Attempts with wrong answers, by what is wrong.
    pub wrong: BTreeMap<String, String>,
    /// Attempts that are right and miss the target, by why.
    pub slow: BTreeMap<String, String>,
}

impl Exercise {
    /// How many stars a speed-up earns that is certainly not lower than this.
    pub fn stars_for(&self, certain_speedup: f64) -> u8 {
        stars_for(&self.stars, certain_speedup)
    }

    /// The first line of the exercise's function, as its learners write it.
    pub fn entry_declaration(&self, language: Language) -> String {
        match &self.world {
            Some(world) => crate::world::build::declaration(self, world, language),
            None => language.entry_declaration(&self.signature),
        }
    }

    /// SHA-256 of everything that a verdict in this language depends on, besides the learner's source: not the prose,
    /// which may be improved at any time.
    pub fn grading_hash(&self, language: Language) -> String {
        let programs = self
            .programs
            .get(&language)
            .map(|programs| (&programs.starter, &programs.reference));
        let content = (
            (
                &self.signature,
                self.target_speedup,
                self.stars,
                &self.limits,
            ),
            (&self.examples, &self.inputs, &self.generator, &self.checker),
            (language, programs, &self.world),
        );
        let content =
            serde_json::to_vec(&content).expect("the parts of an exercise are plain data");
        hex(&Sha256::digest(content))
    }
}

/// How many of these boundaries a speed-up reaches that is certainly not lower than this.
pub(crate) fn stars_for(boundaries: &[f64], certain_speedup: f64) -> u8 {
    let earned = boundaries
        .iter()
        .filter(|&&boundary| boundary <= certain_speedup);
    u8::try_from(earned.count()).unwrap_or(u8::MAX)
}
