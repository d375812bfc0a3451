//! The review plan: a table of intervals and prompts.

use pulldown_cmark::{Event, Tag};

use super::{
    Context, Prose,
    lists::{self, Seen},
};
use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    lesson::{Interval, IntervalUnit, PlanRow},
    outline::Chapter,
};

const COLUMNS: usize = 2;

pub(super) fn read(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<PlanRow> {
    let mut seen = Seen::new(Code::QuestionRepeated);
    let mut rows = Vec::new();
    let mut has_table = false;
    for &block in &chapter.blocks {
        match document::tag(block) {
            Some(Tag::Table(columns)) if columns.len() >= COLUMNS => {
                has_table = true;
                let table_rows = document::nodes(document::inside(block)).into_iter();
                let body =
                    table_rows.filter(|row| matches!(document::tag(row), Some(Tag::TableRow)));
                rows.extend(body.filter_map(|row| plan_row(row, &mut seen, prose, context)));
            }
            Some(Tag::Table(_) | Tag::List(_) | Tag::Heading { .. }) => {
                context.not_understood(
                    block,
                    "the review plan is a table of two columns, interval and prompt; this is shown as prose",
                    "write it as rows `| 1 day | prompt |`",
                );
                prose.show_after(block);
            }
            _ if has_table => prose.show_after(block),
            _ => prose.show_before(block),
        }
    }
    rows
}

fn plan_row(
    row: &[Spanned],
    seen: &mut Seen,
    prose: &mut Prose,
    context: &mut Context,
) -> Option<PlanRow> {
    let cells = document::nodes(document::inside(row));
    let (interval_cell, prompt_cell) = (cells.first()?, cells.get(1)?);
    let written = document::plain(interval_cell);
    let interval = interval(&written);
    if interval.is_none() {
        let place = document::inside(interval_cell);
        let place = if place.is_empty() {
            document::span(interval_cell)
        } else {
            document::span(place)
        };
        context.report.add(
            Code::IntervalUnreadable,
            place,
            format!(
                "`{}` is not an interval: expected a whole number from 1 and a unit",
                written.trim()
            ),
            "write it like `1 day`, `2 weeks`, `1 month`, `1 ден`, `3 дни` or `6 месеца`",
        );
    }
    let prompt = document::inside(prompt_cell);
    for cell in &cells[COLUMNS..] {
        if !document::inside(cell).is_empty() {
            context.not_understood(
                document::inside(cell),
                "the review plan has two columns; this cell is shown below it",
                "move it into the prompt",
            );
            prose
                .after
                .push_str(&html::paragraph(document::inside(cell)).0);
        }
    }
    if prompt
        .iter()
        .all(|(event, _)| !matches!(event, Event::Text(_) | Event::Code(_)))
    {
        context.not_understood(
            row,
            "this row of the review plan has no prompt",
            "write what to recall",
        );
        prose
            .after
            .push_str(&html::paragraph(document::inside(interval_cell)).0);
        return None;
    }
    seen.check(&document::plain(prompt), prompt, context);
    let prompt = lists::prompt_of_line("plan", prompt, context);
    // Unreadable intervals are errors, so that no lesson is ever made of this one.
    let interval = interval.unwrap_or(Interval {
        count: 1,
        unit: IntervalUnit::Day,
    });
    Some(PlanRow { interval, prompt })
}

/// `3 days`, `2 седмици`: a whole number from 1 and a unit, singular or plural.
fn interval(text: &str) -> Option<Interval> {
    let text = text.trim().to_lowercase();
    let digits_end = text.find(|character: char| !character.is_ascii_digit())?;
    let (digits, unit) = text.split_at(digits_end);
    let unit = match unit.trim() {
        "day" | "days" | "ден" | "дни" | "дена" => IntervalUnit::Day,
        "week" | "weeks" | "седмица" | "седмици" => IntervalUnit::Week,
        "month" | "months" | "месец" | "месеца" | "месеци" => IntervalUnit::Month,
        "year" | "years" | "година" | "години" => IntervalUnit::Year,
        _ => return None,
    };
    let count = digits.parse().ok().filter(|&count: &u32| count > 0)?;
    Some(Interval { count, unit })
}
