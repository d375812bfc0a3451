//! The lesson files of a folder, and what is wrong with several of them together.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::{Code, Diagnostic},
    lesson::Language,
    parse::Parsed,
    pedagogy,
};

/// The files of a folder of lessons.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The lessons, sorted: the `.md` files, without `README.md`, hidden folders and folders of exercises.
    pub lessons: Vec<PathBuf>,
    /// Links that would be lessons and lead out of the folder, sorted. They are not followed.
    pub outside: Vec<PathBuf>,
}

/// Every lesson below a folder.
///
/// # Errors
/// The folder cannot be read. What vanishes while it is looked at is not there.
pub fn find_lessons(root: &Path) -> io::Result<Found> {
    let real_root = root.canonicalize()?;
    let mut found = Found::default();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("exercise.toml").is_file() {
            continue;
        }
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if folder == root => return Err(error),
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = entry.path();
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            // A link to a folder may lead in circles, and one out of the folder to what is nobody's lesson.
            let is_folder = path.is_dir() && !is_link;
            let is_inside = !is_link
                || path
                    .canonicalize()
                    .is_ok_and(|target| target.starts_with(&real_root));
            if name.starts_with('.') {
                continue;
            }
            if is_folder {
                folders.push(path);
            } else if is_lesson_name(&name) && !is_inside {
                found.outside.push(path);
            } else if is_lesson_name(&name) && path.is_file() {
                found.lessons.push(path);
            }
        }
    }
    found.lessons.sort();
    found.outside.sort();
    Ok(found)
}

/// What is told of a link that leads out of the folder.
pub fn outside(path: &Path) -> Diagnostic {
    Diagnostic {
        severity: Code::LinkOutside.severity(),
        code: Code::LinkOutside.name(),
        line: 1,
        column: 1,
        length: 1,
        message: format!(
            "`{}` is a link that leads out of the folder of lessons, and is not followed",
            path.display()
        ),
        hint: Some("put the file itself into the folder".to_owned()),
    }
}

fn is_lesson_name(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        && !name.eq_ignore_ascii_case("README.md")
}

/// What is wrong with several files together, each with the place of its file in the list: a number that another file
/// of the same language has already, and a translation that has less than its original.
pub fn check_together(files: &[(PathBuf, &Parsed)]) -> Vec<(usize, Diagnostic)> {
    let mut owners: HashMap<(Language, u32), usize> = HashMap::new();
    let mut problems = Vec::new();
    for (place, (path, parsed)) in files.iter().enumerate() {
        let (Some(language), Some(number)) = (parsed.language, parsed.number) else {
            continue;
        };
        let owner = *owners.entry((language, number)).or_insert(place);
        if files[owner].0 != *path {
            problems.push((
                place,
                number_taken(number, language, &files[owner].0, parsed),
            ));
        }
    }
    for (&(language, number), &place) in &owners {
        let Some(&twin) = owners.get(&(language.other(), number)) else {
            continue;
        };
        let (own, other) = (files[place].1, files[twin].1);
        // What a broken file lacks is told already.
        if own.lesson.is_some() && other.lesson.is_some() {
            let lag = pedagogy::lagging(own.counts, other.counts);
            problems.extend(lag.map(|lag| (place, translation_lags(&lag, language, own))));
        }
    }
    problems.sort_by_key(|(place, _)| *place);
    problems
}

fn translation_lags(lag: &str, language: Language, parsed: &Parsed) -> Diagnostic {
    Diagnostic {
        severity: Code::TranslationLags.severity(),
        code: Code::TranslationLags.name(),
        line: parsed.title_line,
        column: 1,
        length: 1,
        message: format!(
            "the lesson has less in `{}` than in `{}`: {lag}",
            language.code(),
            language.other().code()
        ),
        hint: Some("translate what is missing".to_owned()),
    }
}

fn number_taken(number: u32, language: Language, owner: &Path, parsed: &Parsed) -> Diagnostic {
    Diagnostic {
        severity: Code::NumberTaken.severity(),
        code: Code::NumberTaken.name(),
        line: parsed.title_line,
        column: 1,
        length: 1,
        message: format!("lesson {number} in the language `{}` is already `{}`", language.code(), owner.display()),
        hint: Some("give one of the two another number, or say `lang` in the front matter of a translation".to_owned()),
    }
}
