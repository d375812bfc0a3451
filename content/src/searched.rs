//! What a lesson says, in passages, as the search reads and shows it. Answers are not among it: nobody finds them before
//! they have answered.

use crate::{
    lesson::{Html, Lesson, SectionKind},
    passages::without_tags,
};

/// A passage of a lesson as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The fragment that links to it.
    pub anchor: String,
    /// What it is called; empty where it has no name of its own.
    pub title: String,
    /// What it says.
    pub text: String,
}

/// The passages of a lesson, in its order.
pub fn passages(lesson: &Lesson) -> Vec<Passage> {
    let mut passages = Vec::new();
    for section in &lesson.sections {
        let anchor = section.anchor.as_str();
        let mut add = |anchor: &str, title: &str, pieces: &[&Html]| {
            let text = plain(pieces);
            if !title.is_empty() || !text.is_empty() {
                passages.push(Passage {
                    anchor: anchor.to_owned(),
                    title: title.to_owned(),
                    text,
                });
            }
        };
        add(anchor, "", &[&section.before]);
        match section.kind {
            SectionKind::Overview => {}
            SectionKind::Prior => lesson
                .prior
                .iter()
                .for_each(|prompt| add(anchor, "", &[&prompt.html])),
            SectionKind::Concepts => {
                for concept in &lesson.concepts {
                    let title = match &concept.gloss {
                        Some(gloss) => format!("{} ({gloss})", concept.term),
                        None => concept.term.clone(),
                    };
                    let pieces: Vec<&Html> = std::iter::once(&concept.definition)
                        .chain(&concept.analogy)
                        .collect();
                    add(&concept.key.0, &title, &pieces);
                }
            }
            SectionKind::Steps => {
                for step in &lesson.steps {
                    let questions = step.questions.iter().map(|question| &question.html);
                    let pieces: Vec<&Html> = step
                        .focus
                        .iter()
                        .chain([&step.task])
                        .chain(questions)
                        .chain([&step.more])
                        .collect();
                    add(&step.key.0, &step.title, &pieces);
                }
            }
            SectionKind::Examples => {
                lesson
                    .examples
                    .iter()
                    .for_each(|example| add(&example.key.0, &example.title, &[&example.body]));
            }
            SectionKind::Pitfalls => {
                lesson
                    .pitfalls
                    .iter()
                    .for_each(|pitfall| add(&pitfall.key.0, &pitfall.name, &[&pitfall.text]));
            }
            SectionKind::Quiz => {
                lesson
                    .quiz
                    .iter()
                    .for_each(|question| add(anchor, "", &[&question.prompt.html]));
            }
            SectionKind::Recap => lesson
                .recap
                .iter()
                .for_each(|point| add(anchor, "", &[point])),
            SectionKind::Plan => lesson
                .plan
                .iter()
                .for_each(|row| add(anchor, "", &[&row.prompt.html])),
        }
        add(anchor, "", &[&section.after]);
    }
    passages
}

fn plain(pieces: &[&Html]) -> String {
    let text: String = pieces
        .iter()
        .map(|piece| without_tags(&piece.0) + " ")
        .collect();
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{Surroundings, parse};

    #[test]
    fn everything_that_a_reader_sees_can_be_found_and_no_answer() {
        let text = include_str!("tests/seed.md").replace(
            "1. Каква е разликата",
            "1. Какво е <b>x</b> & y?\n\n   > СкритОтговор\n\n2. Каква е разликата",
        );
        let lesson = parse(
            Path::new("bg/22.md"),
            text.as_bytes(),
            &Surroundings::unknown(),
        )
        .lesson
        .expect("it has no errors");
        let passages = passages(&lesson);
        let all: String = passages
            .iter()
            .map(|passage| format!("{}\n{}\n", passage.title, passage.text))
            .collect();
        for part in ["Латентност", "Профилиране", "Какво е x & y?"] {
            assert!(all.contains(part), "{part} is missing: {all}");
        }
        assert!(!all.contains("СкритОтговор"));
        assert!(!all.contains("</"));
    }
}
