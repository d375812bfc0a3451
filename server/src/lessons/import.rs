//! Import of the author's files.
//!
//! 1. Every lesson file of the folder is read and parsed.
//! 2. What is wrong with it, alone or beside the others, is logged with file, line and hint.
//! 3. A file without errors is published. One with errors, or one that cannot be read, changes nothing: the version that
//!    worked stays up, for ever and across restarts.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use content::{
    Parsed, Surroundings,
    diagnostic::{Diagnostic, Severity},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::task;

use super::publish::{self, Candidate, Outcome};
use crate::db::Db;

/// A lesson file as read from the disk.
#[derive(Debug)]
pub struct LessonFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they mean.
    pub parsed: Parsed,
}

impl LessonFile {
    /// Whether nothing stands against publishing it.
    pub fn is_publishable(&self) -> bool {
        let is_without_errors = self
            .parsed
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity < Severity::Error);
        is_without_errors && !self.parsed.is_unfilled
    }
}

/// Reads and parses lesson files, alone and beside each other.
///
/// # Errors
/// A file cannot be read.
pub fn read(paths: &[PathBuf], exercises: &BTreeSet<String>) -> io::Result<Vec<LessonFile>> {
    let read = paths
        .iter()
        .map(|path| Ok((path.clone(), fs::read(path)?)))
        .collect::<io::Result<Vec<_>>>()?;
    Ok(parse(read, exercises))
}

fn parse(read: Vec<(PathBuf, Vec<u8>)>, exercises: &BTreeSet<String>) -> Vec<LessonFile> {
    let mut files: Vec<LessonFile> = read
        .into_iter()
        .map(|(path, bytes)| {
            let folder = path.parent().unwrap_or(Path::new(""));
            let surroundings = Surroundings {
                image: &|relative| {
                    if folder.join(relative).is_file() {
                        content::Image::At(relative.to_owned())
                    } else {
                        content::Image::Missing
                    }
                },
                exercise_exists: &|slug| exercises.contains(slug),
            };
            let parsed = content::parse(&path, &bytes, &surroundings);
            LessonFile {
                path,
                bytes,
                parsed,
            }
        })
        .collect();
    let together: Vec<(PathBuf, &Parsed)> = files
        .iter()
        .map(|file| (file.path.clone(), &file.parsed))
        .collect();
    for (place, diagnostic) in content::check_together(&together) {
        files[place].parsed.diagnostics.push(diagnostic);
    }
    files
}

/// How an import went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files seen.
    pub files: usize,
    /// Versions that learners now read and did not before.
    pub published: usize,
    /// Files with errors, and files that cannot be read.
    pub refused: usize,
}

/// Imports every lesson below `folder`.
///
/// # Errors
/// The folder cannot be read, or the database failed. Files with errors are not an error.
pub async fn import(
    db: &Db,
    now: Timestamp,
    folder: &Path,
    exercises: &BTreeSet<String>,
) -> anyhow::Result<Summary> {
    let paths = content::find_lessons(folder)?;
    let mut summary = Summary {
        files: paths.len(),
        ..Summary::default()
    };
    let exercises = exercises.clone();
    // A thousand lessons take long enough to keep other requests waiting.
    let files = task::spawn_blocking(move || parse(readable(paths), &exercises)).await?;
    summary.refused += summary.files - files.len();
    for file in &files {
        file.parsed
            .diagnostics
            .iter()
            .for_each(|diagnostic| log(&file.path, diagnostic));
        let (true, Some(lesson), Ok(source)) = (
            file.is_publishable(),
            &file.parsed.lesson,
            str::from_utf8(&file.bytes),
        ) else {
            summary.refused += 1;
            tracing::error!(
                file = %file.path.display(),
                "the lesson has errors and is not published; what was published before stays up"
            );
            continue;
        };
        let source_sha256 = Sha256::digest(&file.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        let candidate = Candidate {
            path: &file.path,
            source,
            source_sha256: &source_sha256,
            lesson,
        };
        if publish::publish(db, now, &candidate).await? == Outcome::Published {
            summary.published += 1;
            tracing::info!(file = %file.path.display(), lesson = lesson.number, "published");
        }
    }
    Ok(summary)
}

/// The files that can be read, with what is in them.
fn readable(paths: Vec<PathBuf>) -> Vec<(PathBuf, Vec<u8>)> {
    let read = |path: PathBuf| match fs::read(&path) {
        Ok(bytes) => Some((path, bytes)),
        Err(error) => {
            tracing::error!(
                file = %path.display(),
                %error,
                "the lesson cannot be read; what was published before stays up"
            );
            None
        }
    };
    paths.into_iter().filter_map(read).collect()
}

fn log(path: &Path, diagnostic: &Diagnostic) {
    let place = format!(
        "{}:{}:{}",
        path.display(),
        diagnostic.line,
        diagnostic.column
    );
    let hint = diagnostic.hint.as_deref().unwrap_or_default();
    let (code, message) = (diagnostic.code, &diagnostic.message);
    match diagnostic.severity {
        Severity::Error => tracing::error!(place, code, hint, "{message}"),
        Severity::Warning => tracing::warn!(place, code, hint, "{message}"),
        Severity::Hint => tracing::debug!(place, code, hint, "{message}"),
    }
}
