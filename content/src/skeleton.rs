//! The skeleton of a new lesson, and the places in it that its author has yet to fill.

use pulldown_cmark::Event;

use crate::{diagnostic::Code, document::Spanned, lesson::Language, report::Report};

/// The signs around what the author has to replace.
const OPEN: char = '‹';
const CLOSE: char = '›';

/// The Markdown of a new lesson. Without a title its place is left for the author, as all others are.
pub fn skeleton(number: u32, language: Language, title: Option<&str>) -> String {
    let (template, title_place) = match language {
        Language::Bulgarian => (include_str!("skeleton/bg.md"), "‹Заглавие›"),
        Language::English => (include_str!("skeleton/en.md"), "‹Title›"),
    };
    template
        .replacen("{number}", &number.to_string(), 1)
        .replacen("{title}", title.unwrap_or(title_place), 1)
}

/// Reports every place that is not filled in; says whether there was one.
pub(crate) fn check(events: &[Spanned], report: &mut Report) -> bool {
    let mut is_unfilled = false;
    for (event, range) in events {
        let Event::Text(text) = event else {
            continue;
        };
        let open = text.find(OPEN);
        let Some((start, end)) =
            open.and_then(|start| Some((start, start + text[start..].find(CLOSE)?)))
        else {
            continue;
        };
        is_unfilled = true;
        report.add(
            Code::Unfilled,
            range.start + start..range.start + end + CLOSE.len_utf8(),
            "this is the skeleton's own text; the lesson is not published as long as there is any of it",
            "write your own in its place, without `‹` and `›`, or remove it",
        );
    }
    is_unfilled
}
