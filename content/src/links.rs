//! Links, pictures and raw HTML: which of them mean what, and what is wrong with those of a lesson.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    parse::{Image, Surroundings},
    report::Report,
};

const EXERCISE_SCHEME: &str = "exercise:";
const LINK_SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Tags that ammonia leaves in a text.
static ALLOWED_TAGS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ammonia::Builder::default().clone_tags());

/// Tags that ammonia removes, and that are HTML nevertheless: what looks like any other tag is text, such as the
/// `<T>` of `Vec<T>`.
const REMOVED_TAGS: [&str; 33] = [
    "applet", "audio", "base", "body", "button", "canvas", "datalist", "dialog", "embed",
    "fieldset", "font", "form", "frame", "frameset", "head", "html", "iframe", "input", "label",
    "link", "meta", "noscript", "object", "optgroup", "option", "script", "select", "source",
    "style", "svg", "textarea", "title", "video",
];

/// The slug of a link to an exercise.
pub(crate) fn exercise(url: &str) -> Option<&str> {
    let (scheme, slug) = url.split_at_checked(EXERCISE_SCHEME.len())?;
    scheme
        .eq_ignore_ascii_case(EXERCISE_SCHEME)
        .then(|| slug.trim())
}

/// Whether a picture's address is a relative path that stays in the lesson's folder.
pub(crate) fn is_beside_the_lesson(url: &str) -> bool {
    // Browsers read a backslash as a slash, and leave control characters out.
    let is_odd = url.contains(|character: char| character == '\\' || character.is_control());
    scheme(url).is_none()
        && !is_odd
        && !url.starts_with('/')
        && url.split('/').all(|part| part != "..")
}

/// Where pages get the pictures of published lessons from.
pub const IMAGES: &str = "/images/";

/// Whether a page may show the picture at an address: one beside the lesson, or one of our own.
pub(crate) fn is_own_image(url: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '.';
    is_beside_the_lesson(url)
        || url
            .strip_prefix(IMAGES)
            .is_some_and(|name| name.chars().all(is_part))
}

/// Whether raw HTML is HTML at all: a comment, or a tag that HTML knows.
pub(crate) fn is_html(html: &str) -> bool {
    match tag_name(html) {
        Some(name) => is_allowed(&name) || REMOVED_TAGS.contains(&name.as_str()),
        // The later lines of an HTML block.
        None => true,
    }
}

/// The name of the tag that a text begins with.
fn tag_name(html: &str) -> Option<String> {
    let rest = html.trim_start().strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    let name = &rest[..end.unwrap_or(rest.len())];
    (!name.is_empty()).then(|| name.to_ascii_lowercase())
}

fn is_allowed(name: &str) -> bool {
    ALLOWED_TAGS.contains(name) || matches!(name, "figure" | "figcaption")
}

/// The scheme of an address, as browsers read it: letters, digits, `+`, `-` and `.` before the first colon.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.trim_start().split_once(':')?;
    let is_part = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    scheme
        .chars()
        .all(is_part)
        .then(|| scheme.to_ascii_lowercase())
}

/// Looks at every link, picture and piece of raw HTML of a lesson. `steps` is where exercises may have their buttons.
pub(crate) fn check(
    events: &[Spanned],
    steps: Option<Range<usize>>,
    surroundings: &Surroundings,
    report: &mut Report,
) {
    for (place, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => match exercise(dest_url) {
                Some(slug) => check_exercise(slug, range, steps.as_ref(), surroundings, report),
                None => check_link(dest_url, range, report),
            },
            Event::Start(Tag::Image { dest_url, .. }) => {
                check_image(dest_url, range, report);
                check_alternative(&events[place + 1..], range, report);
            }
            Event::Html(html) | Event::InlineHtml(html) => check_html(html, range, report),
            _ => {}
        }
    }
}

fn check_exercise(
    slug: &str,
    at: &Range<usize>,
    steps: Option<&Range<usize>>,
    surroundings: &Surroundings,
    report: &mut Report,
) {
    if !(surroundings.exercise_exists)(slug) {
        report.add(
            Code::ExerciseUnknown,
            at.clone(),
            format!("there is no exercise `{slug}`; its button is not shown"),
            "correct the name: it is the name of the exercise's folder",
        );
    } else if !steps.is_some_and(|steps| steps.contains(&at.start)) {
        report.add(
            Code::ExerciseMisplaced,
            at.clone(),
            format!("the exercise `{slug}` is linked outside the steps, where it gets no button"),
            "move the link into the step that the exercise belongs to",
        );
    }
}

fn check_link(url: &str, at: &Range<usize>, report: &mut Report) {
    if let Some(scheme) = scheme(url).filter(|scheme| !LINK_SCHEMES.contains(&scheme.as_str())) {
        report.add(
            Code::LinkScheme,
            at.clone(),
            format!("a link with `{scheme}:` is shown as text"),
            "link with `https:`, `http:` or `mailto:`, or to a path beside the lesson",
        );
    }
}

fn check_image(url: &str, at: &Range<usize>, report: &mut Report) {
    if scheme(url).is_some() || url.starts_with("//") {
        report.add(
            Code::ImageRemote,
            at.clone(),
            format!("the picture `{url}` is on another server and shown as a link"),
            "save the picture beside the lesson",
        );
    }
}

/// Gives every picture beside the lesson the address that pages get it from, and reports those that are not there.
pub(crate) fn resolve_images(
    events: &mut [Spanned],
    surroundings: &Surroundings,
    report: &mut Report,
) {
    for (event, at) in events {
        let Event::Start(Tag::Image { dest_url, .. }) = event else {
            continue;
        };
        if scheme(dest_url).is_some() || dest_url.starts_with("//") {
            continue;
        }
        let path = dest_url.split(['?', '#']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let image = if is_beside_the_lesson(dest_url) && is_beside_the_lesson(&path) {
            (surroundings.image)(&path)
        } else {
            Image::Missing
        };
        match image {
            Image::At(address) if address != path => *dest_url = address.into(),
            Image::At(_) => {}
            Image::Missing => report.add(
                Code::ImageMissing,
                at.clone(),
                format!("there is no picture `{dest_url}` beside the lesson"),
                "save it in the lesson's folder, or correct the path",
            ),
            Image::Unusable(reason) => report.add(
                Code::ImageUnusable,
                at.clone(),
                format!("`{dest_url}` cannot be shown: {reason}"),
                "save a PNG, JPEG, GIF, WebP, AVIF or SVG of at most 2 MiB in its place",
            ),
        }
    }
}

/// Reports a picture whose text is empty; `behind` begins behind the picture's start.
fn check_alternative(behind: &[Spanned], at: &Range<usize>, report: &mut Report) {
    let end = behind
        .iter()
        .position(|(event, _)| *event == Event::End(TagEnd::Image));
    let text = document::plain(&behind[..end.unwrap_or(0)]);
    if text.trim().is_empty() {
        report.add(
            Code::ImageUndescribed,
            at.clone(),
            "this picture says nothing to those who cannot see it",
            "describe it between the brackets: `![A queue that grows with the load](queue.png)`",
        );
    }
}

fn check_html(html: &str, at: &Range<usize>, report: &mut Report) {
    let Some(name) = tag_name(html).filter(|name| !is_allowed(name)) else {
        return;
    };
    let (what, hint) = if REMOVED_TAGS.contains(&name.as_str()) {
        (
            "is not allowed in a lesson and left out",
            "remove it, or put it in backticks to show it as code",
        )
    } else {
        (
            "is no HTML tag and shown as text",
            "put it in backticks: `` `Vec<T>` ``",
        )
    };
    report.add(
        Code::HtmlRemoved,
        at.clone(),
        format!("`<{name}>` {what}"),
        hint,
    );
}
