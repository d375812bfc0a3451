//! What an author does to a file from the browser: it is written as an editor on the machine would, whole or not at all,
//! and then imported like any other save.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::text::Language;
use content::diagnostic::Severity;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{
    drafts::Desk,
    files::{self, LessonFile},
    images::{self, Image},
};
use crate::state::AppState;

/// An author who was not heard of for this long has gone.
const PRESENCE: Duration = Duration::from_secs(60);

/// The longest name of a picture's file, in characters.
const NAME_CHARACTERS: usize = 60;

/// A lesson's file as it is now.
#[derive(Clone, Debug)]
pub struct Original {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Its text; empty where there is no file.
    pub text: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The file of a lesson, whether it can be published or not.
///
/// # Errors
/// The file cannot be read.
pub fn original(
    state: &AppState,
    number: u32,
    language: Language,
) -> std::io::Result<Option<Original>> {
    let latest = state.importer.latest();
    let found = latest.iter().find(|judged| {
        let parsed = &judged.file.parsed;
        parsed.number == Some(number)
            && parsed
                .language
                .is_some_and(|of| of.code() == language.code())
            && judged
                .together
                .iter()
                .all(|told| told.severity < Severity::Error)
    });
    let Some(found) = found else {
        return Ok(None);
    };
    let path = found.file.path.clone();
    let bytes = fs::read(&path)?;
    Ok(Some(Original {
        text: String::from_utf8_lossy(&bytes)
            .replace("\r\n", "\n")
            .trim_start_matches('\u{feff}')
            .to_owned(),
        sha256: sha256(&bytes),
        path,
    }))
}

/// Where a lesson without a file would have it.
pub fn new_original(state: &AppState, number: u32, language: Language) -> Original {
    Original {
        path: state
            .config
            .content
            .join(language.code())
            .join(format!("{number}.md")),
        text: String::new(),
        sha256: sha256(b""),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a browser's field holds as the text of a file: with line feeds, and one at the end.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("{}\n", text.trim_end_matches('\n'))
}

/// Parses a text as if it were saved.
pub fn examine(state: &AppState, original: &Original, text: &str) -> LessonFile {
    files::preview(
        &original.path,
        text.as_bytes().to_vec(),
        &state.grading.slugs(),
    )
}

/// Writes a text into the lesson's file, with the line ends and the byte-order mark that the file had.
///
/// # Errors
/// The file or its folder cannot be written.
pub fn write(original: &Original, text: &str) -> std::io::Result<()> {
    let before = fs::read(&original.path).unwrap_or_default();
    let mark: &[u8] = "\u{feff}".as_bytes();
    let mut bytes = if before.starts_with(mark) {
        mark.to_vec()
    } else {
        Vec::new()
    };
    if before.windows(2).any(|pair| pair == b"\r\n") {
        bytes.extend(text.replace('\n', "\r\n").as_bytes());
    } else {
        bytes.extend(text.as_bytes());
    }
    put(&original.path, &bytes)
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    // A temporary file is private; the lesson keeps the permissions that it had, or gets those of any new file.
    let permissions = match fs::metadata(path) {
        Ok(metadata) => metadata.permissions(),
        Err(_) => std::os::unix::fs::PermissionsExt::from_mode(0o644),
    };
    beside.as_file().set_permissions(permissions)?;
    beside.persist(path)?;
    Ok(())
}

/// Why a picture was not stored.
#[derive(Debug)]
pub enum ImageProblem {
    /// It is no picture, or too large.
    Unusable,
    /// The folder cannot be written.
    Failed(std::io::Error),
}

/// Stores a picture beside a lesson, under a name that nothing has, and gives the Markdown that shows it.
///
/// # Errors
/// It is no picture, or it cannot be written.
pub fn store_image(
    original: &Original,
    name: &str,
    alternative: &str,
    bytes: &[u8],
) -> Result<String, ImageProblem> {
    let kind = images::Kind::of(bytes).filter(|_| bytes.len() as u64 <= images::MOST_BYTES);
    let kind = kind.ok_or(ImageProblem::Unusable)?;
    let stem: String = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .chars()
        .map(|character| {
            if character.is_alphanumeric() {
                character.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(NAME_CHARACTERS)
        .collect();
    let stem = match stem.trim_matches('-') {
        "" => "picture",
        stem => stem,
    };
    let folder = original.path.parent().unwrap_or(Path::new("."));
    for number in 1.. {
        let name = match number {
            1 => format!("{stem}.{}", kind.extension),
            number => format!("{stem}-{number}.{}", kind.extension),
        };
        let path = folder.join(&name);
        // The same picture again is the same file.
        let is_same = fs::read(&path).is_ok_and(|there| there == bytes);
        if path.exists() && !is_same {
            continue;
        }
        if !is_same {
            put(&path, bytes).map_err(ImageProblem::Failed)?;
        }
        let alternative = alternative.replace(['[', ']', '\n', '\r'], " ");
        return Ok(format!("![{}]({name})", alternative.trim()));
    }
    Err(ImageProblem::Unusable)
}

type Seats = HashMap<(u32, Language), HashMap<String, Instant>>;

/// Who has which lesson in an editor, and the pictures that they see there.
#[derive(Debug, Default)]
pub struct Presence {
    seats: Mutex<Seats>,
    pictures: Mutex<HashMap<String, Image>>,
}

/// How many pictures of previews are remembered before all are forgotten.
const REMEMBERED_PICTURES: usize = 1_000;

impl Presence {
    /// Notes that an author is at a lesson; says whether somebody else is too.
    pub fn note(&self, desk: Desk<'_>) -> bool {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.retain(|_, authors| {
            authors.retain(|_, seen| seen.elapsed() < PRESENCE);
            !authors.is_empty()
        });
        let authors = seats.entry((desk.number, desk.language)).or_default();
        // A browser without a cookie cannot be told from the same browser with one.
        if !desk.author.is_empty() {
            authors.insert(desk.author.to_owned(), Instant::now());
        }
        authors.keys().any(|author| author != desk.author)
    }

    /// Remembers where the pictures of a preview are.
    pub fn remember(&self, images: &[Image]) {
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        if pictures.len() + images.len() > REMEMBERED_PICTURES {
            pictures.clear();
        }
        pictures.extend(
            images
                .iter()
                .map(|image| (image.name.clone(), image.clone())),
        );
    }

    /// The picture with this name, if a preview showed it.
    pub fn picture(&self, name: &str) -> Option<Image> {
        let pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.get(name).cloned()
    }
}
