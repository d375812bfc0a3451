//! What holds of every file, whatever is in it.

use std::{collections::BTreeSet, path::Path};

use proptest::prelude::*;

use super::author::Author;
use crate::{Surroundings, diagnostic::Severity, parse};

/// Pieces that mean something to Markdown or to a lesson.
fn piece() -> impl Strategy<Value = String> {
    let syntax = prop::sample::select(vec![
        "\n",
        "\n\n",
        "# ",
        "## ",
        "### ",
        "- ",
        "1. ",
        "> ",
        "   ",
        "```",
        "~~~",
        "**",
        "*",
        "`",
        "|",
        "|-|-|\n",
        "[x] ",
        "- [ ] ",
        "(",
        ")",
        "](",
        "![",
        "<",
        ">",
        "<!--",
        "-->",
        "<b>",
        "{#id}",
        " – ",
        ": ",
        "? ",
        "---\n",
        "\t",
        "\r\n",
        "\\",
        "&amp;",
        "Answer: ",
        "Фокус:",
        "## 2. Overview\n",
        "## 7. Short Retrieval Quiz\n",
        "exercise:x",
    ]);
    prop_oneof![3 => syntax.prop_map(str::to_owned), 1 => "[а-яa-z]{1,6} ", 1 => any::<char>().prop_map(String::from)]
}

fn sentence() -> impl Strategy<Value = String> {
    "[a-zа-я]{3,8}( [a-zа-я]{3,8}){0,4}"
}

proptest! {
    #[test]
    fn no_file_is_too_odd_to_parse(pieces in prop::collection::vec(piece(), 0..60)) {
        let parsed = parse(Path::new("x.md"), pieces.concat().as_bytes(), &Surroundings::unknown());
        let has_errors = parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        prop_assert_eq!(parsed.lesson.is_none(), has_errors);
    }

    #[test]
    fn no_change_to_a_lesson_is_too_odd_to_parse(pieces in prop::collection::vec(piece(), 1..8), at in 0..1_000_usize) {
        let mut text = Author::new().text;
        let at = text.floor_char_boundary(at % text.len());
        text.insert_str(at, &pieces.concat());
        let parsed = parse(Path::new("x.md"), text.as_bytes(), &Surroundings::unknown());
        let lines = text.lines().count() as u32 + 1;
        for diagnostic in &parsed.diagnostics {
            prop_assert!((1..=lines).contains(&diagnostic.line) && diagnostic.column >= 1 && diagnostic.length >= 1);
        }
    }

    #[test]
    fn no_bytes_are_too_odd_to_parse(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        parse(Path::new("x.md"), &bytes, &Surroundings::unknown());
    }

    #[test]
    fn every_word_that_an_author_adds_is_shown_somewhere(
        sentence in sentence(),
        block in prop::sample::select(vec![
            "\n\nWORDS\n\n", "\n\n- WORDS\n\n", "\n\n1. WORDS\n\n", "\n\n> WORDS\n\n", "\n\n### WORDS\n\n",
            "\n\n## WORDS\n\n", "\n\n```\nWORDS\n```\n\n", "\n\n| WORDS | b |\n|-|-|\n| c | WORDS |\n\n",
            "\n   - WORDS\n", "\n   - *WORDS* – WORDS\n", "\n\n**WORDS:** `WORDS`\n\n", "\n\n- **WORDS**\n\n  WORDS\n\n",
            "\n\n![WORDS](a.png) [WORDS](exercise:x)\n\n",
        ]),
        line in 1..40_usize,
    ) {
        let lines: Vec<String> = Author::new().text.lines().map(str::to_owned).collect();
        let block = block.replace("WORDS", &sentence);
        // Inside of the plan's table a block would make the rest of the rows its own.
        let line = line.min(lines.len() - 4);
        let text = format!("{}{block}{}\n", lines[..line].join("\n"), lines[line..].join("\n"));
        let parsed = parse(Path::new("x.md"), text.as_bytes(), &Surroundings::unknown());
        if let Some(lesson) = parsed.lesson {
            let shown = serde_json::to_string(&lesson).expect("a lesson is JSON");
            let shown: BTreeSet<&str> = shown.split(|character: char| !character.is_alphanumeric()).collect();
            for word in sentence.split(' ') {
                prop_assert!(shown.contains(word), "`{}` is lost in\n{}", word, text);
            }
        }
    }
}
