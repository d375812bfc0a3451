//! Import of the author's files.
//!
//! 1. Every lesson file of the folder that has changed is read and parsed.
//! 2. What is wrong with it, alone or beside the others, is logged with file, line and hint.
//! 3. Files without errors are published, all in one transaction. One with errors, or one that cannot be read, changes
//!    nothing, nor does one that is gone: the version that worked stays up, for ever and across restarts.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use content::diagnostic::{Diagnostic, Severity};
use jiff::Timestamp;
use tokio::{
    sync::{Mutex, watch},
    task,
};

use super::{
    files::{Files, Judged},
    publish::{self, Candidate, Standing},
};
use crate::db::Db;

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

/// Imports, one at a time, and remembers what it read.
#[derive(Debug)]
pub struct Importer {
    /// Held by the import that is under way.
    turn: Mutex<()>,
    files: Arc<Files>,
    latest: RwLock<Arc<Vec<Judged>>>,
    /// What was logged already, so that a save tells of its own file only.
    told: std::sync::Mutex<HashSet<String>>,
    /// Nothing once the server is about to stop.
    imports: std::sync::Mutex<Option<watch::Sender<u64>>>,
}

impl Default for Importer {
    fn default() -> Importer {
        Importer {
            turn: Mutex::default(),
            files: Arc::default(),
            latest: RwLock::default(),
            told: std::sync::Mutex::default(),
            imports: std::sync::Mutex::new(Some(watch::Sender::new(0))),
        }
    }
}

impl Importer {
    /// The files as the last import found them.
    pub fn latest(&self) -> Arc<Vec<Judged>> {
        Arc::clone(&self.latest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts the imports that published something, for those who wait for the next.
    pub fn published(&self) -> watch::Receiver<u64> {
        let imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports
            .as_ref()
            .map_or_else(|| watch::channel(0).1, watch::Sender::subscribe)
    }

    /// Ends the streams of everybody who waits for the next import.
    pub fn part_with_followers(&self) {
        self.imports
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    /// Imports every lesson below `folder`.
    ///
    /// # Errors
    /// The folder cannot be read, or the database failed. Files with errors are not an error.
    pub async fn import(
        &self,
        db: &Db,
        now: Timestamp,
        folder: &Path,
        exercises: BTreeSet<String>,
    ) -> anyhow::Result<Summary> {
        let _turn = self.turn.lock().await;
        let found = content::find_lessons(folder)?;
        let standing = publish::standing(db).await?;
        let (files, folder) = (Arc::clone(&self.files), folder.to_owned());
        let published_paths: HashSet<String> = standing
            .values()
            .map(|standing| standing.path.clone())
            .collect();
        // A thousand lessons take long enough to keep other requests waiting.
        let (judged, unreadable, found) = task::spawn_blocking(move || {
            let mut paths = found.lessons;
            // Of two files with one number, the one that learners read already is the lesson.
            paths.sort_by_key(|path| {
                let is_published = published_paths.contains(&path.display().to_string());
                (!is_published, path.clone())
            });
            let (judged, unreadable) = files.read(&paths, &Arc::new(exercises));
            (judged, unreadable, found.outside)
        })
        .await?;
        let mut summary = Summary {
            files: judged.len() + unreadable.len(),
            refused: unreadable.len(),
            published: 0,
        };
        let mut told = HashSet::new();
        for (path, error) in &unreadable {
            let message = format!(
                "{}: the lesson cannot be read: {error}; what was published before stays up",
                path.display()
            );
            self.tell(&mut told, message, |message| tracing::error!("{message}"));
        }
        for path in &found {
            let message = format!(
                "{}: a link that leads out of {} is not followed",
                path.display(),
                folder.display()
            );
            self.tell(&mut told, message, |message| tracing::error!("{message}"));
        }
        let mut candidates = Vec::new();
        for judged in &judged {
            for diagnostic in judged.diagnostics() {
                self.log(&mut told, &judged.file.path, diagnostic);
            }
            match candidate(judged) {
                Some(candidate) if !candidate.is_standing(&standing) => candidates.push(candidate),
                Some(_) => {}
                None => {
                    summary.refused += 1;
                    let message = format!(
                        "{}: the lesson is not published; what was published before stays up",
                        judged.file.path.display()
                    );
                    self.tell(&mut told, message, |message| tracing::error!("{message}"));
                }
            }
        }
        self.tell_of_missing(&mut told, &standing, &judged);
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
        publish::publish(db, now, &candidates).await?;
        for candidate in &candidates {
            tracing::info!(file = %candidate.path.display(), lesson = candidate.lesson.number, "published");
        }
        summary.published = candidates.len();
        let any_published = !candidates.is_empty();
        drop(candidates);
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(judged);
        if any_published {
            let imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(imports) = &*imports {
                imports.send_modify(|imports| *imports += 1);
            }
        }
        Ok(summary)
    }

    /// Says something once, as long as it is so.
    fn tell(&self, told: &mut HashSet<String>, message: String, say: impl Fn(&str)) {
        let before = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !before.contains(&message) && !told.contains(&message) {
            say(&message);
        }
        drop(before);
        told.insert(message);
    }

    fn log(&self, told: &mut HashSet<String>, path: &Path, diagnostic: &Diagnostic) {
        let hint = diagnostic.hint.as_deref().unwrap_or_default();
        let message = format!(
            "{}:{}:{}: {}: {} ({hint})",
            path.display(),
            diagnostic.line,
            diagnostic.column,
            diagnostic.code,
            diagnostic.message
        );
        self.tell(told, message, |message| match diagnostic.severity {
            Severity::Error => tracing::error!("{message}"),
            Severity::Warning => tracing::warn!("{message}"),
            Severity::Hint => tracing::debug!("{message}"),
        });
    }

    /// Tells of published lessons whose file is gone.
    fn tell_of_missing(
        &self,
        told: &mut HashSet<String>,
        standing: &HashMap<(u32, String), Standing>,
        judged: &[Judged],
    ) {
        let present: HashSet<(u32, &str)> = judged
            .iter()
            .filter_map(|judged| {
                let parsed = &judged.file.parsed;
                Some((parsed.number?, parsed.language?.code()))
            })
            .collect();
        for ((number, language), standing) in standing {
            let is_read = judged
                .iter()
                .any(|judged| judged.file.path.display().to_string() == standing.path);
            if !present.contains(&(*number, language.as_str())) && !is_read {
                let message = format!(
                    "{}: the file of lesson {number} in `{language}` is gone; what was published stays up",
                    standing.path
                );
                self.tell(told, message, |message| tracing::warn!("{message}"));
            }
        }
    }
}

/// What would be published of a file, if anything.
fn candidate(judged: &Judged) -> Option<Candidate<'_>> {
    let file = &judged.file;
    let lesson = file.parsed.lesson.as_ref()?;
    let source = str::from_utf8(&file.bytes).ok()?;
    judged.is_publishable().then(|| Candidate {
        path: &file.path,
        source,
        source_sha256: file.sha256(),
        lesson,
        images: &file.images,
    })
}
