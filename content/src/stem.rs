//! Words as they are searched for: without the endings that Bulgarian and English give them.
//!
//! English is stemmed by Snowball's English algorithm. Bulgarian has none there; it is stemmed by the light stemmer of
//! J. Savoy, "Searching strategies for the Bulgarian language", Information Retrieval 10 (2007), which takes the article,
//! the plural and the gender off nouns and adjectives. Its rule for "бели" and "бял" is left out, since it would part
//! "системи" from "система" and "проблеми" from "проблем". A word's letters say which of the two it needs, since Bulgarian
//! lessons are full of English terms.

use std::{ops::Range, sync::LazyLock};

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// What it is searched by.
    pub stem: String,
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let is_part = |character: char| character.is_alphanumeric() || character == '\u{301}';
    let mut position = 0;
    std::iter::from_fn(move || {
        let start = position + text[position..].find(is_part)?;
        let length = text[start..].find(|character| !is_part(character));
        position = length.map_or(text.len(), |length| start + length);
        Some(Word {
            at: start..position,
            stem: stem(&text[start..position]),
        })
    })
}

/// The stem of one word.
fn stem(word: &str) -> String {
    let folded: String = word
        .nfkc()
        // The accent that marks the stressed vowel of a Bulgarian word.
        .filter(|character| *character != '\u{301}')
        .collect::<String>()
        .to_lowercase();
    if folded
        .chars()
        .any(|character| ('а'..='я').contains(&character))
    {
        bulgarian(&folded)
    } else {
        ENGLISH.stem(&folded).into_owned()
    }
}

/// An ending, the length in letters that a word must exceed to lose it, and what comes in its place.
type Rule = (usize, &'static str, &'static str);

const ARTICLES: [Rule; 7] = [
    (6, "ият", ""),
    (5, "ът", ""),
    (5, "то", ""),
    (5, "те", ""),
    (5, "та", ""),
    (5, "ия", ""),
    (4, "ят", ""),
];

const PLURALS: [Rule; 7] = [
    (6, "овци", "о"),
    (6, "ове", ""),
    (6, "еве", "й"),
    (5, "ища", ""),
    (5, "та", ""),
    (5, "ци", "к"),
    (5, "зи", "г"),
];

const LATE_PLURALS: [Rule; 2] = [(4, "си", "х"), (4, "и", "")];

fn bulgarian(word: &str) -> String {
    let mut word: Vec<char> = word.chars().collect();
    if word.len() < 4 || apply(&mut word, &[(5, "ища", "")]) {
        return word.into_iter().collect();
    }
    apply(&mut word, &ARTICLES);
    if !apply(&mut word, &PLURALS) {
        apply(&mut word, &LATE_PLURALS);
    }
    apply(&mut word, &[(3, "я", "")]);
    apply(&mut word, &[(3, "а", ""), (3, "о", ""), (3, "е", "")]);
    apply(&mut word, &[(4, "ен", "н")]);
    if let [.., 'ъ', last] = word[..]
        && word.len() > 5
    {
        word.truncate(word.len() - 2);
        word.push(last);
    }
    word.into_iter().collect()
}

/// Applies the first rule that fits.
fn apply(word: &mut Vec<char>, rules: &[Rule]) -> bool {
    let fitting = rules
        .iter()
        .find(|(longer_than, ending, _)| word.len() > *longer_than && is_ending(word, ending));
    let Some((_, ending, replacement)) = fitting else {
        return false;
    };
    word.truncate(word.len() - ending.chars().count());
    word.extend(replacement.chars());
    true
}

fn is_ending(word: &[char], ending: &str) -> bool {
    let length = ending.chars().count();
    word.len() >= length
        && word[word.len() - length..]
            .iter()
            .copied()
            .eq(ending.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).map(|word| word.stem).collect()
    }

    #[test]
    fn forms_of_one_bulgarian_word_have_one_stem() {
        for forms in [
            "система системата системи системите",
            "град градът града градове градовете",
            "заявка заявката заявки заявките",
            "опашка опашката опашки опашките",
            "производителност производителността",
            "проблем проблемът проблеми проблемите",
            "мрежа мрежата мрежи мрежите",
            "метрика метриката метрики метриките",
            "профилиране профилирането",
        ] {
            let stems = stems(forms);
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn forms_of_one_english_word_have_one_stem() {
        let stems = stems("measure measures measured Measuring");
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
    }

    #[test]
    fn different_words_stay_different() {
        let stems = stems("кеш мрежа диск памет cache latency");
        let distinct: std::collections::BTreeSet<&String> = stems.iter().collect();
        assert_eq!(distinct.len(), 6);
    }

    #[test]
    fn words_are_told_where_they_stand() {
        let text = "„Латентност“ (latency), p99!";
        let found: Vec<&str> = words(text).map(|word| &text[word.at]).collect();
        assert_eq!(found, ["Латентност", "latency", "p99"]);
    }
}
