//! The lesson's own words on a question: what a learner sees where the author wrote no model answer.
//!
//! 1. Every concept, pitfall, paragraph of the overview and point of the recap is a passage.
//! 2. A question's words are looked for in each, by their beginnings, since Bulgarian and English both bend the ends.
//! 3. A word weighs more the fewer passages have it, and more in a title than in a text.

use crate::{
    highlight::escape,
    keys::normalise,
    lesson::{Html, Lesson, Question, SectionKind},
};

const MOST_PASSAGES: usize = 3;

/// A passage with less of the question than this part of the best one is off the subject.
const LEAST_SHARE: f64 = 0.4;

/// A word in a title says what the passage is about.
const TITLE_WEIGHT: f64 = 3.0;

/// Words that ask or join, and name nothing.
const EMPTY_WORDS: &[&str] = &[
    "как",
    "каква",
    "какви",
    "какво",
    "какъв",
    "кои",
    "кой",
    "коя",
    "кога",
    "къде",
    "защо",
    "колко",
    "между",
    "върху",
    "преди",
    "след",
    "при",
    "през",
    "към",
    "като",
    "това",
    "този",
    "тази",
    "тези",
    "той",
    "може",
    "можете",
    "дайте",
    "пример",
    "обяснете",
    "посочете",
    "назовете",
    "използва",
    "означава",
    "важно",
    "разлика",
    "разликата",
    "или",
    "and",
    "are",
    "between",
    "can",
    "difference",
    "does",
    "example",
    "explain",
    "for",
    "from",
    "give",
    "how",
    "important",
    "is",
    "mean",
    "means",
    "name",
    "the",
    "this",
    "that",
    "use",
    "used",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "with",
    "your",
];

struct Passage {
    /// The fragment that links to it; empty where it has none.
    anchor: String,
    title: Vec<String>,
    text: Vec<String>,
    html: Html,
}

/// The passages that treat a question's terms, the best first, at most three; where none does, the recap.
pub fn passages(lesson: &Lesson, question: &Question) -> Vec<Html> {
    let all = all(lesson);
    let chosen: Vec<Html> = treating(question, &all)
        .into_iter()
        .map(|passage| passage.html.clone())
        .collect();
    if chosen.is_empty() {
        lesson.recap.iter().map(block).take(MOST_PASSAGES).collect()
    } else {
        chosen
    }
}

/// The fragment of the lesson's page that leads to the passage that treats a question best; `None` where none does.
pub fn explanation(lesson: &Lesson, question: &Question) -> Option<String> {
    let all = all(lesson);
    treating(question, &all)
        .into_iter()
        .map(|passage| passage.anchor.clone())
        .find(|anchor| !anchor.is_empty())
}

/// How many passages treat a question, and how many letters a reader sees in them.
pub(crate) fn taught(lesson: &Lesson, question: &Question) -> (usize, usize) {
    let all = all(lesson);
    let treating = treating(question, &all);
    let letters = treating.iter().map(|passage| letters(&passage.html));
    (treating.len(), letters.sum())
}

fn treating<'p>(question: &Question, passages: &'p [Passage]) -> Vec<&'p Passage> {
    let asked: Vec<String> = words(&question.prompt.text)
        .into_iter()
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
        .collect();
    let weights: Vec<f64> = asked.iter().map(|word| weight(word, passages)).collect();
    let score = |passage: &Passage| -> f64 {
        let weighted = asked.iter().zip(&weights);
        let scores = weighted.map(|(word, weight)| {
            let in_title = if has(&passage.title, word) {
                TITLE_WEIGHT
            } else {
                0.0
            };
            let in_text = if has(&passage.text, word) { 1.0 } else { 0.0 };
            weight * f64::max(in_title, in_text)
        });
        scores.sum()
    };
    let mut scored: Vec<(f64, &Passage)> = passages
        .iter()
        .map(|passage| (score(passage), passage))
        .collect();
    scored.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored
        .into_iter()
        .filter(|(score, _)| *score > 0.0 && *score >= LEAST_SHARE * best)
        .take(MOST_PASSAGES)
        .map(|(_, passage)| passage)
        .collect()
}

/// How many letters a reader sees.
pub(crate) fn letters(html: &Html) -> usize {
    let text = without_tags(&html.0);
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .count()
}

/// The rarer a word among the passages, the more it says. A word in none says nothing.
fn weight(word: &str, passages: &[Passage]) -> f64 {
    let holders = passages
        .iter()
        .filter(|passage| has(&passage.title, word) || has(&passage.text, word))
        .count();
    match holders {
        0 => 0.0,
        // Counts of passages are far below where `f64` loses whole numbers.
        _ => (1.0 + passages.len() as f64 / holders as f64).ln(),
    }
}

fn all(lesson: &Lesson) -> Vec<Passage> {
    let concepts = lesson.concepts.iter().map(|concept| {
        let gloss = concept
            .gloss
            .as_ref()
            .map(|gloss| format!(" ({gloss})"))
            .unwrap_or_default();
        let analogy = concept
            .analogy
            .as_ref()
            .map(|analogy| analogy.0.as_str())
            .unwrap_or_default();
        titled(
            &concept.key.0,
            &format!("{}{gloss}", concept.term),
            &format!("{}{analogy}", concept.definition.0),
        )
    });
    let pitfalls = lesson
        .pitfalls
        .iter()
        .map(|pitfall| titled(&pitfall.key.0, &pitfall.name, &pitfall.text.0));
    let section = |kind| lesson.sections.iter().find(|section| section.kind == kind);
    let anchor = |kind| section(kind).map_or("", |section| section.anchor.as_str());
    let overview = section(SectionKind::Overview).map_or("", |section| section.before.0.as_str());
    let paragraphs = overview.split_inclusive("</p>");
    let paragraphs = paragraphs.filter_map(|piece| piece.find("<p>").map(|start| &piece[start..]));
    let overview_anchor = anchor(SectionKind::Overview);
    let paragraphs =
        paragraphs.map(|paragraph| untitled(overview_anchor, Html(paragraph.to_owned())));
    let recap_anchor = anchor(SectionKind::Recap);
    let recap = lesson
        .recap
        .iter()
        .map(|point| untitled(recap_anchor, block(point)));
    concepts
        .chain(pitfalls)
        .chain(paragraphs)
        .chain(recap)
        .collect()
}

fn titled(anchor: &str, title: &str, text: &str) -> Passage {
    let escaped = escape(title);
    Passage {
        anchor: anchor.to_owned(),
        title: words(title),
        text: words(&without_tags(text)),
        html: Html(format!("<p><strong>{escaped}</strong></p>\n{text}")),
    }
}

fn untitled(anchor: &str, html: Html) -> Passage {
    Passage {
        anchor: anchor.to_owned(),
        title: Vec::new(),
        text: words(&without_tags(&html.0)),
        html,
    }
}

fn block(html: &Html) -> Html {
    let is_block = html.0.starts_with("<p>");
    Html(if is_block {
        html.0.clone()
    } else {
        format!("<p>{}</p>\n", html.0)
    })
}

/// Our own rendered HTML has no `<` or `>` but those of its tags.
pub(crate) fn without_tags(html: &str) -> String {
    let mut pieces = html.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + " " + piece.split_once('>').map_or(piece, |(_, behind)| behind)
    })
}

fn words(text: &str) -> Vec<String> {
    normalise(text)
        .split(' ')
        .filter(|word| word.chars().count() > 2)
        .map(str::to_owned)
        .collect()
}

fn has(words: &[String], wanted: &str) -> bool {
    words.iter().any(|word| is_same_word(word, wanted))
}

/// Whether two words are forms of one: they begin alike for most of the shorter one's length.
fn is_same_word(left: &str, right: &str) -> bool {
    let alike = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .count();
    let shorter = left.chars().count().min(right.chars().count());
    let longer = left.chars().count().max(right.chars().count());
    alike == longer || (alike >= 4 && alike * 3 >= shorter * 2 && longer - alike <= 5)
}

#[cfg(test)]
mod tests;
