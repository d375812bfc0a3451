//! What a learner writes down in a lesson: before reading, and at each step of the learning path. All of it works without
//! scripts.

use app::{
    pages::step::{self, StepQuestion, StepView},
    text::Language,
};
use axum::{
    extract::{Multipart, State, multipart::MultipartError},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use content::lesson::{Lesson, Step};
use uuid::Uuid;

use super::lessons;
use crate::{
    error::Error,
    extract::{Form, LanguageCode, Path},
    learners::Visitor,
    render::{self, Place},
    retention::notes::{self, Image, Note, NoteKind, Notes},
    state::AppState,
};

type StepPath = Path<(LanguageCode, u32, u32)>;

/// Keeps what the learner knew before reading.
pub async fn keep_prior(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let texts = published.lesson.prior.iter().filter_map(|prompt| {
        let text = form.all(&prompt.key.0).next()?;
        Some(Note {
            kind: NoteKind::Prior,
            key: prompt.key.0.clone(),
            text: text.to_owned(),
        })
    });
    let sent = notes::Sent {
        id: form.field("id")?.to_owned(),
        lesson: published.lesson_id,
        notes: texts.collect(),
        step: None,
    };
    notes::keep(&state, &visitor, sent).await?;
    let back = Redirect::to(&format!(
        "/{}/lessons/{number}#prior-answers",
        language.code()
    ));
    Ok((visitor.cookie(), back).into_response())
}

/// Deletes what the learner wrote before reading.
pub async fn delete_prior(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    if let Some(learner) = visitor.learner(&state.db).await? {
        let prompts = published.lesson.prior.iter();
        let names = prompts.map(|prompt| (NoteKind::Prior, prompt.key.0.clone()));
        notes::delete(&state, learner.id, published.lesson_id, names.collect()).await?;
    }
    let back = Redirect::to(&format!(
        "/{}/lessons/{number}#prior-answers",
        language.code()
    ));
    Ok((visitor.cookie(), back).into_response())
}

/// A step and what the learner wrote down there.
pub async fn page(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, step)): StepPath,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, other_language) = lessons::find(&state, language, number).await?;
    let lesson = &published.lesson;
    let step = find(lesson, step)?;
    let notes = match visitor.learner(&state.db).await? {
        Some(learner) => notes::read(&state, learner.id, published.lesson_id).await?,
        None => Notes::default(),
    };
    let key = &step.key.0;
    let note = notes.text(NoteKind::Step, key).to_owned();
    let view = StepView {
        lesson_number: number,
        lesson_title: lesson.title.clone(),
        other_language,
        number: step.number,
        title: step.title.clone(),
        task_html: step.task.0.clone(),
        key: key.clone(),
        id: Uuid::now_v7().to_string(),
        note_html: content::markdown(&note).0,
        note,
        questions: step
            .questions
            .iter()
            .map(|question| StepQuestion {
                key: question.key.0.clone(),
                html: question.html.0.clone(),
                answer: notes.text(NoteKind::Question, &question.key.0).to_owned(),
            })
            .collect(),
        is_done: notes.is_done(key),
        has_image: notes.has_image(key),
    };
    let place = Place::page(language, format!("/lessons/{number}/steps/{}", step.number));
    let page = render::page(&state, &place, None, |shell| step::render(shell, view));
    Ok((visitor.cookie(), page).into_response())
}

/// Keeps the note, the answers and whether the step is done.
pub async fn keep(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, step)): StepPath,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let step = find(&published.lesson, step)?;
    let mut texts = Vec::new();
    for (kind, key) in names(step) {
        let field = match kind {
            NoteKind::Step => "note",
            NoteKind::Question | NoteKind::Prior => &key,
        };
        let text = form.all(field).next().map(str::to_owned);
        if let Some(text) = text {
            texts.push(Note { kind, key, text });
        }
    }
    let sent = notes::Sent {
        id: form.field("id")?.to_owned(),
        lesson: published.lesson_id,
        notes: texts,
        step: Some((step.key.0.clone(), form.all("done").next().is_some())),
    };
    notes::keep(&state, &visitor, sent).await?;
    Ok((visitor.cookie(), back(language, number, step)).into_response())
}

/// Keeps the picture of the step's note.
pub async fn keep_image(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, step)): StepPath,
    visitor: Visitor,
    mut form: Multipart,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let step = find(&published.lesson, step)?;
    let mut bytes = Vec::new();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        if field.name() == Some("image") {
            bytes = field.bytes().await.map_err(refused)?.to_vec();
        }
    }
    let image = Image::read(bytes)?;
    notes::keep_image(&state, &visitor, published.lesson_id, &step.key.0, image).await?;
    Ok((visitor.cookie(), back(language, number, step)).into_response())
}

fn refused(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::Refused(StatusCode::PAYLOAD_TOO_LARGE, |text| text.image_too_large)
    } else {
        Error::Refused(StatusCode::BAD_REQUEST, |text| text.malformed)
    }
}

/// The picture of the step's note; nobody but its learner gets it.
pub async fn image(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, step)): StepPath,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let step = find(&published.lesson, step)?;
    let learner = visitor.learner(&state.db).await?.ok_or(Error::NotFound)?;
    let image = notes::image(&state, learner.id, published.lesson_id, &step.key.0).await?;
    let (media_type, bytes) = image.ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// Deletes everything that the learner wrote down at the step.
pub async fn delete(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, step)): StepPath,
    visitor: Visitor,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let step = find(&published.lesson, step)?;
    if let Some(learner) = visitor.learner(&state.db).await? {
        notes::delete(&state, learner.id, published.lesson_id, names(step)).await?;
    }
    Ok((visitor.cookie(), back(language, number, step)).into_response())
}

fn find(lesson: &Lesson, number: u32) -> Result<&Step, Error> {
    lesson
        .steps
        .iter()
        .find(|step| step.number == number)
        .ok_or(Error::NotFound)
}

/// Under what the texts of a step are kept.
fn names(step: &Step) -> Vec<(NoteKind, String)> {
    let questions = step
        .questions
        .iter()
        .map(|question| (NoteKind::Question, question.key.0.clone()));
    std::iter::once((NoteKind::Step, step.key.0.clone()))
        .chain(questions)
        .collect()
}

fn back(language: Language, number: u32, step: &Step) -> Redirect {
    Redirect::to(&format!(
        "/{}/lessons/{number}/steps/{}",
        language.code(),
        step.number
    ))
}
