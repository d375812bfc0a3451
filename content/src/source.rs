//! The text of a file, and where in it something stands.
//!
//! Everything after this module speaks of bytes of [`Source::text`]; people are told lines and columns in characters.

use std::{borrow::Cow, ops::Range};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's text.
pub(crate) struct Source {
    /// The text without its byte-order mark; bytes that are not UTF-8 became `U+FFFD`.
    pub(crate) text: String,
    /// Whether there was a byte-order mark.
    pub(crate) had_byte_order_mark: bool,
    /// Where in `text` the first byte that is not UTF-8 stood.
    pub(crate) not_utf8_at: Option<usize>,
    line_starts: Vec<usize>,
}

/// Where something stands, as people count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line, from 1.
    pub(crate) line: u32,
    /// The column in characters, from 1.
    pub(crate) column: u32,
    /// Characters on that line, at least 1.
    pub(crate) length: u32,
}

impl Source {
    /// Makes text of bytes, whatever they are.
    pub(crate) fn new(bytes: &[u8]) -> Source {
        let text = String::from_utf8_lossy(bytes);
        let had_byte_order_mark = text.starts_with(BYTE_ORDER_MARK);
        let skipped = if had_byte_order_mark {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let not_utf8_at = match text {
            Cow::Borrowed(_) => None,
            // Up to the first bad byte nothing was replaced, so the two texts agree on where it stands.
            Cow::Owned(_) => str::from_utf8(bytes)
                .err()
                .map(|error| error.valid_up_to() - skipped),
        };
        let text = with_line_feeds(&text[skipped..]);
        let after_line_ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let line_starts = std::iter::once(0).chain(after_line_ends).collect();
        Source {
            text,
            had_byte_order_mark,
            not_utf8_at,
            line_starts,
        }
    }

    /// The place of a range of bytes.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        let start = self.boundary(range.start);
        let line_index = self
            .line_starts
            .partition_point(|&line_start| line_start <= start)
            - 1;
        let line = &self.text[self.line(line_index)];
        let start_in_line = (start - self.line_starts[line_index]).min(line.len());
        let end_in_line =
            (self.boundary(range.end).max(start) - self.line_starts[line_index]).min(line.len());
        let marked = line[start_in_line..end_in_line.max(start_in_line)].trim_end();
        Place {
            line: count(line_index + 1),
            column: count(line[..start_in_line].chars().count() + 1),
            length: count(marked.chars().count().max(1)),
        }
    }

    /// The bytes of the line that holds a byte, without the line's end.
    pub(crate) fn line_around(&self, byte: usize) -> Range<usize> {
        self.line(
            self.line_starts
                .partition_point(|&line_start| line_start <= byte)
                - 1,
        )
    }

    /// The byte at a line and a column, both from 0, or the end of that line.
    pub(crate) fn byte_at(&self, line_index: usize, column: usize) -> usize {
        let line = self.line(line_index.min(self.line_starts.len() - 1));
        let within = self.text[line.clone()]
            .char_indices()
            .nth(column)
            .map(|(byte, _)| byte);
        within.map_or(line.end, |byte| line.start + byte)
    }

    /// The line that holds a byte, from 0.
    pub(crate) fn line_index(&self, byte: usize) -> usize {
        self.line_starts
            .partition_point(|&line_start| line_start <= byte)
            - 1
    }

    fn line(&self, index: usize) -> Range<usize> {
        let start = self.line_starts[index];
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |&next| next - 1);
        let end = if self.text[start..end].ends_with('\r') {
            end - 1
        } else {
            end
        };
        start..end
    }

    fn boundary(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte.min(self.text.len()))
    }
}

/// The text with a line feed in the place of every lone carriage return, which ends a line in Markdown as well.
fn with_line_feeds(text: &str) -> String {
    let mut pieces = text.split('\r');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        let line_end = if piece.starts_with('\n') { "\r" } else { "\n" };
        text + line_end + piece
    })
}

/// A file of at most a mebibyte is parsed, so that every count of its lines and characters fits.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
