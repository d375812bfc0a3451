//! Fences and comments that their author forgot to close.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::{diagnostic::Code, document::Spanned, report::Report};

/// How a fence was left open.
enum Open {
    /// To the end of the file, or of the quote or point that it stands in.
    ToTheEnd,
    /// Until the line that closes a later fence, which therefore opened nothing.
    ToALaterFence,
}

/// Reports fences and comments without an end; the answer is where one of them swallowed the rest of the file.
pub(crate) fn check(text: &str, events: &[Spanned], report: &mut Report) -> Option<usize> {
    let mut cut_off_at = None;
    for (event, range) in events {
        let block = &text[range.clone()];
        let is_open = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => match open_fence(block) {
                Some(Open::ToTheEnd) => {
                    report.add(
                        Code::FenceUnclosed,
                        range.clone(),
                        "the code fence that opens here is never closed",
                        "write a line with the same fence behind the code, indented like this one",
                    );
                    true
                }
                Some(Open::ToALaterFence) => {
                    report.add(
                        Code::FenceUnclosed,
                        range.clone(),
                        "the code fence that opens here is not closed before the next one opens",
                        "write a line with the same fence behind the code; to show a fence as code, open with one sign more",
                    );
                    false
                }
                None => false,
            },
            Event::Start(Tag::HtmlBlock) if is_open_comment(block) => {
                report.add(
                    Code::CommentUnclosed,
                    range.clone(),
                    "the HTML comment that opens here is never closed, so that nobody sees what follows",
                    "write `-->` behind it",
                );
                true
            }
            _ => false,
        };
        if is_open && text[range.end..].trim().is_empty() {
            cut_off_at = Some(range.start);
        }
    }
    cut_off_at
}

fn open_fence(block: &str) -> Option<Open> {
    let fence = block.chars().next()?;
    let length = signs(block, fence);
    let Some((_, behind_opening)) = block.split_once('\n') else {
        return Some(Open::ToTheEnd);
    };
    // Lines of a fence in a quote begin with the quote's marks, which belong to the block's bytes.
    let mut lines = behind_opening
        .trim_end()
        .split('\n')
        .map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end());
    let last = lines.next_back().unwrap_or_default();
    if signs(last, fence) < length || signs(last, fence) < last.chars().count() {
        return Some(Open::ToTheEnd);
    }
    lines
        .any(|line| signs(line, fence) >= length && names_a_language(line, fence))
        .then_some(Open::ToALaterFence)
}

/// How many of the fence's signs a line begins with.
fn signs(line: &str, fence: char) -> usize {
    line.chars()
        .take_while(|&character| character == fence)
        .count()
}

/// Whether a word stands behind the fence, as only on a line that opens one.
fn names_a_language(line: &str, fence: char) -> bool {
    let info = line.trim_start_matches(fence).trim_start();
    info.starts_with(char::is_alphabetic) && !info.contains(fence)
}

fn is_open_comment(block: &str) -> bool {
    block.trim_start().starts_with("<!--") && !block.contains("-->")
}
