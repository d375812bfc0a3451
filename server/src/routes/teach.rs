//! `/bg/teach`: lessons with their state, the editor, versions. Only for instructors.

use std::{convert::Infallible, sync::Arc};

use app::{
    api::ItemKind,
    pages::{
        lesson::{self, LessonView},
        teach::{
            self, DifferenceView, EditorView, Notice, Problem, TeachRow, TeachState, TeachView,
            VersionRow,
        },
    },
    text::Language,
};
use axum::{
    Json as JsonResponse,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use content::diagnostic::{Diagnostic, Severity};
use futures_util::Stream;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use tokio_stream::{StreamExt, wrappers::WatchStream};

use super::lessons::{notes_of, question};
use crate::{
    error::Error,
    extract::{Form, Json, LanguageCode, Path},
    learners::Visitor,
    lessons::{
        desk::{self, ImageProblem, Original},
        drafts::{self, Desk, Draft},
        files::{Judged, LessonFile},
        library::Published,
        publish, versions,
    },
    render::{self, Place},
    roles,
    state::AppState,
};

/// `GET /bg/teach`.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(LanguageCode(language)): Path<LanguageCode>,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let drafts = drafts::numbers(&state.db, language).await?;
    let latest = state.importer.latest();
    let mut rows: Vec<TeachRow> = latest
        .iter()
        .filter(|judged| {
            judged
                .file
                .parsed
                .language
                .is_some_and(|of| of.code() == language.code())
        })
        .filter_map(|judged| row(&state, judged, &drafts))
        .collect();
    for ((number, code), standing) in publish::standing(&state.db).await? {
        if code == language.code() && rows.iter().all(|row| row.number != number) {
            let titles = state.library.titles(&[number], language).await?;
            rows.push(TeachRow {
                number,
                title: titles.get(&number).cloned().unwrap_or_default(),
                file: standing.path,
                state: TeachState::Missing,
                has_draft: drafts.contains(&number),
                errors: 0,
                warnings: 0,
                hints: 0,
            });
        }
    }
    rows.sort_by_key(|row| row.number);
    let next_number = rows.last().map_or(1, |row| row.number + 1);
    let place = Place::page(language, "/teach");
    Ok(render::page(&state, &place, None, |shell| {
        teach::render(shell, TeachView { rows, next_number })
    }))
}

fn row(state: &AppState, judged: &Judged, drafts: &[u32]) -> Option<TeachRow> {
    let parsed = &judged.file.parsed;
    let number = parsed.number?;
    let count = |severity: Severity| {
        let told = judged
            .diagnostics()
            .filter(|told| told.severity == severity)
            .count();
        u32::try_from(told).unwrap_or(u32::MAX)
    };
    let state_of_file = if judged.is_publishable() {
        TeachState::Published
    } else if parsed.is_unfilled && count(Severity::Error) == 0 {
        TeachState::Unfilled
    } else {
        TeachState::Refused
    };
    Some(TeachRow {
        number,
        title: parsed.title.clone().unwrap_or_default(),
        file: shown_path(state, &judged.file.path),
        state: state_of_file,
        has_draft: drafts.contains(&number),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        hints: count(Severity::Hint),
    })
}

fn shown_path(state: &AppState, path: &std::path::Path) -> String {
    path.strip_prefix(&state.config.content)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// `POST /bg/teach/lessons`: writes the skeleton of a lesson.
pub async fn create(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(LanguageCode(language)): Path<LanguageCode>,
    form: Form,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let number: u32 = form.parsed("number")?;
    let title = form.field("title")?.trim();
    if desk::original(&state, number, language)?.is_none() {
        let original = desk::new_original(&state, number, language);
        if original.path.exists() {
            return Err(Error::unprocessable(|text| text.lesson_file_exists));
        }
        let title = Some(title).filter(|title| !title.is_empty());
        desk::write(
            &original,
            &content::skeleton(number, language.into(), title),
        )?;
        import(&state).await?;
    }
    Ok(Redirect::to(&address(language, number, Some("created"))).into_response())
}

fn address(language: Language, number: u32, notice: Option<&str>) -> String {
    let notice = notice
        .map(|notice| format!("?notice={notice}"))
        .unwrap_or_default();
    format!("/{}/teach/lessons/{number}{notice}", language.code())
}

async fn import(state: &AppState) -> anyhow::Result<()> {
    let content = &state.config.content;
    state
        .importer
        .import(&state.db, state.clock.now(), content, state.grading.slugs())
        .await?;
    Ok(())
}

/// What happened before the page was asked for.
#[derive(Deserialize)]
pub struct Before {
    #[serde(default)]
    notice: String,
}

/// `GET /bg/teach/lessons/22`.
pub async fn editor(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    Query(before): Query<Before>,
    visitor: Visitor,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let notice = match before.notice.as_str() {
        "created" => Some(Notice::Created),
        "draft" => Some(Notice::DraftSaved),
        "published" => Some(Notice::Published),
        "discarded" => Some(Notice::DraftDiscarded),
        "refused" => Some(Notice::Refused),
        "conflict" => Some(Notice::Conflict),
        _ => None,
    };
    let desk = Desk {
        number,
        language,
        author: visitor.returning_token().unwrap_or_default(),
    };
    let original = find(&state, number, language).await?;
    let draft = drafts::find(&state.db, desk).await?;
    let (text, is_draft) = match &draft {
        Some(draft) => (draft.text.clone(), true),
        None => (original.text.clone(), false),
    };
    let conflict = draft
        .as_ref()
        .filter(|draft| draft.base_sha256 != original.sha256)
        .map(|draft| versions::difference(&original.text, &draft.text));
    let file = desk::examine(&state, &original, &text);
    let versions = versions::of(&state.db, number, language).await?;
    let view = EditorView {
        number,
        title: file.parsed.title.clone().unwrap_or_default(),
        file: shown_path(&state, &original.path),
        preview_html: preview_html(&state, &file),
        problems: problems(&file),
        text,
        // Whoever publishes from here has seen the file as it is now.
        base: original.sha256,
        is_draft,
        notice: notice.or(conflict.is_some().then_some(Notice::Conflict)),
        conflict,
        others: state.presence.note(desk),
        versions: versions
            .into_iter()
            .map(|version| VersionRow {
                id: version.id,
                at: moment(&state, version.imported_at_ms),
                is_current: version.is_current,
            })
            .collect(),
    };
    let place = Place::page(language, format!("/teach/lessons/{number}"));
    let page = render::page(&state, &place, None, |shell| {
        teach::render_editor(shell, view)
    });
    Ok((visitor.cookie(), page).into_response())
}

/// The lesson's file; that of a published lesson whose file is gone would be a new one.
async fn find(state: &AppState, number: u32, language: Language) -> Result<Original, Error> {
    if let Some(original) = desk::original(state, number, language)? {
        return Ok(original);
    }
    let standing = publish::standing(&state.db).await?;
    if standing.contains_key(&(number, language.code().to_owned())) {
        Ok(desk::new_original(state, number, language))
    } else {
        Err(Error::NotFound)
    }
}

fn moment(state: &AppState, milliseconds: i64) -> String {
    let zone = TimeZone::get(&state.config.time_zone).unwrap_or(TimeZone::UTC);
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    moment
        .to_zoned_datetime(zone)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

fn problems(file: &LessonFile) -> Vec<Problem> {
    file.parsed.diagnostics.iter().map(problem).collect()
}

fn problem(told: &Diagnostic) -> Problem {
    Problem {
        severity: match told.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        },
        code: told.code,
        line: told.line,
        column: told.column,
        length: told.length,
        message: told.message.clone(),
        hint: told.hint.clone(),
    }
}

/// The lesson as learners would get it, who have not begun; nothing while it has errors.
fn preview_html(state: &AppState, file: &LessonFile) -> Option<String> {
    let lesson = Arc::new(file.parsed.lesson.clone()?);
    let published = Published::preview(lesson);
    let language = published.language();
    let exercises = state.grading.summaries(&[], language);
    let html = lesson::render_body(LessonView {
        lesson: Arc::clone(&published.lesson),
        other_language: false,
        requires: Vec::new(),
        questions: published
            .items_of(ItemKind::Quiz)
            .filter_map(|item| question(state, &published, None, item))
            .collect(),
        finish: None,
        notes: notes_of(None, &published),
        live: false,
        exercises: exercises
            .into_iter()
            .map(|exercise| (exercise.slug.clone(), exercise))
            .collect(),
    });
    // Pictures that no published version has yet are shown from their files.
    state.presence.remember(&file.images);
    Some(file.images.iter().fold(html, |html, image| {
        html.replace(
            &format!("{}{}", content::IMAGES, image.name),
            &format!("/api/v1/teach/images/{}", image.name),
        )
    }))
}

/// `GET /api/v1/teach/images/{name}`: a picture of a file that is not published yet.
pub async fn image(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    match state.presence.picture(&name) {
        Some(image) => Ok(super::images::response(
            image.kind.media_type,
            std::fs::read(&image.path)?,
        )),
        None => super::images::image(State(state.clone()), Path(name)).await,
    }
}

/// `POST /bg/teach/lessons/22`: keeps a draft, publishes, or discards the draft.
pub async fn save(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let author = visitor.returning_token().unwrap_or_default().to_owned();
    let desk = Desk {
        number,
        language,
        author: &author,
    };
    let original = find(&state, number, language).await?;
    let draft = Draft {
        text: desk::clean(form.field("text")?),
        base_sha256: form.field("base")?.to_owned(),
    };
    let notice = match form.field("action")? {
        "discard" => {
            drafts::remove(&state.db, desk).await?;
            "discarded"
        }
        "publish" => {
            // Whatever happens next, the text is safe.
            drafts::keep(&state.db, state.clock.now(), desk, &draft).await?;
            publish_draft(&state, desk, &original, &draft).await?
        }
        _ => {
            drafts::keep(&state.db, state.clock.now(), desk, &draft).await?;
            "draft"
        }
    };
    let back = Redirect::to(&address(language, number, Some(notice)));
    Ok((visitor.cookie(), back).into_response())
}

async fn publish_draft(
    state: &AppState,
    desk: Desk<'_>,
    original: &Original,
    draft: &Draft,
) -> Result<&'static str, Error> {
    if draft.base_sha256 != original.sha256 {
        return Ok("conflict");
    }
    let parsed = desk::examine(state, original, &draft.text).parsed;
    let is_this_lesson = parsed.number == Some(desk.number)
        && parsed
            .language
            .is_some_and(|of| of.code() == desk.language.code());
    if parsed.lesson.is_none() || !is_this_lesson || parsed.is_unfilled {
        return Ok("refused");
    }
    desk::write(original, &draft.text)?;
    import(state).await?;
    drafts::remove(&state.db, desk).await?;
    Ok("published")
}

/// What an author typed.
#[derive(Deserialize)]
pub struct Typed {
    text: String,
}

/// What comes of it.
#[derive(Serialize)]
pub struct Previewed {
    preview_html: Option<String>,
    problems_html: String,
    problems: Vec<Problem>,
    others: bool,
}

/// `POST /api/v1/teach/lessons/{language}/{number}/preview`.
pub async fn preview(
    State(state): State<AppState>,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    visitor: Visitor,
    Json(typed): Json<Typed>,
) -> Result<JsonResponse<Previewed>, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let original = find(&state, number, language).await?;
    let file = desk::examine(&state, &original, &desk::clean(&typed.text));
    let problems = problems(&file);
    Ok(JsonResponse(Previewed {
        preview_html: preview_html(&state, &file),
        problems_html: teach::render_problems(&problems, language),
        problems,
        others: state.presence.note(Desk {
            number,
            language,
            author: visitor.returning_token().unwrap_or_default(),
        }),
    }))
}

/// What a picture is called, and what it shows.
#[derive(Deserialize)]
pub struct Described {
    name: String,
    #[serde(default)]
    alt: String,
}

/// The Markdown that shows a stored picture.
#[derive(Serialize)]
pub struct Stored {
    markdown: String,
}

/// `PUT /api/v1/teach/lessons/{language}/{number}/images?name=&alt=`: stores the body beside the lesson.
pub async fn store_image(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((LanguageCode(language), number)): Path<(LanguageCode, u32)>,
    Query(described): Query<Described>,
    bytes: Bytes,
) -> Result<JsonResponse<Stored>, Error> {
    roles::require_instructor(&state, &visitor).await?;
    if described.alt.trim().is_empty() {
        return Err(Error::unprocessable(|text| text.image_undescribed));
    }
    let original = find(&state, number, language).await?;
    match desk::store_image(&original, &described.name, &described.alt, &bytes) {
        Ok(markdown) => {
            import(&state).await?;
            Ok(JsonResponse(Stored { markdown }))
        }
        Err(ImageProblem::Unusable) => {
            Err(Error::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, |text| {
                text.image_unusable
            }))
        }
        Err(ImageProblem::Failed(error)) => Err(error.into()),
    }
}

/// `GET /bg/teach/lessons/22/versions/3`: what changed since.
pub async fn version(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((LanguageCode(language), number, version)): Path<(LanguageCode, u32, i64)>,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let found = versions::source(&state.db, number, language, version).await?;
    let (source, at_ms) = found.ok_or(Error::NotFound)?;
    let original = find(&state, number, language).await?;
    let titles = state.library.titles(&[number], language).await?;
    let view = DifferenceView {
        number,
        title: titles.get(&number).cloned().unwrap_or_default(),
        at: moment(&state, at_ms),
        version,
        lines: versions::difference(&source.replace("\r\n", "\n"), &original.text),
    };
    let place = Place::page(
        language,
        format!("/teach/lessons/{number}/versions/{version}"),
    );
    Ok(render::page(&state, &place, None, |shell| {
        teach::render_difference(shell, view)
    }))
}

/// `POST /bg/teach/lessons/22/versions/3`: makes that version's text a draft.
pub async fn restore(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, version)): Path<(LanguageCode, u32, i64)>,
    visitor: Visitor,
) -> Result<Response, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let found = versions::source(&state.db, number, language, version).await?;
    let (source, _) = found.ok_or(Error::NotFound)?;
    let original = find(&state, number, language).await?;
    let desk = Desk {
        number,
        language,
        author: visitor.returning_token().unwrap_or_default(),
    };
    let draft = Draft {
        text: desk::clean(source.trim_start_matches('\u{feff}')),
        base_sha256: original.sha256,
    };
    drafts::keep(&state.db, state.clock.now(), desk, &draft).await?;
    let back = Redirect::to(&address(language, number, Some("draft")));
    Ok((visitor.cookie(), back).into_response())
}

/// `GET /api/v1/teach/events`: says when something was published.
pub async fn events(
    State(state): State<AppState>,
    visitor: Visitor,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Error> {
    roles::require_instructor(&state, &visitor).await?;
    let changes = WatchStream::from_changes(state.importer.published());
    let events =
        changes.map(|count| Ok(Event::default().event("published").data(count.to_string())));
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
