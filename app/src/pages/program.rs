//! Programs of a lesson: their controls beside the code, and the page that shows what one printed.

use std::fmt::Write;

use content::{
    lesson::{Lesson, Program, ProgramKind},
    programs::{Piece, pieces},
};
use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

/// Rendered prose with the controls of the programs in it.
pub(super) fn with_controls(html: &str, lesson: &Lesson) -> String {
    let mut shown = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Html(html) => shown.push_str(html),
            Piece::Program(key) => {
                let program = lesson.programs.iter().find(|program| program.key == key);
                if let Some(program) = program {
                    push_controls(&mut shown, program, lesson);
                }
            }
        }
    }
    shown
}

fn push_controls(shown: &mut String, program: &Program, lesson: &Lesson) {
    let text = &Text::of(lesson.language.into()).authoring;
    let key = &program.key.0;
    let action = format!(
        "/{}/lessons/{}/programs/{key}",
        lesson.language.code(),
        lesson.number
    );
    let controls = match program.kind {
        ProgramKind::Run => format!(
            r#"<button class="button" type="submit">{}</button>"#,
            text.run
        ),
        ProgramKind::Predict => format!(
            r#"<label for="p-{key}">{}</label><textarea id="p-{key}" name="prediction" rows="3" maxlength="2000"></textarea><button class="button" type="submit">{}</button>"#,
            text.your_prediction, text.see_output
        ),
    };
    write!(
        shown,
        r#"<form class="program" method="post" action="{action}">{controls}</form>"#
    )
    .expect("a String takes every text");
}

/// A program that ran, or could not.
#[derive(Clone, Debug)]
pub struct ProgramView {
    /// The number of the lesson.
    pub lesson: u32,
    /// Its title.
    pub title: String,
    /// The program, coloured.
    pub source_html: String,
    /// What the learner predicted, if they did.
    pub prediction: Option<Prediction>,
    /// What it printed.
    pub output: String,
    /// Why it did not come to its own end, as a sentence.
    pub message: Option<String>,
}

/// What a learner predicted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// Their words.
    pub text: String,
    /// Whether that is what the program printed.
    pub is_right: bool,
}

/// The page `/bg/lessons/22/programs/…`.
pub fn render(shell: &Shell, view: ProgramView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).authoring;
        let mut frame = layout::Frame::new(shell, text.program);
        frame.islands = false;
        frame.extra = true;
        frame.twin = None;
        let back = format!("/{}/lessons/{}", shell.language.code(), view.lesson);
        let prediction = view.prediction.map(|prediction| {
            let verdict = if prediction.is_right {
                text.prediction_right
            } else {
                text.prediction_wrong
            };
            view! {
                <h2>{text.predicted}</h2>
                <pre class="output" tabindex="0">{prediction.text}</pre>
                <p class="notice">{verdict}</p>
            }
        });
        let output = if view.output.is_empty() {
            view! { <p>{text.no_output}</p> }.into_any()
        } else {
            view! { <pre class="output" tabindex="0">{view.output}</pre> }.into_any()
        };
        let message = view
            .message
            .map(|message| view! { <pre class="message" tabindex="0">{message}</pre> });
        let body = view! {
            <div class="page program-page">
                <header class="page-header">
                    <p class="kicker"><a href=back.clone()>{format!("{} · {}", view.lesson, view.title)}</a></p>
                    <h1>{text.program}</h1>
                </header>
                <div class="prose" inner_html=view.source_html></div>
                {prediction}
                <h2>{text.output}</h2>
                {output}
                {message}
                <p><a href=back>{text.back_to_lesson}</a></p>
            </div>
        };
        layout::document(shell, frame, body)
    })
}
