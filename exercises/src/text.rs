//! Text that comes from learners' programs and their compilers, made safe to show.

/// Replaces what could steer a terminal or a page: control characters other than line ends and tabs, and the marks that
/// reverse the direction of writing.
pub fn printable(text: &str) -> String {
    let steers = |character: char| {
        (character.is_control() && !matches!(character, '\n' | '\t'))
            || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|character| {
            if steers(character) {
                char::REPLACEMENT_CHARACTER
            } else {
                character
            }
        })
        .collect()
}

/// The beginning of a text, at most `limit` bytes, and whether more followed.
pub fn beginning(mut text: String, limit: usize) -> (String, bool) {
    let cut = text.len() > limit;
    text.truncate(text.floor_char_boundary(limit));
    (text, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_lose_their_power() {
        assert_eq!(
            printable("ред\tедно\n\u{1b}[31mred\u{202e}"),
            "ред\tедно\n\u{fffd}[31mred\u{fffd}"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_says_so() {
        assert_eq!(beginning("жжж".to_owned(), 3), ("ж".to_owned(), true));
        assert_eq!(beginning("жжж".to_owned(), 6), ("жжж".to_owned(), false));
    }
}
