//! Colours of code, as CSS classes.
//!
//! Grammars know hundreds of scopes; a page shows few classes, so that colours mean something and pages stay small.

use std::sync::LazyLock;

use syntect::{
    parsing::{ParseState, Scope, ScopeStack, SyntaxSet},
    util::LinesWithEndings,
};

/// Loaded once: unpacking the grammars takes tens of milliseconds.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Beginnings of scopes and the class that shows them; the first that fits counts.
const CLASSES: [(&str, &str); 15] = [
    ("comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.numeric", "hl-number"),
    ("constant.character.escape", "hl-escape"),
    ("constant", "hl-number"),
    ("keyword.operator", "hl-operator"),
    ("keyword", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("entity.name.function", "hl-function"),
    ("variable.function", "hl-function"),
    ("support.function", "hl-function"),
    ("support.macro", "hl-function"),
    ("entity.name", "hl-type"),
    ("support", "hl-type"),
    ("meta.annotation", "hl-attribute"),
];

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let scopes = CLASSES
        .iter()
        .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)));
    scopes.collect()
});

/// Code beyond this is shown plain: nobody reads it, and grammars are slow on it.
const MOST_BYTES: usize = 64 * 1024;

/// Grammars are built of regular expressions, some of which take time by the square of a line.
const MOST_BYTES_OF_A_LINE: usize = 1_000;

/// Code as HTML with classes; `None` if the language is unknown or the code too much, so that it is shown plain.
pub(crate) fn highlight(code: &str, language: &str) -> Option<String> {
    let is_too_much =
        code.len() > MOST_BYTES || code.lines().any(|line| line.len() > MOST_BYTES_OF_A_LINE);
    if is_too_much || language.is_empty() {
        return None;
    }
    let mut state = ParseState::new(GRAMMARS.find_syntax_by_token(language)?);
    let mut stack = ScopeStack::new();
    let mut painter = Painter::default();
    for line in LinesWithEndings::from(code) {
        let mut painted = 0;
        for (byte, change) in state.parse_line(line, &GRAMMARS).ok()? {
            painter.paint(&line[painted..byte], class(&stack));
            painted = byte;
            stack.apply(&change).ok()?;
        }
        painter.paint(&line[painted..], class(&stack));
    }
    Some(painter.finish())
}

/// Escapes code as the text of an element.
pub(crate) fn escape(code: &str) -> String {
    let mut escaped = String::new();
    pulldown_cmark_escape::escape_html_body_text(&mut escaped, code)
        .expect("a String takes every text");
    escaped
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> Option<&'static str> {
    stack.scopes.iter().rev().find_map(|&scope| {
        let fitting = SCOPES.iter().find(|(known, _)| known.is_prefix_of(scope));
        fitting.map(|(_, class)| *class)
    })
}

/// Writes spans, one for neighbours of one class.
#[derive(Default)]
struct Painter {
    html: String,
    class: Option<&'static str>,
}

impl Painter {
    fn paint(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // Between two words of one colour, blanks need no span of their own.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str(&format!("<span class=\"{class}\">"));
            }
            self.class = class;
        }
        self.html.push_str(&escape(text));
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}
