//! What of a signature a language cannot express.

use std::ops::Range;

use super::Description;
use crate::signature::{Signature, Type};

/// A part of a signature that a language cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inexpressible {
    /// What it is, and why not.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// The first thing in a signature that cannot be said in a language, and where it stands in the signature's `text`.
pub(super) fn find(
    language: &dyn Description,
    signature: &Signature,
    text: &str,
) -> Option<(Range<usize>, Inexpressible)> {
    let title = language.title();
    let name = names(signature).find(|name| {
        let words = [super::snake_case(name), camel_case(name)];
        words
            .iter()
            .any(|word| language.reserved_words().contains(&word.as_str()))
    });
    if let Some(name) = name {
        let reason = Inexpressible {
            message: format!("`{name}` is a word of {title} itself and cannot name anything there"),
            hint: format!(
                "choose another name, or take the folder `{}` away",
                language.name()
            ),
        };
        return Some((place(text, name), reason));
    }
    types(signature).into_iter().find_map(|of| {
        let reason = language.refuses(of)?;
        let written = of.to_string();
        let reason = Inexpressible {
            message: format!("{title} cannot express `{written}`: {reason}"),
            hint: format!(
                "use another type, or take the folder `{}` away",
                language.name()
            ),
        };
        Some((place(text, &written), reason))
    })
}

/// A name in kebab case with its words joined by capitals, the first word's not included.
pub(super) fn camel_case(name: &str) -> String {
    let (first, rest) = name.split_at(name.find('-').unwrap_or(name.len()));
    first.to_owned() + &super::pascal_case(rest.trim_start_matches('-'))
}

fn names(signature: &Signature) -> impl Iterator<Item = &str> {
    let records = signature.records.iter().flat_map(|record| {
        std::iter::once(record.name.as_str()).chain(record.names.iter().map(String::as_str))
    });
    let parameters = signature
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str());
    records.chain([signature.name.as_str()]).chain(parameters)
}

/// Every type in a signature, in the order in which they stand there, each before those that it is made of.
fn types(signature: &Signature) -> Vec<&Type> {
    let fields = signature.records.iter().flat_map(|record| &record.types);
    let parameters = signature.parameters.iter().map(|parameter| &parameter.of);
    let mut found = Vec::new();
    for of in fields.chain(parameters).chain([&signature.result]) {
        add(of, &mut found);
    }
    found
}

fn add<'a>(of: &'a Type, found: &mut Vec<&'a Type>) {
    found.push(of);
    match of {
        Type::List(element) => add(element, found),
        Type::Tuple(members) => members.iter().for_each(|member| add(member, found)),
        // Its fields come with its declaration.
        Type::Record(_) | Type::Primitive(_) | Type::String => {}
    }
}

/// Where a word or a type stands in a signature's text: blanks may be written differently there, then it is the beginning.
fn place(text: &str, written: &str) -> Range<usize> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let found = text.match_indices(written).find(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + written.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    });
    found.map_or(0..1, |(at, _)| at..at + written.len())
}
