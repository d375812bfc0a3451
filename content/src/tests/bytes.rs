use std::path::Path;

use super::author::{Author, told};
use crate::{Surroundings, parse};

#[test]
fn a_byte_order_mark_is_hinted_at_and_moves_no_column() {
    let author = Author::new()
        .begins_with("\u{feff}")
        .replaces("# 7 - Caches", "# Кеш");
    insta::assert_snapshot!(author.is_told(), @r#"
    1:1+1 hint byte-order-mark the file begins with a byte-order mark, which does nothing
    1:1+5 error number-missing the first heading has no lesson number in front of its title
    "#);
}

#[test]
fn windows_line_ends_are_hinted_at_and_move_no_line() {
    let mut author = Author::new().replaces("1 day ", "скоро ");
    author.text = author.text.replace('\n', "\r\n");
    insta::assert_snapshot!(author.is_told(), @r#"
    1:13+1 hint crlf lines end with CRLF, so that editors on different systems change the whole file
    46:3+5 error interval-unreadable `скоро` is not an interval: expected a whole number from 1 and a unit
    "#);
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    let mut author = Author::new().replaces("1 day ", "скоро ");
    author.text = author.text.replace('\n', "\r");
    insta::assert_snapshot!(author.is_told(), @"46:3+5 error interval-unreadable `скоро` is not an interval: expected a whole number from 1 and a unit");
}

#[test]
fn columns_count_characters() {
    let author = Author::new().replaces(
        "Keep what you use.\n\n## 3",
        "Виж ![схема](https://example.org/a.png).\n\n## 3",
    );
    insta::assert_snapshot!(author.is_told(), @"9:5+35 warning image-remote the picture `https://example.org/a.png` is on another server and shown as a link");
}

#[test]
fn bytes_that_are_not_utf8_are_reported_where_they_stand() {
    let bytes = [
        Author::new()
            .text
            .replace("# 7 - Caches", "# 7 - Кеш ")
            .into_bytes(),
        b"\xff\n".to_vec(),
    ]
    .concat();
    let parsed = parse(Path::new("lesson.md"), &bytes, &Surroundings::unknown());
    insta::assert_snapshot!(told(&parsed.diagnostics), @r#"
    47:1+1 error not-utf8 the file is not UTF-8: here is a byte that no character begins with
    47:1+1 error interval-unreadable `�` is not an interval: expected a whole number from 1 and a unit
    47:1+1 warning not-understood this row of the review plan has no prompt
    "#);
    assert_eq!(parsed.number, Some(7));
}

#[test]
fn an_unclosed_fence_is_reported_at_its_opening_line_and_nothing_else() {
    let author = Author::new().replaces("Look it up.", "Look:\n\n```rust\nfn main() {}");
    insta::assert_snapshot!(author.is_told(), @"29:1+7 error fence-unclosed the code fence that opens here is never closed");
}

#[test]
fn a_fence_that_only_the_next_one_closes_is_reported_at_its_opening_line() {
    let author = Author::new().replaces(
        "Look it up.",
        "```rust\nfn main() {}\n\n### Another\n\n```rust\nfn main() {}\n```",
    );
    insta::assert_snapshot!(author.is_told(), @"27:1+7 error fence-unclosed the code fence that opens here is not closed before the next one opens");
}

#[test]
fn a_longer_fence_shows_a_fence_as_code() {
    let author = Author::new().replaces(
        "Look it up.",
        "````markdown\n```rust\nfn main() {}\n```\n````",
    );
    assert_eq!(author.is_told(), "");
}

#[test]
fn an_unclosed_fence_inside_a_step_is_reported() {
    let author = Author::new().replaces("   - Focus: The slow part.", "   ```\n   code\n");
    assert!(
        author.is_told().contains("fence-unclosed"),
        "{}",
        author.is_told()
    );
    let author = Author::new().replaces("   - Focus: The slow part.", "   ```\n   code\n   ```\n");
    assert_eq!(author.is_told(), "");
}

#[test]
fn an_unclosed_comment_is_reported_at_its_opening_line() {
    insta::assert_snapshot!(Author::new().replaces("Look it up.", "<!-- look").is_told(), @"27:1+9 error comment-unclosed the HTML comment that opens here is never closed, so that nobody sees what follows");
}

#[test]
fn a_file_beyond_a_mebibyte_is_not_read() {
    let bytes = vec![b'x'; 1024 * 1024 + 1];
    let parsed = parse(Path::new("lesson.md"), &bytes, &Surroundings::unknown());
    insta::assert_snapshot!(told(&parsed.diagnostics), @"1:1+1 error file-too-large the file has 1048577 bytes; a lesson has at most 1048576");
}

#[test]
fn ten_thousand_nested_quotes_or_lists_are_reported_not_read() {
    for marker in [">", "> ", "- ", "1. "] {
        let author =
            Author::new().replaces("Look it up.", &format!("{}deep", marker.repeat(10_000)));
        assert!(
            author.is_told().contains("error nesting-too-deep"),
            "{marker}"
        );
    }
    let ladder: String = (0..700)
        .map(|level| format!("{}- x\n", "  ".repeat(level)))
        .collect();
    let author = Author::new().replaces("Look it up.", &ladder);
    assert!(author.is_told().contains("error nesting-too-deep"));
}

#[test]
fn a_hundred_thousand_headings_are_only_too_many() {
    let author = Author::new().replaces(
        "## 3. Key",
        &format!("{}## 3. Key", "# a\n".repeat(100_000)),
    );
    let parsed = author.parses();
    assert_eq!(parsed.diagnostics.len(), 1_000);
    assert_eq!(parsed.counts.sections, 9);
}

#[test]
fn a_hundred_thousand_equal_points_have_a_hundred_thousand_keys() {
    let author = Author::new().replaces("- What is fast?", &"- a\n".repeat(100_000));
    let keys = author.lesson().prior.into_iter().map(|prompt| prompt.key);
    assert_eq!(
        keys.collect::<std::collections::BTreeSet<_>>().len(),
        100_000
    );
}

#[test]
fn a_lesson_is_in_the_language_of_its_folder_else_of_its_letters() {
    let language = |path: &str, text: &str| {
        parse(Path::new(path), text.as_bytes(), &Surroundings::unknown())
            .language
            .map(|language| language.code())
    };
    assert_eq!(language("lessons/bg/7.md", "English words"), Some("bg"));
    assert_eq!(language("bg/en/7.md", "Думи"), Some("en"));
    assert_eq!(
        language("lessons/7.md", "# 7 - Title\n\nПовече български думи"),
        Some("bg")
    );
    assert_eq!(
        language("lessons/7.md", "More English words, малко други"),
        Some("en")
    );
    assert_eq!(language("lessons/7.md", "```\nкод\n```"), None);
}
