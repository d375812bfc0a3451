//! The sections that are plain bullet lists: prompts before reading, pitfalls, the recap.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use super::{
    Context, Prose,
    items::{self, Item, ListKind},
};
use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    keys::normalise,
    lesson::{Html, Pitfall, Prompt},
    outline::{Chapter, is_dash},
};

pub(super) fn prior(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Prompt> {
    let mut seen = Seen::new(Code::QuestionRepeated);
    let items = items::read(chapter, ListKind::Bullets, prose, context);
    items
        .iter()
        .map(|item| prompt("prior", item, &mut seen, context))
        .collect()
}

pub(super) fn recap(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Html> {
    let items = items::read(chapter, ListKind::Bullets, prose, context);
    items
        .iter()
        .map(|item| {
            let (line, rest) = item.line();
            items::render_line(line, rest)
        })
        .collect()
}

pub(super) fn pitfalls(
    chapter: &Chapter,
    prose: &mut Prose,
    context: &mut Context,
) -> Vec<Pitfall> {
    let mut seen = Seen::new(Code::ConceptRepeated);
    let items = items::read(chapter, ListKind::Bullets, prose, context);
    items
        .iter()
        .filter_map(|item| pitfall(item, &mut seen, prose, context))
        .collect()
}

/// `**Name:** text`, the colon inside or outside of the bold.
fn pitfall(
    item: &Item,
    seen: &mut Seen,
    prose: &mut Prose,
    context: &mut Context,
) -> Option<Pitfall> {
    let (line, rest) = item.line();
    let (line, id) = items::cut_id(line);
    let Some((name, text)) = bold_beginning(&line) else {
        context.not_understood(
            &line,
            "a pitfall begins with its name in bold; this point is shown as prose",
            "write `- **Name:** text`",
        );
        item.show_after(prose);
        return None;
    };
    let plain = document::plain(&text);
    let behind_sign = plain
        .trim_start()
        .strip_prefix(|sign| sign == ':' || is_dash(sign))
        .unwrap_or(&plain);
    let (_, text) = document::split(&text, plain.len() - behind_sign.len());
    let name = document::plain(&name)
        .trim()
        .trim_end_matches(':')
        .trim_end()
        .to_owned();
    seen.check(&name, &line, context);
    let key = context.keys.item("pitfall", &name, id, context.report);
    let Html(mut shown) = html::paragraph(&text);
    shown.push_str(&html::render_blocks(rest.iter().copied()).0);
    Some(Pitfall {
        key,
        name,
        text: Html(shown),
    })
}

/// The bold words at the beginning of a text, and the rest.
pub(super) fn bold_beginning<'d>(
    text: &[Spanned<'d>],
) -> Option<(Vec<Spanned<'d>>, Vec<Spanned<'d>>)> {
    let nodes = document::nodes(text);
    let bold = nodes
        .first()
        .filter(|node| matches!(document::tag(node), Some(Tag::Strong)))?;
    let name = document::inside(bold).to_vec();
    (!document::plain(&name).trim().is_empty()).then(|| (name, text[bold.len()..].to_vec()))
}

/// An item as a prompt.
pub(super) fn prompt(kind: &str, item: &Item, seen: &mut Seen, context: &mut Context) -> Prompt {
    let (line, rest) = item.line();
    let (line, id) = items::cut_id(line);
    let mut text = document::plain(&line).trim().to_owned();
    if text.is_empty() {
        text = rest
            .iter()
            .map(|block| document::plain(block))
            .collect::<Vec<_>>()
            .join(" ");
    }
    seen.check(&text, &line, context);
    let key = context.keys.item(kind, &text, id, context.report);
    Prompt {
        key,
        html: items::render_line(&line, rest),
        text,
    }
}

/// Running text as a prompt.
pub(super) fn prompt_of_line(kind: &str, line: &[Spanned], context: &mut Context) -> Prompt {
    let (line, id) = items::cut_id(line);
    let text = document::plain(&line).trim().to_owned();
    let key = context.keys.item(kind, &text, id, context.report);
    Prompt {
        key,
        html: html::render(&line),
        text,
    }
}

/// What was there before, to tell the author of repeats.
pub(super) struct Seen {
    code: Code,
    texts: HashSet<String>,
}

impl Seen {
    pub(super) fn new(code: Code) -> Seen {
        Seen {
            code,
            texts: HashSet::new(),
        }
    }

    /// Reports a text that was there before, whatever its formatting, case and punctuation.
    pub(super) fn check(&mut self, text: &str, at: &[Spanned], context: &mut Context) {
        let normalised = normalise(text);
        if normalised.is_empty() || self.texts.insert(normalised) {
            return;
        }
        let place = at
            .iter()
            .find(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
        context.report.add(
            self.code,
            place.map_or_else(
                || document::span(at),
                |(_, range)| range.start..document::span(at).end,
            ),
            format!("`{text}` is here for the second time"),
            "ask or explain something else, or remove one of the two",
        );
    }
}
