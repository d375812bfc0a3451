//! A valid lesson of few words, and what an author may change in it.

use std::{fmt::Write, path::Path};

use crate::{
    Parsed, Surroundings,
    diagnostic::Severity,
    lesson::{Lesson, Question},
    parse,
};

const LESSON: &str = "\
# 7 - Caches

## 1. Activate Prior Knowledge

- What is fast?

## 2. Overview

Keep what you use.

## 3. Key Concepts

- Hit (попадение) – Found in the cache.
- Miss – Not found.

## 4. Step-by-step Learning Path

1. **Measure**
   - Focus: The slow part.
   - Practical task: Time it.
   - Questions: How long? Why?

## 5. Examples

### A table

Look it up.

## 6. Common Pitfalls

- **No limit:** Memory fills.

## 7. Short Retrieval Quiz

1. What is a hit?
2. What is a miss?

## 8. Quick Recap

- Keep what you use.

## 9. Spaced Review Plan

| Interval | Prompt |
|----------|--------|
| 1 day    | Name a cache. |
";

/// An author at work on a lesson, which is valid before the first change.
pub(super) struct Author {
    pub(super) text: String,
}

impl Author {
    pub(super) fn new() -> Author {
        Author {
            text: LESSON.to_owned(),
        }
    }

    /// Replaces a passage, which must be there exactly once.
    pub(super) fn replaces(mut self, passage: &str, with: &str) -> Author {
        assert_eq!(
            self.text.matches(passage).count(),
            1,
            "`{passage}` is not there exactly once"
        );
        self.text = self.text.replace(passage, with);
        self
    }

    /// Writes something before everything else.
    pub(super) fn begins_with(mut self, beginning: &str) -> Author {
        self.text.insert_str(0, beginning);
        self
    }

    /// Removes a section, from its heading to the next.
    pub(super) fn removes_section(mut self, heading: &str) -> Author {
        let start = self.text.find(heading).expect("the heading is there");
        let end = self.text[start + 1..]
            .find("\n## ")
            .map_or(self.text.len(), |next| start + 1 + next + 1);
        self.text.replace_range(start..end, "");
        self
    }

    pub(super) fn parses(&self) -> Parsed {
        parse(
            Path::new("lesson.md"),
            self.text.as_bytes(),
            &Surroundings::unknown(),
        )
    }

    /// The lesson; the author made no error.
    pub(super) fn lesson(&self) -> Lesson {
        let parsed = self.parses();
        parsed
            .lesson
            .unwrap_or_else(|| panic!("errors: {}", told(&parsed.diagnostics)))
    }

    /// The only question of a quiz that is replaced by these lines.
    pub(super) fn asks(lines: &str) -> Question {
        let lesson = Author::new().with_quiz(lines).lesson();
        lesson.quiz.into_iter().next().expect("there is a question")
    }

    pub(super) fn with_quiz(self, lines: &str) -> Author {
        self.replaces("1. What is a hit?\n2. What is a miss?\n", lines)
    }

    /// What the author is told, a line each.
    pub(super) fn is_told(&self) -> String {
        told(&self.parses().diagnostics)
    }
}

/// `line:column+length severity code message`.
pub(super) fn told(diagnostics: &[crate::diagnostic::Diagnostic]) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let (line, column, length) = (diagnostic.line, diagnostic.column, diagnostic.length);
        writeln!(
            lines,
            "{line}:{column}+{length} {severity} {} {}",
            diagnostic.code, diagnostic.message
        )
        .expect("a String takes every text");
    }
    lines
}

#[test]
fn a_lesson_of_few_words_has_nothing_wrong_with_it() {
    assert_eq!(Author::new().is_told(), "");
}
