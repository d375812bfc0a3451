//! What a learner writes down in a lesson: what they knew before reading, answers to the questions of a step, its note with
//! one picture, and whether it is done. The tables `notes`, `note_images` and `done_steps`.

use std::collections::HashMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::{
    db::Write,
    error::Error,
    learners::{Learner, LearnerId, Visitor},
    lessons::library::LessonId,
    state::AppState,
};

/// The longest text, in characters.
const MAXIMUM_CHARACTERS: usize = 8_000;

/// The largest picture.
pub const MAXIMUM_IMAGE_BYTES: usize = 2 * 1024 * 1024;

/// What a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A prompt that is answered before reading.
    Prior,
    /// A question of a step.
    Question,
    /// A step: its note, in Markdown.
    Step,
}

impl NoteKind {
    fn name(self) -> &'static str {
        match self {
            NoteKind::Prior => "prior",
            NoteKind::Question => "question",
            NoteKind::Step => "step",
        }
    }
}

/// A text under a name of the lesson.
#[derive(Clone, Debug, Deserialize)]
pub struct Note {
    /// What it belongs to.
    pub kind: NoteKind,
    /// The name of that in the lesson.
    pub key: String,
    /// The words.
    pub text: String,
}

/// What a learner wrote down in a lesson.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    texts: HashMap<(NoteKind, String), String>,
    done: Vec<String>,
    images: Vec<String>,
}

impl Notes {
    /// From what the database holds.
    pub fn new(notes: Vec<Note>, done: Vec<String>, images: Vec<String>) -> Notes {
        Notes {
            texts: notes
                .into_iter()
                .map(|note| ((note.kind, note.key), note.text))
                .collect(),
            done,
            images,
        }
    }

    /// The text under a name; empty where there is none.
    pub fn text(&self, kind: NoteKind, key: &str) -> &str {
        self.texts
            .get(&(kind, key.to_owned()))
            .map_or("", String::as_str)
    }

    /// Whether the learner marked the step as done.
    pub fn is_done(&self, step_key: &str) -> bool {
        self.done.iter().any(|done| done == step_key)
    }

    /// Whether the step has a picture.
    pub fn has_image(&self, step_key: &str) -> bool {
        self.images.iter().any(|image| image == step_key)
    }
}

/// Reads what the learner wrote down in a lesson.
///
/// # Errors
/// The database failed.
pub async fn read(state: &AppState, learner: LearnerId, lesson: LessonId) -> anyhow::Result<Notes> {
    let row = sqlx::query!(
        r#"SELECT (SELECT json_group_array(json_object('kind', kind, 'key', key, 'text', text))
                   FROM (SELECT kind, key, text, max(written_at_ms) FROM notes
                         WHERE learner_id = ?1 AND lesson_id = ?2 GROUP BY kind, key)) AS "notes!: String",
                  (SELECT json_group_array(step_key) FROM done_steps
                   WHERE learner_id = ?1 AND lesson_id = ?2) AS "done!: String",
                  (SELECT json_group_array(step_key) FROM note_images
                   WHERE learner_id = ?1 AND lesson_id = ?2) AS "images!: String""#,
        learner,
        lesson,
    )
    .fetch_one(state.db.reader())
    .await?;
    Ok(Notes::new(
        serde_json::from_str(&row.notes)?,
        serde_json::from_str(&row.done)?,
        serde_json::from_str(&row.images)?,
    ))
}

/// What is kept at once: texts, and where it is a step, whether it is done.
#[derive(Clone, Debug)]
pub struct Sent {
    /// A UUID that the client made.
    pub id: String,
    /// The lesson.
    pub lesson: LessonId,
    /// The texts.
    pub notes: Vec<Note>,
    /// The step, and whether it is done.
    pub step: Option<(String, bool)>,
}

/// Keeps texts, once however often they are sent. A text that stands already is not kept again.
///
/// # Errors
/// The id is no UUID, a text is too long, or the database failed.
pub async fn keep(state: &AppState, visitor: &Visitor, sent: Sent) -> Result<(), Error> {
    let id =
        Uuid::try_parse(&sent.id).map_err(|_| Error::unprocessable(|text| text.id_malformed))?;
    let too_long = |note: &Note| note.text.chars().count() > MAXIMUM_CHARACTERS;
    if sent.notes.iter().any(too_long) {
        return Err(Error::unprocessable(|text| text.answer_too_long));
    }
    let (visitor, now) = (visitor.clone(), state.clock.now());
    let time_zone = state.config.time_zone.clone();
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                let now_ms = now.as_millisecond();
                for note in &sent.notes {
                    append(write, &learner, sent.lesson, id, note, now_ms).await?;
                }
                if let Some((step, done)) = &sent.step {
                    mark(write, &learner, sent.lesson, step, *done, now_ms).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn append(
    write: &mut Write,
    learner: &Learner,
    lesson: LessonId,
    client_id: Uuid,
    note: &Note,
    now_ms: i64,
) -> sqlx::Result<()> {
    let kind = note.kind.name();
    let content = format!("{kind} {} {}", note.key, note.text);
    let id = Uuid::new_v5(&client_id, content.as_bytes()).to_string();
    let text = note.text.trim();
    sqlx::query!(
        "INSERT INTO notes (id, learner_id, lesson_id, kind, key, text, written_at_ms)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE ?6 <> coalesce((SELECT text FROM notes
                               WHERE learner_id = ?2 AND lesson_id = ?3 AND kind = ?4 AND key = ?5
                               ORDER BY written_at_ms DESC LIMIT 1), '')
         ON CONFLICT (id) DO NOTHING",
        id,
        learner.id,
        lesson,
        kind,
        note.key,
        text,
        now_ms,
    )
    .execute(&mut **write)
    .await?;
    Ok(())
}

async fn mark(
    write: &mut Write,
    learner: &Learner,
    lesson: LessonId,
    step: &str,
    done: bool,
    now_ms: i64,
) -> sqlx::Result<()> {
    if done {
        sqlx::query!(
            "INSERT INTO done_steps (learner_id, lesson_id, step_key, done_at_ms) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            learner.id,
            lesson,
            step,
            now_ms,
        )
        .execute(&mut **write)
        .await?;
    } else {
        sqlx::query!(
            "DELETE FROM done_steps WHERE learner_id = ? AND lesson_id = ? AND step_key = ?",
            learner.id,
            lesson,
            step,
        )
        .execute(&mut **write)
        .await?;
    }
    Ok(())
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// One of the media types that pages may show.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Image {
    /// A picture from a file, whatever its name says.
    ///
    /// # Errors
    /// It is too large, or none of the formats that are shown.
    pub fn read(bytes: Vec<u8>) -> Result<Image, Error> {
        if bytes.len() > MAXIMUM_IMAGE_BYTES {
            return Err(Error::unprocessable(|text| text.image_too_large));
        }
        let media_type =
            media_type(&bytes).ok_or(Error::unprocessable(|text| text.image_unknown))?;
        Ok(Image { media_type, bytes })
    }
}

/// The format that a file begins like.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

/// Keeps the picture of a step instead of the one that it had.
///
/// # Errors
/// The database failed.
pub async fn keep_image(
    state: &AppState,
    visitor: &Visitor,
    lesson: LessonId,
    step: &str,
    image: Image,
) -> Result<(), Error> {
    let (visitor, now, step) = (visitor.clone(), state.clock.now(), step.to_owned());
    let time_zone = state.config.time_zone.clone();
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                let now_ms = now.as_millisecond();
                sqlx::query!(
                    "INSERT INTO note_images (learner_id, lesson_id, step_key, media_type, bytes, added_at_ms)
                     VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT (learner_id, lesson_id, step_key) DO UPDATE SET
                         media_type = excluded.media_type, bytes = excluded.bytes, added_at_ms = excluded.added_at_ms",
                    learner.id,
                    lesson,
                    step,
                    image.media_type,
                    image.bytes,
                    now_ms,
                )
                .execute(&mut **write)
                .await?;
                Ok(())
            })
        })
        .await
}

/// The picture of a step: its media type and bytes.
///
/// # Errors
/// The database failed.
pub async fn image(
    state: &AppState,
    learner: LearnerId,
    lesson: LessonId,
    step: &str,
) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    let row = sqlx::query!(
        "SELECT media_type, bytes FROM note_images WHERE learner_id = ? AND lesson_id = ? AND step_key = ?",
        learner,
        lesson,
        step,
    )
    .fetch_optional(state.db.reader())
    .await?;
    Ok(row.map(|row| (row.media_type, row.bytes)))
}

/// Deletes what the learner wrote under some names, with all earlier texts, and the picture of a step.
///
/// # Errors
/// The database failed.
pub async fn delete(
    state: &AppState,
    learner: LearnerId,
    lesson: LessonId,
    names: Vec<(NoteKind, String)>,
) -> Result<(), Error> {
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                for (kind, key) in &names {
                    let name = kind.name();
                    sqlx::query!(
                        "DELETE FROM notes WHERE learner_id = ? AND lesson_id = ? AND kind = ? AND key = ?",
                        learner,
                        lesson,
                        name,
                        key,
                    )
                    .execute(&mut **write)
                    .await?;
                    if *kind == NoteKind::Step {
                        sqlx::query!(
                            "DELETE FROM note_images WHERE learner_id = ? AND lesson_id = ? AND step_key = ?",
                            learner,
                            lesson,
                            key,
                        )
                        .execute(&mut **write)
                        .await?;
                    }
                }
                Ok(())
            })
        })
        .await
}
