//! Concepts: `Term (gloss) – definition. Analogy`.

use pulldown_cmark::Event;

use super::{
    Context, Prose,
    items::{self, Item, ListKind},
    lists::Seen,
};
use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    lesson::{Concept, Html},
    outline::{Chapter, is_dash},
};

/// How a sentence begins that is an analogy. A label is not shown, since the page has its own.
const LABELS: [&str; 3] = ["аналогия:", "analogy:", "сравнение:"];
const BEGINNINGS: [&str; 7] = [
    "представете си",
    "представи си",
    "подобно на",
    "think of",
    "imagine",
    "picture ",
    "it is like ",
];

pub(super) fn read(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Concept> {
    let mut seen = Seen::new(Code::ConceptRepeated);
    let items = items::read(chapter, ListKind::Bullets, prose, context);
    items
        .iter()
        .filter_map(|item| concept(item, &mut seen, prose, context))
        .collect()
}

fn concept(
    item: &Item,
    seen: &mut Seen,
    prose: &mut Prose,
    context: &mut Context,
) -> Option<Concept> {
    let (line, rest) = item.line();
    let (line, id) = items::cut_id(line);
    let dash = dash(&line);
    let (head, behind) = match dash {
        Some(dash) => document::split(&line, dash),
        None => (Vec::new(), Vec::new()),
    };
    let head = document::plain(&head).trim().to_owned();
    let (_, definition) = document::split(&behind, behind_first_character(&behind));
    if head.is_empty() || definition.is_empty() {
        context.not_understood(
            &line,
            "a concept is a term, a dash between spaces and a definition; this point is shown as prose",
            "write `- Term (gloss) – definition`",
        );
        item.show_after(prose);
        return None;
    }
    let (term, gloss) = gloss(&head);
    seen.check(&term, &line, context);
    let key = context.keys.item("concept", &term, id, context.report);
    let (definition, mut analogy) = cut_analogy(&definition);
    let Html(mut definition) = html::paragraph(&definition);
    // What follows an analogy in its own paragraph belongs to it.
    for block in rest {
        let begins_analogy =
            document::running_text(block).is_some_and(|text| analogy_start(text) == Some(0));
        match &mut analogy {
            Some(analogy) => analogy.push_str(&html::render_block(block).0),
            None if begins_analogy => {
                let text = document::running_text(block).unwrap_or_default();
                analogy = Some(html::paragraph(&without_label(text)).0);
            }
            None => definition.push_str(&html::render_block(block).0),
        }
    }
    Some(Concept {
        key,
        term,
        gloss,
        definition: Html(definition),
        analogy: analogy.map(Html),
    })
}

/// Where, in the plain text, the first dash between spaces stands outside of code and formatting.
fn dash(line: &[Spanned]) -> Option<usize> {
    let plain = document::plain(line);
    let mut position = 0;
    let mut depth = 0_usize;
    for (event, _) in line {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) => {
                let found = text
                    .char_indices()
                    .filter(|(_, character)| depth == 0 && is_dash(*character))
                    .find(|(byte, dash)| {
                        let before = plain[..position + byte].chars().next_back();
                        let behind = plain[position + byte + dash.len_utf8()..].chars().next();
                        before.is_some_and(char::is_whitespace)
                            && behind.is_none_or(char::is_whitespace)
                    });
                if let Some((byte, _)) = found {
                    return Some(position + byte);
                }
                position += text.len();
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                position += text.len()
            }
            Event::SoftBreak | Event::HardBreak => position += 1,
            _ => {}
        }
    }
    None
}

fn behind_first_character(text: &[Spanned]) -> usize {
    document::plain(text)
        .chars()
        .next()
        .map_or(0, char::len_utf8)
}

/// `Term (gloss)` as its two parts.
fn gloss(head: &str) -> (String, Option<String>) {
    let parts = head
        .strip_suffix(')')
        .and_then(|open| Some((open, last_opening(open)?)))
        .map(|(open, start)| (open[..start].trim(), open[start + 1..].trim()));
    match parts {
        Some((term, gloss)) if !term.is_empty() && !gloss.is_empty() => {
            (term.to_owned(), Some(gloss.to_owned()))
        }
        _ => (head.to_owned(), None),
    }
}

/// Where the last bracket stands that a text opens and does not close.
fn last_opening(text: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (byte, character) in text.char_indices().rev() {
        match character {
            ')' => closed += 1,
            '(' if closed == 0 => return Some(byte),
            '(' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// A definition without the analogy at its end, and the analogy rendered.
fn cut_analogy<'d>(definition: &[Spanned<'d>]) -> (Vec<Spanned<'d>>, Option<String>) {
    // An analogy alone is all that the author says of the concept, and stays its definition.
    match analogy_start(definition).filter(|&start| start > 0) {
        Some(start) => {
            let (definition, analogy) = document::split(definition, start);
            (
                definition,
                Some(html::paragraph(&without_label(&analogy)).0),
            )
        }
        None => (definition.to_vec(), None),
    }
}

/// Where, in the plain text, the first sentence begins that is an analogy.
fn analogy_start(text: &[Spanned]) -> Option<usize> {
    let plain = document::plain(text);
    let behind_sentences = plain
        .match_indices(['.', '!', '?', '…'])
        .map(|(end, sign)| end + sign.len());
    std::iter::once(0).chain(behind_sentences).find_map(|end| {
        let sentence = plain[end..].trim_start();
        let is_apart = end == 0 || sentence.len() < plain.len() - end;
        (is_apart && begins_analogy(sentence)).then_some(plain.len() - sentence.len())
    })
}

fn begins_analogy(sentence: &str) -> bool {
    // The longest of the beginnings has fewer characters.
    let beginning = sentence.chars().take(20).collect::<String>().to_lowercase();
    LABELS
        .iter()
        .chain(&BEGINNINGS)
        .any(|known| beginning.starts_with(known))
}

fn without_label<'d>(analogy: &[Spanned<'d>]) -> Vec<Spanned<'d>> {
    let plain = document::plain(analogy);
    let label = plain
        .split_once(':')
        .map(|(label, _)| format!("{}:", label.to_lowercase()));
    match label {
        Some(label) if LABELS.contains(&label.trim_start()) => {
            let end = plain.find(':').map_or(0, |colon| colon + 1);
            document::split(analogy, end).1
        }
        _ => analogy.to_vec(),
    }
}
