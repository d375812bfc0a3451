//! Markdown as a flat list of events, and the few ways to take it apart.
//!
//! Nothing here recurses: a slice of events is a node, and [`nodes`] gives its children.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// An event and the bytes of the source that it stands for.
pub(crate) type Spanned<'d> = (Event<'d>, Range<usize>);

/// Tables, strikethrough, task lists and formulas. Footnotes would lose their numbers when a lesson is taken apart, and heading
/// attributes would swallow a title such as `Sets {a, b}`.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// Parses the Markdown of a text from a byte on; ranges count from the beginning of the text.
pub(crate) fn parse(text: &str, start: usize) -> Vec<Spanned<'_>> {
    let markdown = Parser::new_ext(&text[start..], options()).into_offset_iter();
    let mut events: Vec<Spanned> = Vec::new();
    for (event, range) in markdown {
        let range = range.start + start..range.end + start;
        if event == Event::End(TagEnd::TableRow) {
            keep_surplus_cells(text, &range, &mut events);
        }
        events.push((without_prices(event, text, &range), range));
    }
    events
}

/// Two prices on a line, `$5/$10`, are no formula: the second sign has a digit behind it, as no formula's end has.
fn without_prices<'d>(event: Event<'d>, text: &'d str, range: &Range<usize>) -> Event<'d> {
    let is_price = matches!(event, Event::InlineMath(_))
        && text[range.end..].starts_with(|character: char| character.is_ascii_digit());
    if is_price {
        Event::Text(text[range.clone()].into())
    } else {
        event
    }
}

/// A row may have more cells than its table has columns. Markdown drops them; we show them in the last column.
fn keep_surplus_cells<'d>(text: &'d str, row: &Range<usize>, events: &mut Vec<Spanned<'d>>) {
    let Some((end, cell)) = events.pop() else {
        return;
    };
    let surplus_start = cell.end.min(row.end);
    let surplus = text[surplus_start..row.end]
        .trim_matches(|character: char| character == '|' || character.is_whitespace());
    if !surplus.is_empty() {
        events.push((
            Event::Text(format!(" | {surplus}").into()),
            surplus_start..row.end,
        ));
    }
    events.push((end, cell));
}

/// The nodes of which a run of events is made, in order.
pub(crate) fn nodes<'n, 'd>(events: &'n [Spanned<'d>]) -> Vec<&'n [Spanned<'d>]> {
    let mut nodes = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            nodes.push(&events[start..=index]);
            start = index + 1;
        }
    }
    nodes
}

/// The events inside a node.
pub(crate) fn inside<'n, 'd>(node: &'n [Spanned<'d>]) -> &'n [Spanned<'d>] {
    match node {
        [(Event::Start(_), _), inside @ .., _] => inside,
        _ => &[],
    }
}

/// The tag that a node begins with.
pub(crate) fn tag<'n, 'd>(node: &'n [Spanned<'d>]) -> Option<&'n Tag<'d>> {
    match node.first() {
        Some((Event::Start(tag), _)) => Some(tag),
        _ => None,
    }
}

/// The bytes that a run of events stands for.
pub(crate) fn span(events: &[Spanned]) -> Range<usize> {
    let start = events.first().map_or(0, |(_, range)| range.start);
    let end = events
        .iter()
        .map(|(_, range)| range.end)
        .max()
        .unwrap_or(start);
    start..end
}

/// The nodes of an item, a quote or the like; neighbours that run in one line (a tight list has no paragraphs) are
/// one block.
pub(crate) fn blocks<'n, 'd>(events: &'n [Spanned<'d>]) -> Vec<&'n [Spanned<'d>]> {
    let mut blocks = Vec::new();
    let (mut start, mut end) = (0, 0);
    for node in nodes(events) {
        let node_start = end;
        end += node.len();
        if is_block(node) {
            if start < node_start {
                blocks.push(&events[start..node_start]);
            }
            blocks.push(&events[node_start..end]);
            start = end;
        }
    }
    if start < end {
        blocks.push(&events[start..end]);
    }
    blocks
}

/// The running text of a block: of a paragraph, or of a line in a tight list.
pub(crate) fn running_text<'n, 'd>(block: &'n [Spanned<'d>]) -> Option<&'n [Spanned<'d>]> {
    match tag(block) {
        Some(Tag::Paragraph) => Some(inside(block)),
        _ if is_block(block) => None,
        _ => Some(block),
    }
}

fn is_block(node: &[Spanned]) -> bool {
    match node.first() {
        Some((Event::Start(tag), _)) => !is_inline(tag),
        Some((Event::Rule, _)) => true,
        _ => false,
    }
}

fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// The text as it is read, without any formatting; a line's end is a space.
pub(crate) fn plain(events: &[Spanned]) -> String {
    events
        .iter()
        .filter_map(|(event, _)| words(event))
        .collect()
}

/// What an event adds to the plain text.
fn words<'n>(event: &'n Event) -> Option<&'n str> {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}

/// Cuts running text at a byte of its [`plain`] text, without the blanks at the ends of both pieces.
pub(crate) fn split<'d>(events: &[Spanned<'d>], at: usize) -> (Vec<Spanned<'d>>, Vec<Spanned<'d>>) {
    let (before, behind) = split_exactly(events, at);
    (without_blank_ends(before), without_blank_ends(behind))
}

/// Cuts running text at a byte of its [`plain`] text; formatting that spans the cut is closed before and opened again
/// behind it.
pub(crate) fn split_exactly<'d>(
    events: &[Spanned<'d>],
    at: usize,
) -> (Vec<Spanned<'d>>, Vec<Spanned<'d>>) {
    let (mut before, mut behind) = (Vec::new(), Vec::new());
    let mut open: Vec<&Spanned> = Vec::new();
    let mut position = 0;
    for (index, (event, range)) in events.iter().enumerate() {
        let length = words(event).map_or(0, str::len);
        if position + length > at {
            let (left, right) = split_event(event, range, at - position);
            before.extend(left);
            before.extend(
                open.iter()
                    .rev()
                    .filter_map(|(start, range)| Some((closing(start)?, range.clone()))),
            );
            behind.extend(open.into_iter().cloned());
            behind.push(right);
            behind.extend(events[index + 1..].iter().cloned());
            return (without_hollows(before), without_hollows(behind));
        }
        match event {
            Event::Start(_) => open.push(&events[index]),
            Event::End(_) => {
                open.pop();
            }
            _ => {}
        }
        position += length;
        before.push((event.clone(), range.clone()));
    }
    (without_hollows(before), behind)
}

fn closing<'d>(start: &Event<'d>) -> Option<Event<'d>> {
    match start {
        Event::Start(tag) => Some(Event::End(tag.to_end())),
        _ => None,
    }
}

fn split_event<'d>(
    event: &Event<'d>,
    range: &Range<usize>,
    at: usize,
) -> (Option<Spanned<'d>>, Spanned<'d>) {
    let cut = |text: &CowStr<'d>| {
        (
            CowStr::from(text[..at].to_owned()),
            CowStr::from(text[at..].to_owned()),
        )
    };
    let middle = (range.start + at).min(range.end);
    match event {
        Event::Text(text) if at > 0 => {
            let (left, right) = cut(text);
            (
                Some((Event::Text(left), range.start..middle)),
                (Event::Text(right), middle..range.end),
            )
        }
        Event::Code(text) if at > 0 => {
            let (left, right) = cut(text);
            (
                Some((Event::Code(left), range.start..middle)),
                (Event::Code(right), middle..range.end),
            )
        }
        whole => (None, (whole.clone(), range.clone())),
    }
}

/// Without formatting that holds nothing, which a cut at its very edge would leave.
fn without_hollows(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut kept: Vec<Spanned> = Vec::with_capacity(events.len());
    for (event, range) in events {
        let is_hollow = matches!(event, Event::End(_))
            && matches!(kept.last(), Some((Event::Start(tag), _)) if !matches!(tag, Tag::Image { .. }));
        if is_hollow {
            kept.pop();
        } else {
            kept.push((event, range));
        }
    }
    kept
}

fn without_blank_ends(mut events: Vec<Spanned>) -> Vec<Spanned> {
    let first = events
        .iter()
        .position(|(event, _)| !is_blank(event))
        .unwrap_or(events.len());
    events.drain(..first);
    while events.last().is_some_and(|(event, _)| is_blank(event)) {
        events.pop();
    }
    trim_edges(&mut events);
    events
}

fn is_blank(event: &Event) -> bool {
    match event {
        Event::SoftBreak | Event::HardBreak => true,
        Event::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn trim_edges(events: &mut [Spanned]) {
    if let Some((Event::Text(text), range)) = events.first_mut() {
        let trimmed = text.trim_start().to_owned();
        range.start = (range.start + text.len() - trimmed.len()).min(range.end);
        *text = trimmed.into();
    }
    if let Some((Event::Text(text), range)) = events.last_mut() {
        let trimmed = text.trim_end().to_owned();
        range.end = range
            .end
            .saturating_sub(text.len() - trimmed.len())
            .max(range.start);
        *text = trimmed.into();
    }
}
