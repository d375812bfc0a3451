//! Programs of a lesson: Rust fences marked `run` or `predict`.
//!
//! 1. [`take`] finds them, and takes the quote with the output behind a `predict` fence out of the prose, since it must
//!    not be seen before the learner has predicted it.
//! 2. `html` puts a [`marker`] below the code.
//! 3. Whoever shows the lesson replaces the marker by the program's controls: [`Piece`].

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    fence::Info,
    keys,
    lesson::{Program, ProgramKey, ProgramKind},
    report::Report,
};

const MARKER_START: &str = "<!--program:";
const MARKER_END: &str = "-->";

/// The name of the program with this source.
pub(crate) fn key(source: &str) -> ProgramKey {
    ProgramKey(keys::digest(source.trim_end()))
}

/// What stands in rendered prose where a program's controls belong.
pub(crate) fn marker(source: &str) -> String {
    format!("{MARKER_START}{}{MARKER_END}\n", key(source).0)
}

/// The kind of the program that a fence holds, if it holds one.
pub(crate) fn kind(info: &Info) -> Option<ProgramKind> {
    if info.is_rust_with("predict") {
        Some(ProgramKind::Predict)
    } else if info.is_rust_with("run") {
        Some(ProgramKind::Run)
    } else {
        None
    }
}

/// A part of rendered prose.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'h> {
    /// HTML as it is.
    Html(&'h str),
    /// The place of a program's controls.
    Program(ProgramKey),
}

/// Rendered prose, cut where the controls of programs belong.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once(MARKER_START) {
        let Some((key, after)) = behind.split_once(MARKER_END) else {
            break;
        };
        pieces.push(Piece::Html(before));
        pieces.push(Piece::Program(ProgramKey(key.to_owned())));
        rest = after;
    }
    pieces.push(Piece::Html(rest));
    pieces
}

/// Finds the programs of a lesson and takes quoted outputs out of its events.
pub(crate) fn take(text: &str, events: &mut Vec<Spanned>, report: &mut Report) -> Vec<Program> {
    let mut programs: Vec<Program> = Vec::new();
    let mut outputs: Vec<Range<usize>> = Vec::new();
    let mut place = 0;
    while place < events.len() {
        let (Event::Start(Tag::CodeBlock(fence)), at) = &events[place] else {
            place += 1;
            continue;
        };
        let Some(end) = events[place..]
            .iter()
            .position(|(event, _)| *event == Event::End(TagEnd::CodeBlock))
        else {
            break;
        };
        let (kind, at, code) = (kind(&Info::of(fence)), at.clone(), place + 1..place + end);
        place += end + 1;
        let Some(kind) = kind else {
            continue;
        };
        let source = document::plain(&events[code]);
        let output = match kind {
            ProgramKind::Run => None,
            ProgramKind::Predict => {
                let quote = quote_at(events, place);
                if quote.is_none() {
                    report.add(
                        Code::PredictWithoutOutput,
                        at.clone(),
                        "no output stands behind this program, so that nobody can compare a prediction with it",
                        "write the output as a quote below the fence, each line behind `> `",
                    );
                }
                quote.map(|quote| {
                    let written = output(text, &events[quote.clone()]);
                    place = quote.end;
                    outputs.push(quote);
                    written
                })
            }
        };
        let program = Program {
            key: key(&source),
            kind,
            line: report.line(at.start),
            source,
            output,
        };
        if programs.iter().all(|known| known.key != program.key) {
            programs.push(program);
        }
    }
    for output in outputs.into_iter().rev() {
        events.drain(output);
    }
    programs
}

/// The events of the quote that begins at a place.
fn quote_at(events: &[Spanned], place: usize) -> Option<Range<usize>> {
    let (Event::Start(Tag::BlockQuote(_)), _) = events.get(place)? else {
        return None;
    };
    let mut depth = 0_usize;
    for (offset, (event, _)) in events[place..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(place..place + offset + 1);
        }
    }
    None
}

/// The output in a quote as it is written: that of a fence in it, else every line without the quote's mark.
fn output(text: &str, quote: &[Spanned]) -> String {
    let inside = document::inside(quote);
    if let [(Event::Start(Tag::CodeBlock(_)), _), code @ .., _] = inside
        && code
            .iter()
            .all(|(event, _)| matches!(event, Event::Text(_)))
    {
        return document::plain(code);
    }
    let lines = text[document::span(quote)].lines().map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}
