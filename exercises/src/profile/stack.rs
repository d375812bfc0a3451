//! A stack of WebAssembly, as frames of the learner's source. All of it comes from tables in the learner's module, so names
//! are text to be shown and nothing else.

use serde::{Deserialize, Serialize};

use super::lines::{LineTable, SourceFrame};
use super::seen::RawFrame;
use crate::language::SOLUTION;
use crate::text::printable;

#[cfg(test)]
mod tests;

/// The most frames that are kept of a stack, from the innermost; a deep recursion repeats itself.
const FRAMES: usize = 64;

/// The most characters of a name.
const NAME_CHARACTERS: usize = 80;

/// A call on a stack, of a function that may have been inlined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The function.
    pub name: String,
    /// The line of the learner's source that runs or calls, from 1, where it is known.
    pub line: Option<u32>,
    /// Whose code it is.
    pub origin: Origin,
}

/// Whose code a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The source that is profiled.
    Source,
    /// What the sandbox puts around it.
    Glue,
    /// The language's library.
    Library,
}

/// The frames of a stack, from the outermost.
pub(super) fn frames(stack: &[RawFrame], lines: Option<&LineTable<'_>>) -> Vec<Frame> {
    let of_function = |raw: &RawFrame| {
        let source = match (lines, raw.module_offset) {
            (Some(lines), Some(offset)) => lines.at(offset),
            _ => Vec::new(),
        };
        let inlined = if source.is_empty() {
            vec![SourceFrame::default()]
        } else {
            source
        };
        let function = raw.function.clone();
        inlined
            .into_iter()
            .map(move |frame| Frame::new(&function, &frame))
    };
    let mut frames: Vec<Frame> = Vec::new();
    for frame in stack.iter().flat_map(of_function) {
        // The glue is one thing to learners, however many functions it is made of, and so is a library's function that
        // only calls one of the same name.
        let repeats = frames
            .last()
            .is_some_and(|inner| *inner == frame && frame.origin != Origin::Source);
        if !repeats {
            frames.push(frame);
        }
        if frames.len() == FRAMES {
            break;
        }
    }
    frames.reverse();
    frames
}

impl Frame {
    /// A frame at a place in the source; where that has no name, the WebAssembly function's name stands for it.
    fn new(function: &str, source: &SourceFrame) -> Frame {
        let name = shown(source.name.as_deref().unwrap_or(function));
        let file = source.file.as_deref().unwrap_or_default();
        let file = file.rsplit('/').next().unwrap_or_default();
        let in_file = |stem: &str| {
            file.strip_prefix(stem)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let origin = if in_file(SOLUTION) {
            Origin::Source
        } else if in_file("glue") || name.starts_with("lab_") {
            Origin::Glue
        } else {
            Origin::Library
        };
        Frame {
            name: if origin == Origin::Glue {
                "lab".to_owned()
            } else {
                name
            },
            line: source.line.filter(|_| origin == Origin::Source),
            origin,
        }
    }
}

/// A name as its source has it: without the mangling, the compiler's hash, generic arguments and the solution's crate.
fn shown(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let name = printable(&name).replace(['\n', '\t'], " ");
    let name = name.strip_prefix("solution::").unwrap_or(&name);
    let name = if name.starts_with('<') {
        name.to_owned()
    } else {
        without_generics(name)
    };
    let mut characters = name.chars();
    let mut short: String = characters.by_ref().take(NAME_CHARACTERS).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// A name without what stands in angle brackets.
fn without_generics(name: &str) -> String {
    let mut depth = 0_u32;
    let mut previous = ' ';
    let mut outside = |character: char| {
        let is_arrow = previous == '-' && character == '>';
        previous = character;
        match character {
            '<' => depth += 1,
            '>' if !is_arrow && depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    let kept: String = name
        .chars()
        .filter(|&character| outside(character))
        .collect();
    // What is left of `Vec::<u64>::new`.
    kept.replace("::::", "::")
}
