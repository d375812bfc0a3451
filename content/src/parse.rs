//! From a file's bytes to a lesson and everything that is wrong with it.

use std::path::Path;

use pulldown_cmark::Event;
use serde::Serialize;

use crate::{
    diagnostic::{Code, Diagnostic},
    document::{self, Spanned},
    figures,
    front_matter::{self, FrontMatter},
    keys::Keys,
    language,
    lesson::{Language, Lesson, SectionKind},
    links,
    outline::{self, Outline},
    parts::{self, Parts},
    pedagogy, programs,
    report::Report,
    skeleton,
    source::Source,
    unclosed,
};

/// The largest lesson: a mebibyte is a book.
const MOST_BYTES: usize = 1024 * 1024;

/// The deepest nesting of quotes, lists and formatting, far beyond what anybody can read.
const MOST_LEVELS: usize = 64;

const WORDS_PER_MINUTE: usize = 180;

/// What a lesson refers to, beside the file itself.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// What is at this path, relative to the lesson's folder.
    pub image: &'a dyn Fn(&str) -> Image,
    /// Whether there is an exercise with this slug.
    pub exercise_exists: &'a dyn Fn(&str) -> bool,
}

impl Surroundings<'_> {
    /// Nothing is known around the lesson, so that everything it refers to is taken to exist.
    pub fn unknown() -> Surroundings<'static> {
        Surroundings {
            image: &|path| Image::At(path.to_owned()),
            exercise_exists: &|_| true,
        }
    }
}

/// What is found where a lesson has a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// A picture, which pages get from this address.
    At(String),
    /// There is no file.
    Missing,
    /// There is a file, which is no picture, for this reason.
    Unusable(String),
}

/// What a file turned out to hold.
#[derive(Debug)]
pub struct Parsed {
    /// The language, if there was a letter to judge by.
    pub language: Option<Language>,
    /// The lesson's number, if its first heading has one.
    pub number: Option<u32>,
    /// The lesson's title, if its first heading has one.
    pub title: Option<String>,
    /// The line of the first heading, from 1; 1 where there is none.
    pub title_line: u32,
    /// How much of everything there is, in files with errors too.
    pub counts: Counts,
    /// Whether text of [`crate::skeleton`] is left in it. Such a lesson is not published, although it has no errors.
    pub is_unfilled: bool,
    /// The lesson; `None` if and only if one of the diagnostics is an error.
    pub lesson: Option<Lesson>,
    /// What is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// How many of everything a lesson has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Sections, each kind once.
    pub sections: usize,
    /// Prompts answered before reading.
    pub prior: usize,
    /// Concepts.
    pub concepts: usize,
    /// Steps.
    pub steps: usize,
    /// Examples.
    pub examples: usize,
    /// Pitfalls.
    pub pitfalls: usize,
    /// Questions of the quiz.
    pub quiz: usize,
    /// Points of the recap.
    pub recap: usize,
    /// Rows of the review plan.
    pub plan: usize,
}

/// Parses a lesson file. Never fails: whatever is wrong is among the diagnostics, all at once. `path` is only looked at
/// for a folder that names the language.
pub fn parse(path: &Path, bytes: &[u8], surroundings: &Surroundings) -> Parsed {
    let beginning = &bytes[..bytes.len().min(MOST_BYTES)];
    let source = Source::new(beginning);
    let mut report = Report::new(&source);
    if bytes.len() > MOST_BYTES {
        report.add(
            Code::FileTooLarge,
            0..1,
            format!(
                "the file has {} bytes; a lesson has at most {MOST_BYTES}",
                bytes.len()
            ),
            "split it into several lessons",
        );
        return unread(report);
    }
    check_bytes(&source, &mut report);
    let front_matter = front_matter::read(&source, &mut report);
    if let Some(too_deep_at) = too_many_markers(&source.text) {
        report_too_deep(too_deep_at, &mut report);
        return unread(report);
    }
    let mut events = document::parse(&source.text, front_matter.end);
    if let Some(too_deep_at) = too_deep(&events) {
        report_too_deep(too_deep_at, &mut report);
        return unread(report);
    }
    let cut_off_at = unclosed::check(&source.text, &events, &mut report);
    let language = front_matter
        .language
        .or_else(|| language::detect(path, &events));
    links::resolve_images(&mut events, surroundings, &mut report);
    let is_unfilled = skeleton::check(&events, &mut report);
    let words = words(&events);
    let programs = programs::take(&source.text, &mut events, &mut report);
    let blocks = document::nodes(&events);
    let outline = outline::read(&blocks, &front_matter.aliases, cut_off_at, &mut report);
    links::check(&events, steps(&outline), surroundings, &mut report);
    let has_figures = figures::check(&events, &mut report);
    let mut keys = Keys::new(&source.text);
    let parts = parts::read(&outline.chapters, &mut keys, &mut report);
    let counts = parts.counts();
    let (number, title) = (outline.number, outline.title.clone());
    let title_line = source.place(outline.heading.clone()).line;
    let lesson = if report.has_errors() {
        None
    } else {
        let lesson = lesson(front_matter, language, outline, parts, words);
        lesson.map(|lesson| Lesson {
            programs,
            has_figures,
            ..lesson
        })
    };
    if let Some(lesson) = &lesson {
        pedagogy::check(lesson, &keys, &mut report);
    }
    Parsed {
        language,
        number,
        title,
        title_line,
        counts,
        is_unfilled,
        lesson,
        diagnostics: report.finish(),
    }
}

/// What is known of a file that nobody can read.
fn unread(report: Report) -> Parsed {
    Parsed {
        language: None,
        number: None,
        title: None,
        title_line: 1,
        counts: Counts::default(),
        is_unfilled: false,
        lesson: None,
        diagnostics: report.finish(),
    }
}

fn lesson(
    front_matter: FrontMatter,
    language: Option<Language>,
    outline: Outline,
    parts: Parts,
    words: usize,
) -> Option<Lesson> {
    let estimated_minutes = u32::try_from(words.div_ceil(WORDS_PER_MINUTE))
        .unwrap_or(u32::MAX)
        .max(1);
    Some(Lesson {
        number: outline.number?,
        title: outline.title?,
        // Without a single letter the first language of the course is as good as the other.
        language: language.unwrap_or(Language::Bulgarian),
        requires: front_matter.requires,
        tags: front_matter.tags,
        minutes: front_matter.minutes.unwrap_or(estimated_minutes),
        sections: parts.sections,
        prior: parts.prior,
        concepts: parts.concepts,
        steps: parts.steps,
        examples: parts.examples,
        pitfalls: parts.pitfalls,
        quiz: parts.quiz,
        recap: parts.recap,
        plan: parts.plan,
        programs: Vec::new(),
        has_figures: false,
    })
}

fn check_bytes(source: &Source, report: &mut Report) {
    if let Some(byte) = source.not_utf8_at {
        report.add(
            Code::NotUtf8,
            byte..byte + 1,
            "the file is not UTF-8: here is a byte that no character begins with",
            "save the file again with the encoding UTF-8",
        );
    }
    if source.had_byte_order_mark {
        report.add(
            Code::ByteOrderMark,
            0..1,
            "the file begins with a byte-order mark, which does nothing",
            "save it as UTF-8 without byte-order mark",
        );
    }
    if let Some(line_end) = source.text.find("\r\n") {
        report.add(
            Code::Crlf,
            line_end..line_end + 1,
            "lines end with CRLF, so that editors on different systems change the whole file",
            "save it with LF line ends",
        );
    }
}

/// Where the first line begins that opens more quotes and lists than may be nested. It is found before Markdown is
/// parsed, since the parser's time grows with lines times levels.
fn too_many_markers(text: &str) -> Option<usize> {
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut rest = line.trim_start();
        let mut markers = 0;
        while let Some(behind) = behind_marker(rest) {
            markers += 1;
            if markers > MOST_LEVELS {
                return Some(line_start);
            }
            rest = behind.trim_start();
        }
        line_start += line.len();
    }
    None
}

/// What stands behind the marker of a quote or of a list item.
fn behind_marker(text: &str) -> Option<&str> {
    if let Some(behind) = text.strip_prefix('>') {
        return Some(behind);
    }
    let bullet = text.strip_prefix(['-', '+', '*']);
    let behind = bullet.or_else(|| {
        let behind_digits = text.trim_start_matches(|character: char| character.is_ascii_digit());
        (behind_digits.len() < text.len())
            .then(|| behind_digits.strip_prefix(['.', ')']))
            .flatten()
    })?;
    behind.starts_with([' ', '\t']).then_some(behind)
}

/// Where the first thing begins that is nested too deep. Quotes and lists lie within each other two tags a level.
fn too_deep(events: &[Spanned]) -> Option<usize> {
    let mut depth = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 2 * MOST_LEVELS {
            return Some(range.start);
        }
    }
    None
}

fn report_too_deep(at: usize, report: &mut Report) {
    report.add(
        Code::NestingTooDeep,
        at..at + 1,
        format!("more than {MOST_LEVELS} quotes or lists are nested here"),
        "take the text out of some of them",
    );
}

/// Where exercises may have their buttons.
fn steps(outline: &Outline) -> Option<std::ops::Range<usize>> {
    let steps = outline
        .chapters
        .iter()
        .find(|chapter| chapter.kind == SectionKind::Steps)?;
    let end = steps
        .blocks
        .last()
        .map_or(steps.heading.end, |block| document::span(block).end);
    Some(steps.heading.start..end)
}

/// The words that are read, code included.
fn words(events: &[Spanned]) -> usize {
    let texts = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    });
    texts.map(|text| text.split_whitespace().count()).sum()
}
