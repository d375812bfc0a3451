//! The items of a section's list, and the prose around them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Context, Prose, is_invisible};
use crate::{
    document::{self, Spanned},
    html,
    keys::AuthorId,
    lesson::Html,
    outline::{self, Chapter},
};

/// How the items of a section are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Bullets,
    Numbers,
}

/// An item of a list.
pub(super) struct Item<'n, 'd> {
    node: &'n [Spanned<'d>],
    /// What it is made of.
    pub(super) blocks: Vec<&'n [Spanned<'d>]>,
}

impl<'n, 'd> Item<'n, 'd> {
    pub(super) fn new(node: &'n [Spanned<'d>]) -> Item<'n, 'd> {
        Item {
            node,
            blocks: document::blocks(document::inside(node)),
        }
    }

    /// Its bytes, from the bullet or number on.
    pub(super) fn span(&self) -> Range<usize> {
        document::span(self.node)
    }

    /// Its first line of running text, and the blocks behind it.
    pub(super) fn line(&self) -> (&'n [Spanned<'d>], &[&'n [Spanned<'d>]]) {
        match self.blocks.split_first() {
            Some((first, rest)) => match document::running_text(first) {
                Some(text) => (text, rest),
                None => (&[], &self.blocks),
            },
            None => (&[], &[]),
        }
    }

    /// Shows the whole item behind the section, as the list item that it is.
    pub(super) fn show_after(&self, prose: &mut Prose) {
        let at = self.span();
        let mut list = vec![(Event::Start(Tag::List(None)), at.clone())];
        list.extend(self.node.iter().cloned());
        list.push((Event::End(TagEnd::List(false)), at));
        prose.after.push_str(&html::render(&list).0);
    }
}

/// Running text without the author's `{#id}` at its end, and the id.
pub(super) fn cut_id<'d>(text: &[Spanned<'d>]) -> (Vec<Spanned<'d>>, Option<AuthorId>) {
    let plain = document::plain(text);
    let (kept, id) = outline::cut_id(&plain);
    match id {
        Some(id) => {
            let (kept, cut) = document::split(text, kept.len());
            (
                kept,
                Some(AuthorId {
                    id: id.to_owned(),
                    span: document::span(&cut),
                }),
            )
        }
        None => (text.to_vec(), None),
    }
}

/// A line of running text and what follows it in an item: inline if there is nothing else.
pub(super) fn render_line(line: &[Spanned], rest: &[&[Spanned]]) -> Html {
    if rest.is_empty() {
        return html::render(line);
    }
    let Html(mut shown) = html::paragraph(line);
    shown.push_str(&html::render_blocks(rest.iter().copied()).0);
    Html(shown)
}

/// The items of every list of a section. Prose before the first stays before them; the rest is shown behind.
pub(super) fn read<'n, 'd>(
    chapter: &Chapter<'n, 'd>,
    kind: ListKind,
    prose: &mut Prose,
    context: &mut Context,
) -> Vec<Item<'n, 'd>> {
    let is_own = |block: &&[Spanned]| list_kind(block) == Some(kind);
    let own_kind_is_used = chapter.blocks.iter().any(is_own);
    let mut items = Vec::new();
    for &block in &chapter.blocks {
        match list_kind(block) {
            // A list of the other kind is meant where there is no list of the right one.
            Some(found) if found == kind || !own_kind_is_used => {
                if found != kind {
                    report_list_kind(block, kind, context);
                }
                items.extend(
                    document::nodes(document::inside(block))
                        .into_iter()
                        .map(Item::new),
                );
            }
            _ if items.is_empty() => {
                report_block(block, kind, context);
                prose.show_before(block);
            }
            _ => {
                report_block(block, kind, context);
                prose.show_after(block);
            }
        }
    }
    items.retain(|item| {
        let is_empty = item.blocks.is_empty();
        if is_empty {
            context.not_understood(
                item.node,
                "this point of the list is empty",
                "write it, or remove it",
            );
        }
        !is_empty
    });
    items
}

fn list_kind(block: &[Spanned]) -> Option<ListKind> {
    match document::tag(block) {
        Some(Tag::List(None)) => Some(ListKind::Bullets),
        Some(Tag::List(Some(_))) => Some(ListKind::Numbers),
        _ => None,
    }
}

fn report_list_kind(block: &[Spanned], wanted: ListKind, context: &mut Context) {
    let (message, hint) = match wanted {
        ListKind::Bullets => (
            "a numbered list stands where bullets are expected",
            "write `-` instead of the numbers",
        ),
        ListKind::Numbers => (
            "bullets stand where a numbered list is expected",
            "write `1.`, `2.`, … instead",
        ),
    };
    context.not_understood(block, message, hint);
}

/// Paragraphs, quotes and code are prose anywhere; a list or table beside the section's own list is probably part of
/// it, wrongly written.
fn report_block(block: &[Spanned], kind: ListKind, context: &mut Context) {
    let (message, hint) = match (document::tag(block), kind) {
        (Some(Tag::List(_)), ListKind::Numbers) => (
            "this list does not belong to the numbered list of the section and is shown as prose",
            "indent it as far as the text behind the number, three spaces for `1. `, if it is part of a point",
        ),
        (Some(Tag::List(_)), ListKind::Bullets) => (
            "this list is not the bullet list of the section and is shown as prose",
            "write its points with `-`, or indent it if it is part of a point",
        ),
        (Some(Tag::Table(_)), _) => (
            "this table is shown as prose",
            "write its rows as points of the list",
        ),
        (Some(Tag::Heading { .. }), _) => (
            "this section has no parts with headings; the heading is shown as prose",
            "remove the heading",
        ),
        _ => return,
    };
    if !is_invisible(block) {
        context.not_understood(block, message, hint);
    }
}
