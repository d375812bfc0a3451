//! A step of a learning path with what the learner wrote down there.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};
use crate::islands::browser::escaped;

/// A step as one learner sees it.
#[derive(Clone, Debug)]
pub struct StepView {
    /// The number of its lesson.
    pub lesson_number: u32,
    /// The title of its lesson.
    pub lesson_title: String,
    /// Whether the lesson exists in the other language too.
    pub other_language: bool,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What to do, as sanitised HTML.
    pub task_html: String,
    /// Its fragment in the lesson.
    pub key: String,
    /// A fresh UUID for what is written down now.
    pub id: String,
    /// The note, as it was written.
    pub note: String,
    /// The note, rendered and sanitised.
    pub note_html: String,
    /// The questions with their answers.
    pub questions: Vec<StepQuestion>,
    /// Whether it is marked as done.
    pub is_done: bool,
    /// Whether there is a picture.
    pub has_image: bool,
}

/// A question of a step.
#[derive(Clone, Debug)]
pub struct StepQuestion {
    /// Its name, under which its answer is sent.
    pub key: String,
    /// The question, as sanitised HTML.
    pub html: String,
    /// The learner's answer.
    pub answer: String,
}

/// The page `/bg/lessons/22/steps/1`. Its forms post to it, and to `…/image` and `…/delete` below it.
pub fn render(shell: &Shell, view: StepView) -> String {
    to_document(|| {
        let words = Text::of(shell.language);
        let text = &words.notes;
        let lesson = format!("/{}/lessons/{}", shell.language.code(), view.lesson_number);
        let base = format!("{lesson}/steps/{}", view.number);
        let mut frame = layout::Frame::new(shell, format!("{} · {}", view.title, text.title));
        frame.islands = false;
        if !view.other_language {
            frame.twin = None;
        }
        let shown = (!view.note_html.is_empty()).then(|| {
            view! {
                <h2>{text.your_note}</h2>
                <div class="prose given-note" inner_html=view.note_html.clone()></div>
            }
        });
        let has_something = view.has_image
            || !view.note.is_empty()
            || view
                .questions
                .iter()
                .any(|question| !question.answer.is_empty());
        let delete = has_something.then(|| {
            view! {
                <form class="delete" method="post" action=format!("{base}/delete")>
                    <button class="button quiet" type="submit">{text.delete}</button>
                </form>
            }
        });
        let image = view.has_image.then(|| {
            view! { <p><img class="note-image" src=format!("{base}/image") alt=text.image_alt/></p> }
        });
        let body = view! {
            <div class="page step-page">
                <header class="page-header">
                    <p class="kicker">
                        <a href=format!("{lesson}#{}", view.key)>
                            {format!("{} {} · {}", words.lesson, view.lesson_number, view.lesson_title)}
                        </a>
                    </p>
                    <h1>{view.title.clone()}</h1>
                </header>
                <div class="prose" inner_html=view.task_html.clone()></div>
                {shown}
                {image}
                {form(&view, &base, text)}
                <form class="image" method="post" enctype="multipart/form-data" action=format!("{base}/image")>
                    <label for="image">{text.image}</label>
                    <input
                        id="image"
                        type="file"
                        name="image"
                        accept="image/png,image/jpeg,image/webp,image/gif"
                        required
                        aria-describedby="image-help"
                    />
                    <p class="help" id="image-help">{text.image_help}</p>
                    <button class="button" type="submit">{text.add_image}</button>
                </form>
                {delete}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn form(
    view: &StepView,
    base: &str,
    text: &'static super::text::NotesText,
) -> impl IntoView + use<> {
    let questions = (0..).zip(&view.questions).map(|(place, question)| {
        let id = format!("question-{place}");
        let label_id = format!("{id}-label");
        view! {
            <div class="prose" id=label_id.clone() inner_html=question.html.clone()></div>
            <textarea
                id=id
                name=question.key.clone()
                rows="3"
                maxlength="8000"
                aria-labelledby=label_id
                inner_html=in_textarea(&question.answer)
            ></textarea>
        }
    });
    view! {
        <form class="notes" method="post" action=base.to_owned()>
            <input type="hidden" name="id" value=view.id.clone()/>
            {questions.collect_view()}
            <label for="note">{text.note}</label>
            <textarea
                id="note"
                name="note"
                rows="8"
                maxlength="8000"
                aria-describedby="note-help"
                inner_html=in_textarea(&view.note)
            ></textarea>
            <p class="help" id="note-help">{text.note_help}</p>
            <label class="choice">
                <input type="checkbox" name="done" value="1" checked=view.is_done/>
                <span>{text.done}</span>
            </label>
            <button class="button primary" type="submit">{text.save}</button>
        </form>
    }
}

/// Words as the content of a text area, which loses a line break at its beginning.
pub(super) fn in_textarea(words: &str) -> String {
    format!("\n{}", escaped(words))
}
