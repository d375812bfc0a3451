//! The editor of one lesson, and the differences between two texts of it.

use leptos::prelude::*;

use crate::{
    pages::{
        Shell, layout,
        step::in_textarea,
        text::{Text, teach::TeachText},
        to_document,
    },
    text::Language,
};

/// A lesson in the editor.
#[derive(Clone, Debug)]
pub struct EditorView {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its file, in the folder of lessons.
    pub file: String,
    /// The text to edit: the draft, else the file.
    pub text: String,
    /// What the text was made from: the SHA-256 of the file.
    pub base: String,
    /// Whether the text is a draft.
    pub is_draft: bool,
    /// The lesson as learners would see it; nothing while there are errors.
    pub preview_html: Option<String>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// What happened just now.
    pub notice: Option<Notice>,
    /// How the draft differs from a file that somebody changed meanwhile.
    pub conflict: Option<Vec<Line>>,
    /// Whether somebody else has the lesson in an editor.
    pub others: bool,
    /// What was published, the latest first.
    pub versions: Vec<VersionRow>,
}

/// Something that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// The permanent name of the kind of problem.
    pub code: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it covers.
    pub length: u32,
    /// What was found, and what was expected.
    pub message: String,
    /// What to do now.
    pub hint: Option<String>,
}

/// What happened just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The file was made.
    Created,
    /// The draft is kept.
    DraftSaved,
    /// Learners see the text.
    Published,
    /// The draft is gone.
    DraftDiscarded,
    /// The text has errors and was kept as a draft.
    Refused,
    /// The file changed meanwhile, and the text was kept as a draft.
    Conflict,
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number in the database.
    pub id: i64,
    /// When it was published.
    pub at: String,
    /// Whether learners read it now.
    pub is_current: bool,
}

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it came, went or stayed.
    pub kind: LineKind,
    /// Its text.
    pub text: String,
}

/// Whether a line came, went or stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// It is in both texts.
    Same,
    /// It is in the second only.
    Added,
    /// It is in the first only.
    Removed,
}

/// The page `/bg/teach/lessons/22`.
pub fn render_editor(shell: &Shell, view: EditorView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).teach;
        let code = shell.language.code();
        let mut frame = layout::Frame::new(shell, format!("{} · {}", view.number, view.title));
        frame.islands = false;
        frame.extra = true;
        frame.script = Some(shell.assets.teach.clone());
        let base = format!("/{code}/teach/lessons/{}", view.number);
        let api = format!("/api/v1/teach/lessons/{code}/{}", view.number);
        let publish = if view.conflict.is_some() {
            text.publish_anyway
        } else {
            text.publish
        };
        let conflict = view.conflict.as_ref().map(|lines| {
            view! {
                <h2>{text.difference}</h2>
                {difference(lines, text)}
            }
        });
        let preview = match &view.preview_html {
            Some(html) => html.clone(),
            None => format!("<p>{}</p>", text.no_preview),
        };
        let versions = view.versions.iter().map(|version| {
            let url = format!("{base}/versions/{}", version.id);
            let current = version
                .is_current
                .then(|| format!(" ({})", text.version_current));
            view! { <li><a href=url>{version.at.clone()}</a> {current}</li> }
        });
        let versions = versions.collect_view();
        let body = view! {
            <div class="page teach" data-nonce=shell.nonce.clone()>
                <header class="page-header">
                    <p class="kicker"><a href=format!("/{code}/teach")>{text.back_to_teach}</a></p>
                    <h1>{format!("{} · {}", view.number, view.title)}</h1>
                    <p><code>{view.file.clone()}</code></p>
                </header>
                {view.notice.map(|notice| view! { <p class="notice" role="status">{sentence(notice, text)}</p> })}
                {view.is_draft.then(|| view! { <p>{text.is_draft}</p> })}
                <p class="notice teach-others" hidden=!view.others>{text.others}</p>
                {conflict}
                <div class="teach-grid">
                    <form method="post" action=base.clone() data-api=api>
                        <label for="text">{text.source}</label>
                        <textarea
                            class="source"
                            id="text"
                            name="text"
                            rows="30"
                            spellcheck="true"
                            inner_html=in_textarea(&view.text)
                        ></textarea>
                        <input type="hidden" name="base" value=view.base.clone()/>
                        <div class="teach-actions">
                            <button class="button primary" name="action" value="publish" type="submit">{publish}</button>
                            <button class="button" name="action" value="draft" type="submit">{text.save_draft}</button>
                            <button class="button" name="action" value="discard" type="submit">{text.discard_draft}</button>
                        </div>
                        <fieldset class="teach-image" hidden>
                            <legend>{text.image}</legend>
                            <label for="alternative">{text.image_alternative}</label>
                            <input id="alternative" type="text" maxlength="300"/>
                            <input id="image" type="file" accept="image/*" aria-label=text.image/>
                            <p class="teach-image-told" role="status" data-stored=text.image_stored></p>
                        </fieldset>
                        <h2>{text.problems}</h2>
                        <div class="teach-problems" inner_html=render_problems(&view.problems, shell.language)></div>
                    </form>
                    <section aria-label=text.preview>
                        <h2>{text.preview}</h2>
                        <div class="teach-preview lesson" inner_html=preview></div>
                    </section>
                </div>
                <h2>{text.versions}</h2>
                <ul>{versions}</ul>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn sentence(notice: Notice, text: &TeachText) -> &'static str {
    match notice {
        Notice::Created => text.created,
        Notice::DraftSaved => text.draft_saved,
        Notice::Published => text.published_now,
        Notice::DraftDiscarded => text.draft_discarded,
        Notice::Refused => text.refused,
        Notice::Conflict => text.conflict,
    }
}

/// The remarks on a text, as a part of the page.
pub fn render_problems(problems: &[Problem], language: Language) -> String {
    let text = &Text::of(language).teach;
    let list = || {
        if problems.is_empty() {
            return view! { <p>{text.no_problems}</p> }.into_any();
        }
        let items = problems.iter().map(|problem| {
            let place = format!("{} {}:{}", text.line, problem.line, problem.column);
            let hint = problem.hint.clone().map(|hint| view! { <br/> {hint} });
            view! {
                <li>
                    <strong class=problem.severity>{problem.severity}</strong>
                    " " {place} " " <code>{problem.code}</code> " " {problem.message.clone()} {hint}
                </li>
            }
        });
        view! { <ul class="problems">{items.collect_view()}</ul> }.into_any()
    };
    Owner::new().with(|| list().into_view().to_html())
}

/// An earlier version beside the text of now.
#[derive(Clone, Debug)]
pub struct DifferenceView {
    /// The number of the lesson.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When the version was published.
    pub at: String,
    /// The version in the database.
    pub version: i64,
    /// What is different, from that version to now.
    pub lines: Vec<Line>,
}

/// The page `/bg/teach/lessons/22/versions/3`.
pub fn render_difference(shell: &Shell, view: DifferenceView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).teach;
        let mut frame = layout::Frame::new(shell, text.difference);
        frame.islands = false;
        frame.extra = true;
        frame.twin = None;
        let base = format!("/{}/teach/lessons/{}", shell.language.code(), view.number);
        let restore = format!("{base}/versions/{}", view.version);
        let body = view! {
            <div class="page teach">
                <header class="page-header">
                    <p class="kicker"><a href=base>{text.back_to_editor}</a></p>
                    <h1>{format!("{} · {} · {}", view.number, view.title, view.at)}</h1>
                </header>
                <h2>{text.compare}</h2>
                {difference(&view.lines, text)}
                <form method="post" action=restore>
                    <p>{text.restore_lead}</p>
                    <button class="button primary" type="submit">{text.restore}</button>
                </form>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn difference(lines: &[Line], text: &TeachText) -> impl IntoView + use<> {
    if lines.iter().all(|line| line.kind == LineKind::Same) {
        return view! { <p>{text.no_difference}</p> }.into_any();
    }
    let lines = lines.iter().map(|line| {
        let text = format!("{}\n", line.text);
        match line.kind {
            LineKind::Same => view! { <span>{text}</span> }.into_any(),
            LineKind::Added => view! { <ins>{text}</ins> }.into_any(),
            LineKind::Removed => view! { <del>{text}</del> }.into_any(),
        }
    });
    view! { <pre class="difference" tabindex="0">{lines.collect_view()}</pre> }.into_any()
}
