//! Markdown events to HTML that a page may insert as it is.
//!
//! 1. What must not reach the page as written is replaced: pictures of other servers by links, exercise links by their
//!    words, tags that are no tags by their text, code by its highlighted form, formulas and diagrams by places for them.
//! 2. pulldown-cmark writes the HTML.
//! 3. ammonia removes everything that is not on its list, whoever wrote it.
//! 4. Formulas and diagrams, which have lists of their own, come to their places, and markers to the programs.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::{
    diagram,
    document::{self, Spanned},
    fence::Info,
    formula,
    highlight::{escape, highlight},
    keys,
    lesson::Html,
    links, programs,
};

/// Renders a text that is not a lesson, such as the statement of an exercise; headings leave `h1` to the page.
pub fn markdown(source: &str) -> Html {
    let events = document::parse(source, 0);
    sanitised(events.into_iter().map(|(event, _)| event), |level| {
        (level as usize).max(2)
    })
}

/// Renders code by itself.
pub fn code(source: &str, language: &str) -> Html {
    Html(SANITISER.clean(&code_figure(language, source)).to_string())
}

/// Renders events of a lesson; headings keep their level, but leave `h1` and `h2` to the page.
pub(crate) fn render<'d>(events: &[Spanned<'d>]) -> Html {
    sanitised(events.iter().map(|(event, _)| event.clone()), |level| {
        (level as usize).max(3)
    })
}

/// Renders a block; a line of a tight list becomes the paragraph that it would be in a loose one.
pub(crate) fn render_block(block: &[Spanned]) -> Html {
    match document::running_text(block) {
        Some(text) => paragraph(text),
        None => render(block),
    }
}

/// Renders blocks one behind the other.
pub(crate) fn render_blocks<'n, 'd: 'n>(
    blocks: impl IntoIterator<Item = &'n [Spanned<'d>]>,
) -> Html {
    Html(
        blocks
            .into_iter()
            .map(|block| render_block(block).0)
            .collect(),
    )
}

/// Renders running text as a paragraph; nothing for nothing.
pub(crate) fn paragraph(text: &[Spanned]) -> Html {
    let Html(html) = render(text);
    Html(if html.is_empty() {
        html
    } else {
        format!("<p>{html}</p>\n")
    })
}

fn sanitised<'d>(
    events: impl Iterator<Item = Event<'d>>,
    level: impl Fn(HeadingLevel) -> usize,
) -> Html {
    let mut generated = Generated::default();
    let mut html = String::new();
    let shown = presentable(events, level, &mut generated);
    pulldown_cmark::html::push_html(&mut html, shown.into_iter());
    Html(generated.in_place(SANITISER.clean(&html).to_string()))
}

/// HTML that we made and that has been sanitised by a list of its own, until the author's has been.
#[derive(Default)]
struct Generated(Vec<String>);

impl Generated {
    /// Keeps a piece; the answer is the place for it. An author who writes the same place gets the piece twice.
    fn place(&mut self, html: String) -> String {
        self.0.push(html);
        format!("<span class=\"generated-{}\"></span>", self.0.len() - 1)
    }

    fn in_place(self, mut html: String) -> String {
        for (number, piece) in self.0.into_iter().enumerate() {
            let place = format!("<span class=\"generated-{number}\"></span>");
            html = html.replace(&place, &piece);
        }
        html
    }
}

/// The events with everything replaced that must not reach the page as written.
fn presentable<'d>(
    events: impl Iterator<Item = Event<'d>>,
    level: impl Fn(HeadingLevel) -> usize,
    generated: &mut Generated,
) -> Vec<Event<'d>> {
    let mut shown = Vec::new();
    // For each open link or picture, whether its end is shown.
    let mut shown_ends: Vec<Option<TagEnd>> = Vec::new();
    let mut code: Option<(Info, String)> = None;
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => code = Some((Info::of(&kind), String::new())),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, text)) = code.take() {
                    shown.push(Event::Html(figure(&info, &text, generated).into()));
                }
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, code)) = &mut code {
                    code.push_str(&text);
                }
            }
            Event::Start(Tag::Heading { level: written, .. }) => {
                let level = heading_level(level(written));
                shown.push(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: vec![],
                    attrs: vec![],
                }));
            }
            Event::End(TagEnd::Heading(written)) => {
                shown.push(Event::End(TagEnd::Heading(heading_level(level(written)))));
            }
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let is_shown = links::exercise(dest_url).is_none();
                shown_ends.push(is_shown.then_some(TagEnd::Link));
                shown.extend(is_shown.then_some(event));
            }
            Event::Start(Tag::Image {
                dest_url,
                title,
                id,
                ..
            }) if !links::is_own_image(&dest_url) => {
                shown_ends.push(Some(TagEnd::Link));
                shown.push(Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::Start(Tag::Image { .. }) => {
                shown_ends.push(Some(TagEnd::Image));
                shown.push(event);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                // A slice of events may begin inside a link, but never holds an end without its beginning.
                shown.extend(shown_ends.pop().flatten().map(Event::End));
            }
            Event::TaskListMarker(checked) => {
                shown.push(Event::Text(if checked { "☑ " } else { "☐ " }.into()))
            }
            Event::InlineMath(latex) => shown.push(formula(&latex, false, generated)),
            Event::DisplayMath(latex) => shown.push(formula(&latex, true, generated)),
            Event::InlineHtml(html) if !links::is_html(&html) => shown.push(Event::Text(html)),
            Event::Html(html) if !links::is_html(&html) => shown.push(Event::Text(html)),
            other => shown.push(other),
        }
    }
    shown
}

fn heading_level(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

/// A formula, or its source where it cannot be read.
fn formula<'d>(latex: &str, is_block: bool, generated: &mut Generated) -> Event<'d> {
    match formula::mathml(latex, is_block) {
        Ok(mathml) => Event::InlineHtml(generated.place(mathml).into()),
        Err(_) => {
            let sign = if is_block { "$$" } else { "$" };
            Event::Text(format!("{sign}{latex}{sign}").into())
        }
    }
}

/// A code block: a diagram, or code with what belongs to it.
fn figure(info: &Info, code: &str, generated: &mut Generated) -> String {
    if info.language == diagram::LANGUAGE
        && let Ok(svg) = diagram::svg(code, &format!("diagram-{}", keys::digest(code)))
    {
        return generated.place(format!("<figure class=\"diagram\">{svg}</figure>\n"));
    }
    let shown = code_figure(&info.language, code);
    match programs::kind(info) {
        Some(_) => shown + &generated.place(programs::marker(code)),
        None => shown,
    }
}

/// Code. It can be focused, since what is wider than its frame is scrolled with the keyboard.
fn code_figure(language: &str, code: &str) -> String {
    let shown = highlight(code, language).unwrap_or_else(|| escape(code));
    let class = if language.is_empty() {
        String::new()
    } else {
        format!(" class=\"language-{language}\"")
    };
    format!(
        "<figure class=\"code\"><pre tabindex=\"0\"><code{class}>{shown}</code></pre></figure>\n"
    )
}

/// ammonia's own list of tags and attributes, and what our code blocks need.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(["figure", "figcaption"])
        .add_tag_attributes("figure", ["class"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("code", ["class"])
        .add_tag_attributes("span", ["class"])
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener"))
        .attribute_filter(allowed_value);
    builder
});

/// An attribute's value, if it is one that a lesson may have.
fn allowed_value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_allowed = match (element, attribute) {
        ("figure", "class") => value == "code",
        ("pre", "tabindex") => value == "0",
        ("code", "class") => value.starts_with("language-") && !value.contains(char::is_whitespace),
        ("span", "class") => value
            .split_whitespace()
            .all(|class| class.starts_with("hl-") || class.starts_with("generated-")),
        // Nothing that a page fetches by itself may come from somebody else's server.
        ("img", "src") => links::is_own_image(value),
        _ => true,
    };
    is_allowed.then_some(Cow::Borrowed(value))
}
