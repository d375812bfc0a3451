//! LESSONS: Markdown in, lesson and diagnostics out.
//!
//! Knows no HTTP, SQL, learner or calendar date. How a file becomes a lesson:
//!
//! 1. `source` makes text of the bytes, and places (line, column) of its parts.
//! 2. `front_matter` reads the YAML at the top.
//! 3. `document` makes Markdown events of the rest; `unclosed` looks for fences that swallow what follows.
//! 4. `outline` finds the title and the nine sections.
//! 5. `parts` reads what each section holds; `html` renders it.
//! 6. `links` looks at every link, image and piece of raw HTML, `figures` at every formula and diagram.
//! 7. `pedagogy` looks at how the whole teaches.
//!
//! Parsing never fails: whatever the bytes are, there is a [`Parsed`], and what is wrong is told all at once.

pub mod diagnostic;
mod diagram;
mod document;
mod fence;
mod figures;
mod files;
mod formula;
mod front_matter;
mod highlight;
mod html;
mod keys;
mod language;
pub mod lesson;
mod links;
mod mark;
mod outline;
mod parse;
mod parts;
mod passages;
mod pedagogy;
pub mod programs;
mod report;
pub mod searched;
mod skeleton;
mod source;
pub mod stem;
#[cfg(test)]
mod tests;
mod unclosed;

pub use files::{Found, check_together, find_lessons, outside};
pub use html::{code, markdown};
pub use links::IMAGES;
pub use parse::{Counts, Image, Parsed, Surroundings, parse};
pub use passages::{explanation, passages};
pub use skeleton::skeleton;

/// Changes whenever the same file may give another [`lesson::Lesson`] than before, so that stored lessons are known to
/// be stale.
pub const RENDERER_VERSION: u32 = 3;
