//! The instructor's pages: the lessons with their state, the editor beside a preview, versions and differences.
//!
//! Everything works as a form; `app/editor/teach.js` makes an editor of the field, and shows preview and remarks as the
//! author types.

mod editor;

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

pub use editor::{
    DifferenceView, EditorView, Line, LineKind, Notice, Problem, VersionRow, render_difference,
    render_editor, render_problems,
};

/// The lessons of one language.
#[derive(Clone, Debug)]
pub struct TeachView {
    /// The lessons, by number.
    pub rows: Vec<TeachRow>,
    /// The number that the next lesson would have.
    pub next_number: u32,
}

/// A lesson and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeachRow {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its file, in the folder of lessons.
    pub file: String,
    /// What learners see of the file.
    pub state: TeachState,
    /// Whether somebody has a draft of it.
    pub has_draft: bool,
    /// How many errors the file has.
    pub errors: u32,
    /// How many warnings.
    pub warnings: u32,
    /// How many hints.
    pub hints: u32,
}

/// What learners see of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeachState {
    /// They read it as it is.
    Published,
    /// It has errors; they read the version before it, if there is one.
    Refused,
    /// Text of the skeleton is left in it.
    Unfilled,
    /// It is gone; they read what was published.
    Missing,
}

/// The page `/bg/teach`.
pub fn render(shell: &Shell, view: TeachView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).teach;
        let mut frame = layout::Frame::new(shell, text.teach);
        frame.islands = false;
        frame.extra = true;
        let base = format!("/{}/teach/lessons", shell.language.code());
        let rows = view.rows.iter().map(|row| self::row(row, &base, shell));
        let body = view! {
            <div class="page teach">
                <header class="page-header">
                    <h1>{text.teach}</h1>
                    <p class="lead">{text.teach_lead}</p>
                </header>
                <table class="plan-table">
                    <thead>
                        <tr>
                            <th scope="col">{text.column_lesson}</th>
                            <th scope="col">{text.column_state}</th>
                            <th scope="col">{text.column_file}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <h2>{text.new_lesson}</h2>
                <form class="search-form" method="post" action=base.clone()>
                    <label for="number">{text.new_number}</label>
                    <input id="number" name="number" type="number" min="1" required value=view.next_number/>
                    <label for="title">{text.new_title}</label>
                    <input id="title" name="title" type="text" maxlength="200" required/>
                    <button class="button primary" type="submit">{text.create}</button>
                </form>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn row(row: &TeachRow, base: &str, shell: &Shell) -> impl IntoView + use<> {
    let text = &Text::of(shell.language).teach;
    let state = match row.state {
        TeachState::Published => text.state_published,
        TeachState::Refused => text.state_refused,
        TeachState::Unfilled => text.state_unfilled,
        TeachState::Missing => text.state_missing,
    };
    let counts = [
        (row.errors, text.errors),
        (row.warnings, text.warnings),
        (row.hints, text.hints),
    ];
    let counts = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| noun.of(count));
    let mut told = vec![state.to_owned()];
    told.extend(row.has_draft.then(|| text.state_draft.to_owned()));
    told.extend(counts);
    view! {
        <tr>
            <th scope="row"><a href=format!("{base}/{}", row.number)>{format!("{} · {}", row.number, row.title)}</a></th>
            <td>{told.join(", ")}</td>
            <td><code>{row.file.clone()}</code></td>
        </tr>
    }
}
