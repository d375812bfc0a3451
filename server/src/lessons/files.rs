//! The author's files as they are now, each read and parsed when it has changed and not before.
//!
//! A lesson is more than its file: it is parsed again as well when a picture that it shows, or the set of exercises that
//! it may link to, is another than before.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    fs, io,
    num::NonZeroUsize,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use content::{
    Parsed, Surroundings,
    diagnostic::{Diagnostic, Severity},
};
use sha2::{Digest, Sha256};

use super::images::{self, Image};

/// A lesson file as read from the disk.
#[derive(Debug)]
pub struct LessonFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they mean.
    pub parsed: Parsed,
    /// The pictures that it shows.
    pub images: Vec<Image>,
}

impl LessonFile {
    /// SHA-256 of everything that a version is made of, in hexadecimal digits: the file and the pictures in it.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.bytes);
        for image in &self.images {
            hash.update([0]);
            hash.update(&image.name);
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// A lesson file with everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The file.
    pub file: Arc<LessonFile>,
    /// What is wrong with it beside the others, in addition to what is wrong with it alone.
    pub together: Vec<Diagnostic>,
}

impl Judged {
    /// Everything that is wrong.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.file.parsed.diagnostics.iter().chain(&self.together)
    }

    /// Whether nothing stands against publishing it.
    pub fn is_publishable(&self) -> bool {
        let is_without_errors = self
            .diagnostics()
            .all(|diagnostic| diagnostic.severity < Severity::Error);
        is_without_errors && !self.file.parsed.is_unfilled
    }
}

/// What was read before.
#[derive(Debug, Default)]
pub struct Files {
    known: Mutex<HashMap<PathBuf, Known>>,
}

#[derive(Debug)]
struct Known {
    stamp: Stamp,
    images: Vec<(PathBuf, Option<Stamp>)>,
    exercises: Arc<BTreeSet<String>>,
    file: Arc<LessonFile>,
}

/// What changes whenever a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Stamp> {
        let metadata = fs::metadata(path)?;
        Ok(Stamp {
            inode: metadata.ino(),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}

/// A file that cannot be read.
pub type Unreadable = (PathBuf, io::Error);

impl Files {
    /// The lessons at `paths` in this order, and what cannot be read. The first of two files with one number is the
    /// lesson, and the second has an error.
    pub fn read(
        &self,
        paths: &[PathBuf],
        exercises: &Arc<BTreeSet<String>>,
    ) -> (Vec<Judged>, Vec<Unreadable>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut before = std::mem::take(&mut *known);
        let mut read: Vec<(usize, Known)> = Vec::new();
        let mut changed = Vec::new();
        for (place, path) in paths.iter().enumerate() {
            match before
                .remove(path)
                .filter(|known| known.is_current(path, exercises))
            {
                Some(known) => read.push((place, known)),
                None => changed.push((place, path.clone())),
            }
        }
        let mut unreadable = Vec::new();
        for (place, path, outcome) in parse_side_by_side(changed, exercises) {
            match outcome {
                Ok(known) => read.push((place, known)),
                Err(error) => unreadable.push((path, error)),
            }
        }
        read.sort_by_key(|(place, _)| *place);
        let files: Vec<Arc<LessonFile>> = read
            .iter()
            .map(|(_, known)| Arc::clone(&known.file))
            .collect();
        known.extend(
            read.into_iter()
                .map(|(_, known)| (known.file.path.clone(), known)),
        );
        (judge(files), unreadable)
    }
}

impl Known {
    fn is_current(&self, path: &Path, exercises: &Arc<BTreeSet<String>>) -> bool {
        Stamp::of(path).is_ok_and(|stamp| stamp == self.stamp)
            && (Arc::ptr_eq(&self.exercises, exercises) || self.exercises == *exercises)
            && self
                .images
                .iter()
                .all(|(path, stamp)| Stamp::of(path).ok() == *stamp)
    }
}

type Outcome = (usize, PathBuf, io::Result<Known>);

/// Reads and parses files on every processor.
fn parse_side_by_side(
    files: Vec<(usize, PathBuf)>,
    exercises: &Arc<BTreeSet<String>>,
) -> Vec<Outcome> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = files.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let shares: Vec<_> = files
            .chunks(share)
            .map(|share| {
                scope.spawn(move || {
                    let outcomes = share
                        .iter()
                        .map(|(place, path)| (*place, path.clone(), read(path, exercises)));
                    outcomes.collect::<Vec<Outcome>>()
                })
            })
            .collect();
        shares
            .into_iter()
            .flat_map(|share| share.join().expect("parsing never panics"))
            .collect()
    })
}

fn read(path: &Path, exercises: &Arc<BTreeSet<String>>) -> io::Result<Known> {
    // The stamp comes first: a file that changes meanwhile is read again.
    let stamp = Stamp::of(path)?;
    let (file, images) = parse(path, fs::read(path)?, exercises);
    Ok(Known {
        stamp,
        images,
        exercises: Arc::clone(exercises),
        file: Arc::new(file),
    })
}

/// Parses what is, or will be, a file at `path`; the answer comes with the stamps of the pictures that were looked for.
fn parse(
    path: &Path,
    bytes: Vec<u8>,
    exercises: &BTreeSet<String>,
) -> (LessonFile, Vec<(PathBuf, Option<Stamp>)>) {
    let folder = path.parent().unwrap_or(Path::new(""));
    let found: RefCell<Vec<Image>> = RefCell::default();
    let looked_for: RefCell<Vec<(PathBuf, Option<Stamp>)>> = RefCell::default();
    let surroundings = Surroundings {
        image: &|relative| {
            let path = folder.join(relative);
            let stamp = Stamp::of(&path).ok();
            looked_for.borrow_mut().push((path, stamp));
            match images::look(folder, relative) {
                Ok(image) => {
                    let address = format!("{}{}", content::IMAGES, image.name);
                    found.borrow_mut().push(image);
                    content::Image::At(address)
                }
                Err(problem) => problem,
            }
        },
        exercise_exists: &|slug| exercises.contains(slug),
    };
    let parsed = content::parse(path, &bytes, &surroundings);
    let file = LessonFile {
        path: path.to_owned(),
        bytes,
        parsed,
        images: found.into_inner(),
    };
    (file, looked_for.into_inner())
}

/// Parses a text that is not saved, as if it were the file at `path`.
pub fn preview(path: &Path, bytes: Vec<u8>, exercises: &BTreeSet<String>) -> LessonFile {
    parse(path, bytes, exercises).0
}

fn judge(files: Vec<Arc<LessonFile>>) -> Vec<Judged> {
    let beside: Vec<(PathBuf, &Parsed)> = files
        .iter()
        .map(|file| (file.path.clone(), &file.parsed))
        .collect();
    let problems = content::check_together(&beside);
    let mut judged: Vec<Judged> = files
        .into_iter()
        .map(|file| Judged {
            file,
            together: Vec::new(),
        })
        .collect();
    for (place, diagnostic) in problems {
        judged[place].together.push(diagnostic);
    }
    judged
}
