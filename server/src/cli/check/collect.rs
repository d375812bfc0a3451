//! What `check` examines, and what it finds.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, anyhow};
use content::{Counts, lesson::Language};
use serde::Serialize;

use super::{Arguments, claims, programs};
use crate::{
    cli::Failure,
    lessons::files::{Files, Judged},
};

/// Everything found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The lessons examined.
    pub(super) files: Vec<LessonFile>,
    /// The exercises examined.
    pub(super) exercises: Vec<ExerciseFolder>,
}

/// A lesson and what was found in it.
#[derive(Debug)]
pub(super) struct LessonFile {
    pub(super) path: PathBuf,
    pub(super) source: String,
    pub(super) language: Option<Language>,
    pub(super) number: Option<u32>,
    pub(super) title: Option<String>,
    pub(super) counts: Counts,
    pub(super) diagnostics: Vec<Found>,
}

/// An exercise and what was found in its folder.
#[derive(Debug)]
pub(super) struct ExerciseFolder {
    pub(super) path: PathBuf,
    pub(super) source: String,
    pub(super) slug: String,
    pub(super) languages: Vec<String>,
    pub(super) diagnostics: Vec<Found>,
}

/// How bad it is, in the order of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Severity {
    Hint,
    Warning,
    Error,
}

impl Severity {
    fn raised(self) -> Severity {
        match self {
            Severity::Hint => Severity::Warning,
            Severity::Warning | Severity::Error => Severity::Error,
        }
    }
}

/// One thing found, in a lesson or in an exercise.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Found {
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    #[serde(skip)]
    pub(super) length: u32,
}

impl From<content::diagnostic::Diagnostic> for Found {
    fn from(found: content::diagnostic::Diagnostic) -> Found {
        Found {
            severity: match found.severity {
                content::diagnostic::Severity::Hint => Severity::Hint,
                content::diagnostic::Severity::Warning => Severity::Warning,
                content::diagnostic::Severity::Error => Severity::Error,
            },
            code: found.code,
            line: found.line,
            column: found.column,
            message: found.message,
            hint: found.hint,
            length: found.length,
        }
    }
}

impl From<exercises::Diagnostic> for Found {
    fn from(found: exercises::Diagnostic) -> Found {
        Found {
            severity: match found.severity {
                exercises::Severity::Hint => Severity::Hint,
                exercises::Severity::Warning => Severity::Warning,
                exercises::Severity::Error => Severity::Error,
            },
            code: found.code,
            line: found.line,
            column: found.column,
            message: found.message,
            hint: found.hint,
            length: found.length,
        }
    }
}

/// A finding with the file that it is in.
pub(super) struct Finding<'a> {
    pub(super) path: &'a Path,
    pub(super) source: &'a str,
    pub(super) found: &'a Found,
}

impl Findings {
    /// Every finding, file by file.
    pub(super) fn all(&self) -> impl Iterator<Item = Finding<'_>> {
        let lessons = self
            .files
            .iter()
            .map(|file| (&file.path, &file.source, &file.diagnostics));
        let exercises = self
            .exercises
            .iter()
            .map(|folder| (&folder.path, &folder.source, &folder.diagnostics));
        lessons
            .chain(exercises)
            .flat_map(|(path, source, diagnostics)| {
                diagnostics.iter().map(move |found| Finding {
                    path,
                    source,
                    found,
                })
            })
    }

    /// How many errors there are.
    pub(super) fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub(super) fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.all()
            .filter(|finding| finding.found.severity == severity)
            .count()
    }

    fn raise(&mut self) {
        let lessons = self.files.iter_mut().flat_map(|file| &mut file.diagnostics);
        let exercises = self
            .exercises
            .iter_mut()
            .flat_map(|folder| &mut folder.diagnostics);
        lessons
            .chain(exercises)
            .for_each(|found| found.severity = found.severity.raised());
    }
}

/// Examines what the arguments name.
pub(super) fn collect(arguments: &Arguments) -> Result<Findings, Failure> {
    let named = named(arguments)?;
    let exercises = Arc::new(arguments.exercises.slugs());
    let (files, unreadable) = Files::default().read(&named.lessons, &exercises);
    if let Some((path, error)) = unreadable.into_iter().next() {
        let error = anyhow!(error).context(format!("{} cannot be read", path.display()));
        return Err(Failure::Usage(error));
    }
    let mut findings = Findings {
        files: files
            .iter()
            .map(lesson)
            .chain(named.outside.iter().map(|path| outside(path)))
            .collect(),
        exercises: named
            .exercises
            .iter()
            .map(|folder| exercise(folder))
            .collect(),
    };
    if arguments.grade {
        programs::check(&arguments.toolchain.toolchain, &files, &mut findings.files)?;
        let data = arguments.data.clone().open().map_err(Failure::Usage)?;
        let toolchain = &arguments.toolchain.toolchain;
        claims::check(&mut findings.exercises, toolchain, &data.folder)?;
    }
    if arguments.strict {
        findings.raise();
    }
    Ok(findings)
}

#[derive(Default)]
struct Named {
    lessons: Vec<PathBuf>,
    outside: Vec<PathBuf>,
    exercises: Vec<PathBuf>,
}

fn named(arguments: &Arguments) -> Result<Named, Failure> {
    let mut named = Named::default();
    let all = [
        arguments.content.content.clone(),
        arguments.exercises.exercises.clone(),
    ];
    let paths = if arguments.paths.is_empty() {
        &all[..]
    } else {
        &arguments.paths
    };
    for path in paths {
        if path.is_dir() {
            let found = content::find_lessons(path)
                .with_context(|| format!("the folder {} cannot be read", path.display()))
                .map_err(Failure::Usage)?;
            named.lessons.extend(found.lessons);
            named.outside.extend(found.outside);
            named
                .exercises
                .extend(exercises::catalog::find_exercises(path));
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "md") {
            named.lessons.push(path.clone());
        } else {
            return Err(Failure::Usage(anyhow!(
                "{} is no lesson (`.md`), no exercise and no folder of them that can be opened",
                path.display()
            )));
        }
    }
    Ok(named)
}

fn lesson(judged: &Judged) -> LessonFile {
    let (file, parsed) = (&judged.file, &judged.file.parsed);
    LessonFile {
        path: file.path.clone(),
        source: String::from_utf8_lossy(&file.bytes).into_owned(),
        language: parsed.language,
        number: parsed.number,
        title: parsed.title.clone(),
        counts: parsed.counts,
        diagnostics: judged.diagnostics().cloned().map(Found::from).collect(),
    }
}

/// A link that is not followed; nothing is known of what it leads to.
fn outside(path: &Path) -> LessonFile {
    LessonFile {
        path: path.to_owned(),
        source: String::new(),
        language: None,
        number: None,
        title: None,
        counts: Counts::default(),
        diagnostics: vec![Found::from(content::outside(path))],
    }
}

fn exercise(folder: &Path) -> ExerciseFolder {
    let path = folder.join(exercises::catalog::MANIFEST);
    let (languages, diagnostics) = match exercises::catalog::load_exercise(folder) {
        Ok(exercise) => (
            exercise
                .programs
                .keys()
                .map(|language| language.name().to_owned())
                .collect(),
            Vec::new(),
        ),
        Err(diagnostics) => (
            Vec::new(),
            diagnostics.into_iter().map(Found::from).collect(),
        ),
    };
    ExerciseFolder {
        source: fs::read_to_string(&path).unwrap_or_default(),
        path,
        slug: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        languages,
        diagnostics,
    }
}
