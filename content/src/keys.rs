//! Permanent names: of what a learner has a history with, and of the places that links lead to.
//!
//! One [`Keys`] serves a whole lesson, since all its names share the page.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::{diagnostic::Code, lesson::ItemKey, report::Report};

/// An id that the author wrote, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthorId {
    /// The id without `{#` and `}`.
    pub(crate) id: String,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// The names of one lesson.
pub(crate) struct Keys {
    /// What no generated name may be: every `{#id}` of the file, wherever it turns out to belong.
    reserved: HashSet<String>,
    taken: HashSet<String>,
    /// How often a name was wanted, so that the hundredth repeat is not found by trying a hundred names.
    repeats: HashMap<String, u32>,
    places: HashMap<String, Range<usize>>,
}

impl Keys {
    /// No name is taken yet, but all that the author wrote are spoken for.
    pub(crate) fn new(text: &str) -> Keys {
        let mentioned = text
            .split("{#")
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        let reserved = mentioned.map(|(id, _)| id.to_owned()).collect();
        Keys {
            reserved,
            taken: HashSet::new(),
            repeats: HashMap::new(),
            places: HashMap::new(),
        }
    }

    /// Remembers where an item stands.
    pub(crate) fn put(&mut self, key: &ItemKey, at: Range<usize>) {
        self.places.insert(key.0.clone(), at);
    }

    /// Where an item stands, if that was remembered.
    pub(crate) fn place(&self, key: &ItemKey) -> Option<Range<usize>> {
        self.places.get(&key.0).cloned()
    }

    /// The key of an item: the author's id, else made from its kind and text.
    pub(crate) fn item(
        &mut self,
        kind: &str,
        text: &str,
        id: Option<AuthorId>,
        report: &mut Report,
    ) -> ItemKey {
        let generated = || format!("{kind}-{}", digest(&normalise(text)));
        ItemKey(self.claim(id, generated, report))
    }

    /// The anchor of a section: the author's id, else made from its title.
    pub(crate) fn anchor(
        &mut self,
        title: &str,
        id: Option<AuthorId>,
        report: &mut Report,
    ) -> String {
        let generated =
            || normalise(title).replace(|character: char| !character.is_alphanumeric(), "-");
        self.claim(id, generated, report)
    }

    fn claim(
        &mut self,
        id: Option<AuthorId>,
        generated: impl Fn() -> String,
        report: &mut Report,
    ) -> String {
        let Some(AuthorId { id, span }) = id else {
            return self.unique(&generated());
        };
        if self.taken.insert(id.clone()) {
            return id;
        }
        report.add(
            Code::IdDoubled,
            span,
            format!("`{{#{id}}}` stands here for the second time; an id belongs to one thing"),
            "give this one another id",
        );
        self.unique(&generated())
    }

    fn unique(&mut self, wanted: &str) -> String {
        let repeats = self.repeats.entry(wanted.to_owned()).or_default();
        loop {
            *repeats += 1;
            let name = if *repeats == 1 {
                wanted.to_owned()
            } else {
                format!("{wanted}-{repeats}")
            };
            if !self.reserved.contains(&name) && self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// A text as it is compared: without formatting, case, punctuation and differences of Unicode form. Signs that change
/// what a word means (`C++`, `C#`, `> 5%`) stay.
pub(crate) fn normalise(text: &str) -> String {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    let kept = |character: char| character.is_alphanumeric() || "+#%<>=".contains(character);
    let words = folded
        .split(|character| !kept(character))
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Twelve hexadecimal digits of the SHA-256: among the few hundred items of a course, no two will agree by chance.
pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
