//! The learning path: numbered steps with a bold title and labelled bullets.

use pulldown_cmark::{Event, Tag};

use super::{
    Context, Prose,
    items::{self, Item, ListKind},
    lists,
};
use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    lesson::{ExerciseLink, Html, Prompt, Step},
    links,
    outline::Chapter,
};

/// What a bullet of a step is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Focus,
    Task,
    Questions,
}

const LABELS: [(&str, Label); 11] = [
    ("фокус", Label::Focus),
    ("focus", Label::Focus),
    ("практическа задача", Label::Task),
    ("practical task", Label::Task),
    ("задача", Label::Task),
    ("task", Label::Task),
    ("въпроси", Label::Questions),
    ("въпрос", Label::Questions),
    ("questions", Label::Questions),
    ("question", Label::Questions),
    ("въпроси за размисъл", Label::Questions),
];

pub(super) fn read(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Step> {
    let items = items::read(chapter, ListKind::Numbers, prose, context);
    (1..)
        .zip(&items)
        .map(|(number, item)| step(number, item, context))
        .collect()
}

/// What a step is made of, as it is gathered.
#[derive(Default)]
struct Draft {
    focus: Option<Html>,
    task: Option<Html>,
    questions: Vec<Prompt>,
    more: String,
}

fn step(number: u32, item: &Item, context: &mut Context) -> Step {
    let (line, rest) = item.line();
    let (line, id) = items::cut_id(line);
    let (title, behind_title) = match lists::bold_beginning(&line) {
        Some((title, behind)) => (title, behind),
        None => {
            context.not_understood(&line, "the title of a step is bold", "write `1. **Title**`");
            (line.clone(), Vec::new())
        }
    };
    let title = document::plain(&title)
        .trim()
        .trim_end_matches(':')
        .to_owned();
    let key = context.keys.item("step", &title, id, context.report);
    context.keys.put(&key, item.span());
    let mut draft = Draft::default();
    // The text behind the title may begin with the signs that part it from the title.
    let (_, behind_title) = document::split(&behind_title, 0);
    draft.take_line(&behind_title, &[], context);
    for &block in rest {
        if matches!(document::tag(block), Some(Tag::List(_))) {
            for bullet in document::nodes(document::inside(block))
                .into_iter()
                .map(Item::new)
            {
                draft.take_bullet(&bullet, context);
            }
        } else if let Some(text) = document::running_text(block) {
            draft.take_line(text, &[], context);
        } else {
            draft.more.push_str(&html::render_block(block).0);
        }
    }
    if draft.task.as_ref().is_none_or(Html::is_empty) {
        context.report.add(
            Code::StepWithoutTask,
            item.span(),
            format!("step {number}, `{title}`, has no task"),
            "write a bullet under its title, indented by three spaces: `- Practical task: …`, `- Практическа задача: …`",
        );
    }
    Step {
        number,
        key,
        title,
        focus: draft.focus,
        task: draft.task.unwrap_or_default(),
        questions: draft.questions,
        exercises: exercises(&line, rest),
        more: Html(draft.more),
    }
}

impl Draft {
    fn take_bullet(&mut self, bullet: &Item, context: &mut Context) {
        let (line, rest) = bullet.line();
        let is_labelled = label(line).is_some();
        if !is_labelled && !holds_only_exercises(line) && !line.is_empty() {
            context.not_understood(
                line,
                "this bullet of the step has no label that is known and is shown below the task",
                "begin it with `Focus:`, `Practical task:` or `Questions:` (`Фокус:`, `Практическа задача:`, `Въпроси:`)",
            );
        }
        self.take_line(line, rest, context);
    }

    /// Takes a line and what is nested below it to where its label says.
    fn take_line(&mut self, line: &[Spanned], rest: &[&[Spanned]], context: &mut Context) {
        let found = label(line);
        let text = match found {
            Some((_, end)) => document::split(line, end).1,
            None => line.to_vec(),
        };
        match found.map(|(label, _)| label) {
            Some(Label::Focus) if self.focus.is_none() => self.focus = Some(block(&text, rest)),
            Some(Label::Task) if self.task.is_none() => self.task = Some(block(&text, rest)),
            Some(Label::Questions) => self.take_questions(&text, rest, context),
            Some(Label::Focus | Label::Task) => {
                context.not_understood(
                    line,
                    "the step has a bullet with this label already; this one is shown below the task",
                    "make one of the two",
                );
                self.more.push_str(&block(line, rest).0);
            }
            None if holds_only_exercises(&text) => self
                .more
                .push_str(&html::render_blocks(rest.iter().copied()).0),
            None => self.more.push_str(&block(&text, rest).0),
        }
    }

    /// Questions in a line, and those of a list below it.
    fn take_questions(&mut self, text: &[Spanned], rest: &[&[Spanned]], context: &mut Context) {
        let mut lines = questions(text);
        for nested in rest {
            match document::tag(nested) {
                Some(Tag::List(_)) => {
                    for item in document::nodes(document::inside(nested))
                        .into_iter()
                        .map(Item::new)
                    {
                        let (line, below) = item.line();
                        lines.push(line.to_vec());
                        self.more
                            .push_str(&html::render_blocks(below.iter().copied()).0);
                    }
                }
                _ => match document::running_text(nested) {
                    Some(text) => lines.extend(questions(text)),
                    None => self.more.push_str(&html::render_block(nested).0),
                },
            }
        }
        let written = lines
            .iter()
            .filter(|line| !document::plain(line).trim().is_empty());
        self.questions
            .extend(written.map(|line| lists::prompt_of_line("step-question", line, context)));
    }
}

fn block(line: &[Spanned], rest: &[&[Spanned]]) -> Html {
    let Html(mut shown) = html::paragraph(line);
    shown.push_str(&html::render_blocks(rest.iter().copied()).0);
    Html(shown)
}

/// The label that a line begins with, and the end of its colon in the plain text.
fn label(line: &[Spanned]) -> Option<(Label, usize)> {
    let plain = document::plain(line);
    let (written, _) = plain.split_once(':')?;
    let name = written.trim().to_lowercase();
    let (_, label) = LABELS.iter().find(|(known, _)| *known == name)?;
    Some((*label, written.len() + 1))
}

/// A line's questions: it is cut behind every question mark that a space follows.
fn questions<'d>(text: &[Spanned<'d>]) -> Vec<Vec<Spanned<'d>>> {
    let plain = document::plain(text);
    let ends = plain
        .match_indices("? ")
        .map(|(mark, _)| mark + 1)
        .collect::<Vec<_>>();
    cut(text, &ends)
}

/// Cuts at all places, first in the middle: so every piece is copied only a few times.
fn cut<'d>(text: &[Spanned<'d>], places: &[usize]) -> Vec<Vec<Spanned<'d>>> {
    let Some(&middle) = places.get(places.len() / 2) else {
        return vec![document::split(text, 0).1];
    };
    let (left, right) = document::split_exactly(text, middle);
    let (left_places, right_places) = places.split_at(places.len() / 2);
    let right_places: Vec<usize> = right_places[1..]
        .iter()
        .map(|place| place - middle)
        .collect();
    let mut pieces = cut(&left, left_places);
    pieces.extend(cut(&right, &right_places));
    pieces
}

fn holds_only_exercises(line: &[Spanned]) -> bool {
    let nodes = document::nodes(line);
    let is_exercise = |node: &&[Spanned]| exercise(node).is_some();
    nodes.iter().any(is_exercise)
        && nodes
            .iter()
            .all(|node| is_exercise(node) || document::plain(node).trim().is_empty())
}

fn exercise(node: &[Spanned]) -> Option<ExerciseLink> {
    let Some(Tag::Link { dest_url, .. }) = document::tag(node) else {
        return None;
    };
    let slug = links::exercise(dest_url)?.to_owned();
    let label = document::plain(document::inside(node)).trim().to_owned();
    Some(ExerciseLink {
        label: if label.is_empty() {
            slug.clone()
        } else {
            label
        },
        slug,
    })
}

/// Every exercise of a step, wherever in it the link stands.
fn exercises(line: &[Spanned], rest: &[&[Spanned]]) -> Vec<ExerciseLink> {
    let runs = std::iter::once(line).chain(rest.iter().copied());
    runs.flat_map(|events| {
        let starts = events
            .iter()
            .enumerate()
            .filter(|(_, (event, _))| matches!(event, Event::Start(Tag::Link { .. })));
        starts.filter_map(|(start, _)| {
            let length = events[start..]
                .iter()
                .position(|(event, _)| *event == Event::End(pulldown_cmark::TagEnd::Link))?;
            exercise(&events[start..=start + length])
        })
    })
    .collect()
}
