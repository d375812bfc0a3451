//! The YAML between two lines of `---` at the top of a file.
//!
//! It is read as a stream of events, since what it may hold is flat: a key, and a scalar, a list of scalars or a map of
//! scalars. Aliases are never expanded, and no depth of brackets costs stack.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError, Span};

use crate::{
    diagnostic::Code, keys::normalise, lesson::Language, outline, report::Report, source::Source,
};

const DELIMITER: &str = "---";
const KEYS: &str = "`lang`, `requires`, `tags`, `minutes` and `sections`";

/// What the author says about the lesson as a whole.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) language: Option<Language>,
    pub(crate) requires: Vec<u32>,
    pub(crate) tags: Vec<String>,
    pub(crate) minutes: Option<u32>,
    pub(crate) aliases: outline::Aliases,
    /// Where the Markdown begins.
    pub(crate) end: usize,
}

/// A scalar and where it stands.
struct Scalar {
    text: String,
    span: Range<usize>,
}

/// What stands behind a key.
enum Value {
    Scalar(Scalar),
    List(Vec<Scalar>),
    Map(Vec<(Scalar, Value)>),
    /// Deeper than anything that a key may hold.
    Nested,
}

/// Reads the front matter, if the file begins with one.
pub(crate) fn read(source: &Source, report: &mut Report) -> FrontMatter {
    let Some(yaml) = yaml(source, report) else {
        return FrontMatter::default();
    };
    let mut front_matter = FrontMatter {
        end: source.line_around(yaml.end).end,
        ..FrontMatter::default()
    };
    if tab_in_indentation(source, yaml.clone(), report) {
        return front_matter;
    }
    let first_line_index = source.line_index(yaml.start);
    let mut events = Events {
        parser: Parser::new_from_str(&source.text[yaml.clone()]),
        byte: &|line, column| source.byte_at(first_line_index + line.saturating_sub(1), column),
    };
    match events.document() {
        Ok(Some(Value::Map(entries))) => front_matter.take(entries, report),
        Ok(None) => {}
        Ok(Some(_)) => report.add(
            Code::FrontMatterValue,
            yaml,
            "the front matter is not a list of keys with values",
            "write one `key: value` a line, for example `lang: bg`",
        ),
        Err(error) => {
            let marker = error.marker();
            let byte = (events.byte)(marker.line(), marker.col());
            report.add(
                Code::FrontMatterSyntax,
                byte..byte + 1,
                format!("the front matter is not YAML: {}", error.info()),
                "correct it, or put the value in quotation marks",
            );
        }
    }
    front_matter
}

/// The bytes between the two delimiters.
fn yaml(source: &Source, report: &mut Report) -> Option<Range<usize>> {
    let first = source.line_around(0);
    if source.text[first.clone()].trim_end() != DELIMITER {
        return None;
    }
    let start = source.text[first.end..]
        .find('\n')
        .map_or(source.text.len(), |line_end| first.end + line_end + 1);
    let mut line_start = start;
    for line in source.text[start..].split_inclusive('\n') {
        if line.trim_end() == DELIMITER {
            return Some(start..line_start);
        }
        line_start += line.len();
    }
    report.add(
        Code::FrontMatterUnclosed,
        first,
        "the front matter that begins here has no end",
        "write a line `---` behind its last key",
    );
    None
}

fn tab_in_indentation(source: &Source, yaml: Range<usize>, report: &mut Report) -> bool {
    let mut line_start = yaml.start;
    for line in source.text[yaml].split_inclusive('\n') {
        let indentation = &line[..line.len() - line.trim_start().len()];
        if let Some(tab) = indentation.find('\t') {
            report.add(
                Code::FrontMatterSyntax,
                line_start + tab..line_start + tab + 1,
                "a line of the front matter is indented with a tab, which YAML forbids",
                "indent it with spaces",
            );
            return true;
        }
        line_start += line.len();
    }
    false
}

impl FrontMatter {
    fn take(&mut self, entries: Vec<(Scalar, Value)>, report: &mut Report) {
        let mut seen: Vec<String> = Vec::new();
        for (key, value) in entries {
            if seen.contains(&key.text) {
                wrong(&key, "each key once: this one was here before", report);
                continue;
            }
            match (key.text.as_str(), value) {
                ("lang", Value::Scalar(value)) => {
                    self.language = Language::from_code(&value.text);
                    if self.language.is_none() {
                        wrong(&value, "`bg` or `en`", report);
                    }
                }
                ("minutes", Value::Scalar(value)) => self.minutes = number(&value, report),
                ("requires", Value::Scalar(value)) => self.requires.extend(number(&value, report)),
                ("requires", Value::List(values)) => {
                    self.requires = values
                        .iter()
                        .filter_map(|value| number(value, report))
                        .collect();
                }
                ("tags", Value::Scalar(value)) => self.tags.push(value.text),
                ("tags", Value::List(values)) => {
                    self.tags = values.into_iter().map(|value| value.text).collect()
                }
                ("sections", Value::Map(entries)) => self.take_aliases(entries, report),
                ("lang", _) => wrong(&key, "`lang: bg` or `lang: en`", report),
                ("minutes", _) => wrong(&key, "a whole number from 1, as in `minutes: 25`", report),
                ("requires", _) => {
                    wrong(&key, "lesson numbers, as in `requires: [20, 21]`", report)
                }
                ("tags", _) => wrong(&key, "words, as in `tags: [latency, caching]`", report),
                ("sections", _) => wrong(&key, "lines such as `concepts: Основни идеи`", report),
                (unknown, _) => report.add(
                    Code::FrontMatterUnknownKey,
                    key.span.clone(),
                    format!("`{unknown}` means nothing here; the keys are {KEYS}"),
                    "correct the key, or remove the line",
                ),
            }
            seen.push(key.text);
        }
    }

    /// An alias may be written from the kind to the title (`concepts: Основни идеи`) or the other way round.
    fn take_aliases(&mut self, entries: Vec<(Scalar, Value)>, report: &mut Report) {
        for (key, value) in entries {
            let titles = match value {
                Value::Scalar(title) => vec![title],
                Value::List(titles) => titles,
                Value::Map(_) | Value::Nested => Vec::new(),
            };
            let kind = outline::kind_of_name(&key.text);
            let reversed = titles
                .first()
                .and_then(|title| outline::kind_of_name(&title.text));
            match (kind, reversed) {
                (Some(kind), _) if !titles.is_empty() => {
                    self.aliases
                        .extend(titles.iter().map(|title| (normalise(&title.text), kind)));
                }
                (None, Some(kind)) => self.aliases.push((normalise(&key.text), kind)),
                _ => wrong(
                    &key,
                    &format!("one of {} and a title", outline::KIND_NAMES.join(", ")),
                    report,
                ),
            }
        }
    }
}

fn number(value: &Scalar, report: &mut Report) -> Option<u32> {
    let number = value.text.parse().ok().filter(|&number: &u32| number > 0);
    if number.is_none() {
        wrong(value, "a whole number from 1", report);
    }
    number
}

fn wrong(scalar: &Scalar, expected: &str, report: &mut Report) {
    report.add(
        Code::FrontMatterValue,
        scalar.span.clone(),
        format!(
            "the front matter has `{}` here; expected {expected}",
            scalar.text
        ),
        "correct the value",
    );
}

/// Levels of maps that front matter has: its keys, and the aliases below `sections`.
const MAP_LEVELS: usize = 2;

/// The parser's events, read as the flat shapes that front matter has.
struct Events<'y, P> {
    parser: P,
    /// The byte of the source at a line from 1 and a column from 0 of the YAML.
    byte: &'y dyn Fn(usize, usize) -> usize,
}

impl<'y, P: Iterator<Item = Result<(Event<'y>, Span), ScanError>>> Events<'y, P> {
    /// The document's value, `None` if it is empty; reads on to the end, where the last errors may wait.
    fn document(&mut self) -> Result<Option<Value>, ScanError> {
        let mut value = None;
        while let Some((event, span)) = self.parser.next().transpose()? {
            let is_value = matches!(
                event,
                Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)
            );
            if value.is_none() && is_value {
                value = Some(self.value(event, span, MAP_LEVELS)?);
            }
        }
        Ok(value.filter(|value| !matches!(value, Value::Scalar(scalar) if scalar.text.is_empty())))
    }

    /// The value that an event begins, with at most so many levels of maps.
    fn value(
        &mut self,
        event: Event<'y>,
        span: Span,
        map_levels: usize,
    ) -> Result<Value, ScanError> {
        match event {
            Event::Scalar(text, ..) => Ok(Value::Scalar(self.scalar(text.into_owned(), span))),
            Event::SequenceStart(..) => self.list(),
            Event::MappingStart(..) if map_levels > 0 => self.map(map_levels - 1),
            deeper => {
                self.skip(&deeper)?;
                Ok(Value::Nested)
            }
        }
    }

    fn list(&mut self) -> Result<Value, ScanError> {
        let mut scalars = Vec::new();
        let mut is_flat = true;
        while let Some((event, span)) = self.parser.next().transpose()? {
            match event {
                Event::SequenceEnd => break,
                Event::Scalar(text, ..) => scalars.push(self.scalar(text.into_owned(), span)),
                deeper => {
                    is_flat = false;
                    self.skip(&deeper)?;
                }
            }
        }
        Ok(if is_flat {
            Value::List(scalars)
        } else {
            Value::Nested
        })
    }

    fn map(&mut self, map_levels: usize) -> Result<Value, ScanError> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.parser.next().transpose()? {
            if event == Event::MappingEnd {
                break;
            }
            let key = self.value(event, span, 0)?;
            let Some((event, span)) = self.parser.next().transpose()? else {
                break;
            };
            let value = self.value(event, span, map_levels)?;
            let key = match key {
                Value::Scalar(key) => key,
                // A key that is itself a list or a map is as unknown as a key can be.
                _ => self.scalar("?".to_owned(), span),
            };
            entries.push((key, value));
        }
        Ok(Value::Map(entries))
    }

    /// Reads on to the end of what an event began.
    fn skip(&mut self, begun_by: &Event<'y>) -> Result<(), ScanError> {
        let step = |event: &Event| match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => 1_isize,
            Event::SequenceEnd | Event::MappingEnd => -1,
            _ => 0,
        };
        let mut depth = step(begun_by);
        while depth > 0 {
            let Some((event, _)) = self.parser.next().transpose()? else {
                break;
            };
            depth += step(&event);
        }
        Ok(())
    }

    fn scalar(&self, text: String, span: Span) -> Scalar {
        let start = (self.byte)(span.start.line(), span.start.col());
        let end = (self.byte)(span.end.line(), span.end.col());
        Scalar {
            text,
            span: start..end.max(start + 1),
        }
    }
}
