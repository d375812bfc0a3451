//! A stack of WebAssembly, as frames of the learner's source. All of it comes from tables in the learner's module, so names
//! are text to be shown and nothing else.

use serde::{Deserialize, Serialize};
use wasmtime::{FrameInfo, FrameSymbol, WasmBacktrace};

use crate::language::SOLUTION;
use crate::text::printable;

#[cfg(test)]
mod tests;

/// The most frames that are kept of a stack, from the innermost; a deep recursion repeats itself.
const FRAMES: usize = 64;

/// The most characters of a name; generic arguments can be very long.
const NAME_CHARACTERS: usize = 120;

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
pub(super) fn frames(backtrace: &WasmBacktrace) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for frame in backtrace.frames().iter().flat_map(of_function) {
        // The glue is one thing to its learners, however many functions it is made of.
        let repeats = frames
            .last()
            .is_some_and(|inner| inner.origin == Origin::Glue);
        if !(repeats && frame.origin == Origin::Glue) {
            frames.push(frame);
        }
        if frames.len() == FRAMES {
            break;
        }
    }
    frames.reverse();
    frames
}

/// The frames of one function of the module, from the innermost: what was inlined at the place, then the function itself.
fn of_function(frame: &FrameInfo) -> Vec<Frame> {
    let name = frame.func_name().unwrap_or("?");
    if frame.symbols().is_empty() {
        return vec![Frame::new(name, None, None)];
    }
    let of_symbol = |symbol: &FrameSymbol| {
        Frame::new(symbol.name().unwrap_or(name), symbol.file(), symbol.line())
    };
    frame.symbols().iter().map(of_symbol).collect()
}

impl Frame {
    /// A frame of a function with this mangled name, from this line of this file.
    fn new(name: &str, file: Option<&str>, line: Option<u32>) -> Frame {
        let name = shown(name);
        let in_file = |stem: &str| {
            let file = file.unwrap_or_default();
            let file = file.rsplit('/').next().unwrap_or_default();
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
            line: line.filter(|&line| line > 0 && origin == Origin::Source),
            origin,
        }
    }
}

/// A name as its source has it: without the mangling, the compiler's hash and the crate of the solution.
fn shown(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let name = printable(&name).replace(['\n', '\t'], " ");
    let name = name.strip_prefix("solution::").unwrap_or(&name);
    let mut characters = name.chars();
    let mut short: String = characters.by_ref().take(NAME_CHARACTERS).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
