//! What is nested below a question: a model answer, choices or a short answer. Everything else is part of the question.
//! An answer never becomes part of what is shown before answering, not even one that is not understood.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Context, items::Item};
use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    lesson::{Answer, Choice, Html, ModelAnswer},
};

const LABELS: [&str; 2] = ["отговор", "answer"];

/// The blocks below a question, by what they are for.
#[derive(Default)]
pub(super) struct Nested<'n, 'd> {
    /// Part of the question.
    pub(super) shown: Vec<&'n [Spanned<'d>]>,
    quotes: Vec<&'n [Spanned<'d>]>,
    choices: Vec<Choice>,
    accepted: Vec<String>,
}

/// A question's line and the blocks below it.
pub(super) type LineAndBlocks<'n, 'd> = (Vec<Spanned<'d>>, Vec<NestedBlock<'n, 'd>>);

/// A block below a question: as it stands in the file, or the answer that was cut from the question's own line.
pub(super) enum NestedBlock<'n, 'd> {
    Block(&'n [Spanned<'d>]),
    AnswerLine(Vec<Spanned<'d>>),
}

impl<'n, 'd> Nested<'n, 'd> {
    /// Cuts an answer that stands on the line below the question, without a bullet or an empty line between the two:
    /// to Markdown it is the same paragraph.
    pub(super) fn take_answer_line(
        line: &'n [Spanned<'d>],
        rest: &[&'n [Spanned<'d>]],
    ) -> LineAndBlocks<'n, 'd> {
        let is_line_end =
            |(event, _): &Spanned| matches!(event, Event::SoftBreak | Event::HardBreak);
        let mut line_start = 0;
        // Only a line of its own is looked at, not all that follows: a question of many lines is read once.
        let answer = line.split_inclusive(is_line_end).find_map(|written| {
            let start = line_start;
            line_start += written.len();
            (start > 0 && answer_label(written).is_some()).then(|| (start - 1, &line[start..]))
        });
        let mut blocks: Vec<NestedBlock> =
            rest.iter().map(|block| NestedBlock::Block(block)).collect();
        match answer {
            Some((place, answer)) => {
                blocks.insert(0, NestedBlock::AnswerLine(answer.to_vec()));
                (line[..place].to_vec(), blocks)
            }
            None => (line.to_vec(), blocks),
        }
    }

    pub(super) fn read(blocks: Vec<NestedBlock<'n, 'd>>, context: &mut Context) -> Nested<'n, 'd> {
        let mut nested = Nested::default();
        for block in blocks {
            match block {
                NestedBlock::AnswerLine(line) => nested.take_accepted(&line, context),
                NestedBlock::Block(block) => nested.take(block, context),
            }
        }
        nested
    }

    fn take(&mut self, block: &'n [Spanned<'d>], context: &mut Context) {
        match document::tag(block) {
            Some(Tag::BlockQuote(_)) => self.quotes.push(block),
            Some(Tag::List(_)) => {
                let items: Vec<Item> = document::nodes(document::inside(block))
                    .into_iter()
                    .map(Item::new)
                    .collect();
                if items.iter().any(|item| mark(item).is_some()) {
                    self.choices.extend(items.iter().map(choice));
                } else if items
                    .iter()
                    .any(|item| answer_label(item.line().0).is_some())
                {
                    items
                        .iter()
                        .for_each(|item| self.take_accepted(item.line().0, context));
                } else {
                    self.shown.push(block);
                }
            }
            _ => match document::running_text(block).filter(|text| answer_label(text).is_some()) {
                Some(text) => self.take_accepted(text, context),
                None => self.shown.push(block),
            },
        }
    }

    /// Takes the accepted answers: inline code, several parted by commas.
    fn take_accepted(&mut self, line: &[Spanned], context: &mut Context) {
        let before = self.accepted.len();
        let codes = line.iter().filter_map(|(event, _)| match event {
            Event::Code(code) => Some(code),
            _ => None,
        });
        self.accepted.extend(codes.flat_map(|code| accepted(code)));
        if self.accepted.len() == before {
            context.not_understood(
                line,
                "the accepted answers are not marked as code, so that where they begin and end is a guess",
                "write ``Answer: `bottleneck`, `тясно място` ``",
            );
            let plain = document::plain(line);
            let answers = answer_label(line).map_or(plain.as_str(), |end| &plain[end..]);
            self.accepted.extend(accepted(answers));
        }
    }

    /// The answer that all of it makes.
    pub(super) fn answer(mut self, question: Range<usize>, context: &mut Context) -> Answer {
        if !self.choices.is_empty() && self.choices.iter().all(|choice| !choice.right) {
            context.report.add(
                Code::ChoiceNoneRight,
                question.clone(),
                "none of the choices is marked as right, so that no answer can be",
                "mark the right one: `- [x]`",
            );
        }
        let kinds_of_automatic_answers =
            usize::from(!self.choices.is_empty()) + usize::from(!self.accepted.is_empty());
        if kinds_of_automatic_answers > 1 || (!self.accepted.is_empty() && !self.quotes.is_empty())
        {
            context.report.add(
                Code::AnswerDoubled,
                question,
                "the question has two kinds of answer",
                "keep one: a model answer in a quote, choices, or `Answer:` with code",
            );
        }
        if !self.choices.is_empty() {
            self.explain_with_quotes();
            return Answer::Choice {
                choices: self.choices,
            };
        }
        if !self.accepted.is_empty() {
            return Answer::Short {
                accepted: self.accepted,
            };
        }
        Answer::Open {
            model: (!self.quotes.is_empty()).then(|| model_answer(&self.quotes)),
        }
    }

    /// A quote below choices says why the right one is right.
    fn explain_with_quotes(&mut self) {
        let place = self
            .choices
            .iter()
            .position(|choice| choice.right)
            .unwrap_or(0);
        if let Some(choice) = self
            .choices
            .get_mut(place)
            .filter(|_| !self.quotes.is_empty())
        {
            let explained = self
                .quotes
                .iter()
                .map(|quote| html::render_blocks(document::blocks(document::inside(quote))));
            let explained: String = explained.map(|html| html.0).collect();
            choice.reason.get_or_insert_default().0.push_str(&explained);
        }
    }
}

/// The end, in the plain text, of the label that a line of accepted answers begins with.
fn answer_label(line: &[Spanned]) -> Option<usize> {
    let plain = document::plain(line);
    let (label, _) = plain.split_once(':')?;
    LABELS
        .contains(&label.trim().to_lowercase().as_str())
        .then_some(label.len() + 1)
}

/// The answers between commas; a comma between digits is part of a number.
fn accepted(code: &str) -> Vec<String> {
    let mut answers = vec![String::new()];
    let characters: Vec<char> = code.chars().collect();
    for (place, &character) in characters.iter().enumerate() {
        let is_digit = |place: Option<usize>| {
            place
                .and_then(|place| characters.get(place))
                .is_some_and(char::is_ascii_digit)
        };
        if character == ',' && !(is_digit(place.checked_sub(1)) && is_digit(Some(place + 1))) {
            answers.push(String::new());
        } else if let Some(answer) = answers.last_mut() {
            answer.push(character);
        }
    }
    answers
        .iter()
        .map(|answer| answer.trim().to_owned())
        .filter(|answer| !answer.is_empty())
        .collect()
}

/// Whether an item is marked as right or wrong, if it is a choice at all.
fn mark(item: &Item) -> Option<bool> {
    item.blocks
        .first()?
        .iter()
        .find_map(|(event, _)| match event {
            Event::TaskListMarker(right) => Some(*right),
            _ => None,
        })
}

/// A choice stands on one line; what is nested below it, or stands on its next line, says why.
fn choice(item: &Item) -> Choice {
    let (line, rest) = item.line();
    let line: Vec<Spanned> = line
        .iter()
        .filter(|(event, _)| !matches!(event, Event::TaskListMarker(_)))
        .cloned()
        .collect();
    let mut end = 0;
    for node in document::nodes(&line) {
        if matches!(node, [(Event::SoftBreak | Event::HardBreak, _)]) {
            break;
        }
        end += node.len();
    }
    let (_, shown) = document::split(&line[..end], 0);
    let Html(mut reason) = html::paragraph(&document::split(&line[end..], 0).1);
    for block in rest {
        match document::tag(block) {
            Some(Tag::BlockQuote(_)) => {
                reason.push_str(&html::render_blocks(document::blocks(document::inside(block))).0)
            }
            _ => reason.push_str(&html::render_block(block).0),
        }
    }
    Choice {
        html: html::render(&shown),
        right: mark(item).unwrap_or(false),
        reason: (!reason.is_empty()).then_some(Html(reason)),
    }
}

/// Quotes as a model answer; the bullets in them are its rubric.
fn model_answer(quotes: &[&[Spanned]]) -> ModelAnswer {
    let mut model = ModelAnswer {
        html: Html::default(),
        rubric: Vec::new(),
    };
    for block in quotes
        .iter()
        .flat_map(|quote| document::blocks(document::inside(quote)))
    {
        if matches!(document::tag(block), Some(Tag::List(None))) {
            let points = document::nodes(document::inside(block))
                .into_iter()
                .map(Item::new);
            model.rubric.extend(points.map(|point| {
                let (line, rest) = point.line();
                super::items::render_line(line, rest)
            }));
        } else {
            model.html.0.push_str(&html::render_block(block).0);
        }
    }
    model
}
