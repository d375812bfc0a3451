//! The skeleton of a lesson: its title and its nine sections, in order.

mod order;

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use pulldown_cmark::{HeadingLevel, Tag};

use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    keys::{AuthorId, normalise},
    lesson::SectionKind,
    report::Report,
};

/// Titles that an author's front matter adds, [normalised](normalise), and what they mean.
pub(crate) type Aliases = Vec<(String, SectionKind)>;

/// The kinds' names in front matter, in the order of [`SectionKind::ALL`].
pub(crate) const KIND_NAMES: [&str; 9] = [
    "prior", "overview", "concepts", "steps", "examples", "pitfalls", "quiz", "recap", "plan",
];

/// Title in English, title in Bulgarian, in the order of [`SectionKind::ALL`].
const TITLES: [[&str; 2]; 9] = [
    ["Activate Prior Knowledge", "Активиране на предишни знания"],
    ["Overview", "Преглед"],
    ["Key Concepts", "Ключови понятия"],
    [
        "Step-by-step Learning Path",
        "Учебна пътека стъпка по стъпка",
    ],
    ["Examples", "Примери"],
    ["Common Pitfalls", "Чести грешки"],
    ["Short Retrieval Quiz", "Кратък тест за припомняне"],
    ["Quick Recap", "Кратко обобщение"],
    ["Spaced Review Plan", "План за преговор"],
];

/// A section with what stands in it.
pub(crate) struct Chapter<'n, 'd> {
    pub(crate) kind: SectionKind,
    pub(crate) title: String,
    pub(crate) id: Option<AuthorId>,
    /// Where its heading stands.
    pub(crate) heading: Range<usize>,
    /// What stands between its heading and the next.
    pub(crate) blocks: Vec<&'n [Spanned<'d>]>,
    /// What stands outside every section and is shown at the beginning of this one.
    pub(crate) strays_before: Vec<&'n [Spanned<'d>]>,
    /// What stands outside every section and is shown at the end of this one.
    pub(crate) strays_behind: Vec<&'n [Spanned<'d>]>,
}

/// The title and the sections of a file.
#[derive(Default)]
pub(crate) struct Outline<'n, 'd> {
    /// Where the first heading stands; nowhere is the beginning of the file.
    pub(crate) heading: Range<usize>,
    pub(crate) number: Option<u32>,
    pub(crate) title: Option<String>,
    /// The sections, each kind once, in the order of the file.
    pub(crate) chapters: Vec<Chapter<'n, 'd>>,
}

/// Every title, [normalised](normalise).
static KNOWN_TITLES: LazyLock<HashMap<String, SectionKind>> = LazyLock::new(|| {
    let kinds = TITLES.iter().zip(SectionKind::ALL);
    kinds
        .flat_map(|(titles, kind)| titles.map(|title| (normalise(title), kind)))
        .collect()
});

/// The kind that front matter calls by this name: one of the short names, or a title.
pub(crate) fn kind_of_name(name: &str) -> Option<SectionKind> {
    let name = normalise(name);
    let place = KIND_NAMES.iter().position(|kind_name| *kind_name == name);
    place
        .map(|place| SectionKind::ALL[place])
        .or_else(|| KNOWN_TITLES.get(&name).copied())
}

/// Finds the title and the sections. `cut_off_at` is where an unclosed fence or comment swallowed the rest of the file:
/// what is missing behind it is its fault and not reported again.
pub(crate) fn read<'n, 'd>(
    blocks: &[&'n [Spanned<'d>]],
    aliases: &Aliases,
    cut_off_at: Option<usize>,
    report: &mut Report,
) -> Outline<'n, 'd> {
    let mut outline = Outline::default();
    let mut preface = Vec::new();
    let mut stray_heading_open = false;
    let mut seen_title = false;
    for &block in blocks {
        let heading = match document::tag(block) {
            Some(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) if !seen_title && outline.chapters.is_empty() => {
                seen_title = true;
                read_title(block, &mut outline, report);
                continue;
            }
            Some(Tag::Heading {
                level: HeadingLevel::H1 | HeadingLevel::H2,
                ..
            }) => Some(Heading::read(block)),
            _ => None,
        };
        let kind = heading.as_ref().and_then(|heading| heading.kind(aliases));
        if let (Some(heading), Some(kind)) = (&heading, kind) {
            stray_heading_open = begin(heading.clone(), kind, &mut outline, report);
        } else {
            if let Some(heading) = heading {
                heading.report_unknown(report);
                stray_heading_open = true;
            }
            match outline.chapters.last_mut() {
                Some(chapter) if stray_heading_open => chapter.strays_behind.push(block),
                Some(chapter) => chapter.blocks.push(block),
                None => preface.push(block),
            }
        }
    }
    if !seen_title {
        report.add(
            Code::TitleMissing,
            0..1,
            "the lesson does not begin with its number and title",
            "write a first heading such as `# 22 - Performance and latency`",
        );
    }
    take_preface(preface, &mut outline, report);
    order::check(&outline, cut_off_at, report);
    outline
}

fn read_title(block: &[Spanned], outline: &mut Outline, report: &mut Report) {
    let heading = document::span(block);
    outline.heading = heading.clone();
    let text = document::plain(document::inside(block));
    let (text, _) = cut_id(text.trim());
    let digits_end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(digits_end);
    let separator = rest.trim_start().chars().next();
    let is_dash = separator.is_some_and(is_dash);
    let is_numbered =
        is_dash || rest.is_empty() || separator.is_some_and(|character| ".:)".contains(character));
    outline.number = digits.parse().ok().filter(|_| is_numbered);
    let title = match outline.number {
        Some(_) => rest
            .trim_start()
            .chars()
            .skip(1)
            .collect::<String>()
            .trim()
            .to_owned(),
        None => text.to_owned(),
    };
    if outline.number.is_none() {
        report.add(
            Code::NumberMissing,
            heading.clone(),
            "the first heading has no lesson number in front of its title",
            "write the number, a dash and the title: `# 22 - Performance and latency`",
        );
    }
    if title.is_empty() {
        report.add(
            Code::TitleMissing,
            heading,
            "the first heading has no title",
            "write the number, a dash and the title: `# 22 - Performance and latency`",
        );
        return;
    }
    if outline.number.is_some() && !is_dash {
        report.add(
            Code::TitleDash,
            heading,
            "number and title are parted by something that is not a dash",
            "write a dash between them: `# 22 - Performance and latency`",
        );
    }
    outline.title = Some(title);
}

/// Whether a character is one of the dashes that part a term from its definition, or a number from its title.
pub(crate) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—')
}

/// A text without the `{#id}` at its end, and the id.
pub(crate) fn cut_id(text: &str) -> (&str, Option<&str>) {
    let cut = || {
        let (before, id) = text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
        let is_id =
            |character: char| character.is_alphanumeric() || character == '-' || character == '_';
        (!id.is_empty() && id.chars().all(is_id)).then(|| (before.trim_end(), Some(id)))
    };
    cut().unwrap_or((text, None))
}

/// Begins a section; says whether what follows belongs to none, because the section was there before.
fn begin(heading: Heading, kind: SectionKind, outline: &mut Outline, report: &mut Report) -> bool {
    if outline.chapters.iter().any(|chapter| chapter.kind == kind) {
        report.add(
            Code::SectionDoubled,
            heading.span,
            format!(
                "the section `{}` is here for the second time",
                heading.title
            ),
            "move its content to the first one, or correct one of the titles",
        );
        return true;
    }
    let (by_kind, by_place) = (kind as usize + 1, outline.chapters.len() + 1);
    if let Some(number) = heading
        .number
        .filter(|&number| number != by_kind && number != by_place)
    {
        report.add(
            Code::SectionNumber,
            heading.span.clone(),
            format!(
                "the section `{}` has the number {number}, but it is section {by_kind}",
                heading.title
            ),
            format!("write `## {by_kind}. {}`", heading.title),
        );
    }
    outline.chapters.push(Chapter {
        kind,
        title: heading.title,
        id: heading.id,
        heading: heading.span,
        blocks: Vec::new(),
        strays_before: Vec::new(),
        strays_behind: Vec::new(),
    });
    false
}

fn take_preface<'n, 'd>(
    preface: Vec<&'n [Spanned<'d>]>,
    outline: &mut Outline<'n, 'd>,
    report: &mut Report,
) {
    let Some(first) = preface.iter().find(|block| !is_comment(block)) else {
        return;
    };
    report.add(
        Code::OutsideSections,
        document::span(first),
        "text stands before the first section; it is shown at the beginning of that section",
        "move it into a section",
    );
    if let Some(chapter) = outline.chapters.first_mut() {
        chapter.strays_before = preface;
    }
}

/// Whether a block is an HTML comment, which nobody sees.
pub(crate) fn is_comment(block: &[Spanned]) -> bool {
    let html: String = block
        .iter()
        .filter_map(|(event, _)| match event {
            pulldown_cmark::Event::Html(html) => Some(html.as_ref()),
            _ => None,
        })
        .collect();
    matches!(document::tag(block), Some(Tag::HtmlBlock))
        && html.trim_start().starts_with("<!--")
        && html
            .find("-->")
            .is_some_and(|end| html[end + 3..].trim().is_empty())
}

/// A heading as written: its number, title and id.
#[derive(Clone)]
pub(crate) struct Heading {
    pub(crate) number: Option<usize>,
    pub(crate) title: String,
    pub(crate) id: Option<AuthorId>,
    pub(crate) span: Range<usize>,
}

impl Heading {
    pub(crate) fn read(block: &[Spanned]) -> Heading {
        let span = document::span(block);
        let text = document::plain(document::inside(block));
        let (text, id) = cut_id(text.trim());
        let id = id.map(|id| AuthorId {
            id: id.to_owned(),
            span: span.clone(),
        });
        let digits_end = text
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(text.len());
        let (digits, rest) = text.split_at(digits_end);
        let rest = rest
            .trim_start_matches(|character: char| ".):".contains(character))
            .trim();
        let rest = rest.strip_prefix(is_dash).map_or(rest, str::trim_start);
        match digits.parse() {
            Ok(number) if !rest.is_empty() => Heading {
                number: Some(number),
                title: rest.to_owned(),
                id,
                span,
            },
            _ => Heading {
                number: None,
                title: text.to_owned(),
                id,
                span,
            },
        }
    }

    fn kind(&self, aliases: &Aliases) -> Option<SectionKind> {
        let title = normalise(&self.title);
        let alias = aliases
            .iter()
            .find(|(alias, _)| *alias == title)
            .map(|(_, kind)| *kind);
        alias.or_else(|| KNOWN_TITLES.get(&title).copied())
    }

    fn report_unknown(self, report: &mut Report) {
        report.add(
            Code::SectionUnknown,
            self.span,
            format!("`{}` is not one of the nine sections; it is shown with the section before it", self.title),
            "use one of the nine titles, name yours under `sections` in the front matter, or make it a `###` heading",
        );
    }
}
