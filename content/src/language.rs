//! Which language a lesson is written in.
//!
//! The front matter decides; else a folder `bg` or `en` on the way to the file, the innermost first; else the letters
//! of its prose.

use std::path::{Component, Path};

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{document::Spanned, lesson::Language};

/// The language of a file without `lang`; `None` without a letter to judge by.
pub(crate) fn detect(path: &Path, events: &[Spanned]) -> Option<Language> {
    of_folder(path).or_else(|| of_letters(events))
}

fn of_folder(path: &Path) -> Option<Language> {
    let folders = path.parent()?.components().rev();
    folders
        .filter_map(|folder| match folder {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .find_map(|name| Language::from_code(&name.to_lowercase()))
}

fn of_letters(events: &[Spanned]) -> Option<Language> {
    let (mut cyrillic, mut latin) = (0_usize, 0_usize);
    let mut in_code = false;
    for (event, _) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code => {
                for character in text.chars() {
                    match character {
                        '\u{400}'..='\u{52f}' => cyrillic += 1,
                        'a'..='z' | 'A'..='Z' => latin += 1,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    match (cyrillic, latin) {
        (0, 0) => None,
        _ if cyrillic >= latin => Some(Language::Bulgarian),
        _ => Some(Language::English),
    }
}
