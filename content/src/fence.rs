//! What stands behind a code fence: a language, and marks that give the code a meaning.

use pulldown_cmark::CodeBlockKind;

/// What the words behind a fence say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Info {
    /// The first word in lower case: `rust` of `rust run` and of `rust,ignore`.
    pub(crate) language: String,
    marks: Vec<String>,
}

impl Info {
    /// Reads the words behind a fence; an indented block has none.
    pub(crate) fn of(kind: &CodeBlockKind) -> Info {
        let words = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let is_part = |character: char| character.is_alphanumeric() || "+#-_.".contains(character);
        let mut words = words
            .split(|character| !is_part(character))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase);
        Info {
            language: words.next().unwrap_or_default(),
            marks: words.collect(),
        }
    }

    /// Whether the code is a Rust program with this mark.
    pub(crate) fn is_rust_with(&self, mark: &str) -> bool {
        matches!(self.language.as_str(), "rust" | "rs")
            && self.marks.iter().any(|found| found == mark)
    }
}
