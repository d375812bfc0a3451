//! `latency-lab new lesson`: the skeleton of a lesson.

use std::{io::Write, path::Path};

use anyhow::{Context, anyhow};
use clap::Args;
use content::lesson::Language;

use crate::cli::{Failure, Outcome, new_file::NewFile, places};

/// The arguments of `new lesson`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The number of the lesson; that of a lesson in the other language makes a translation of it
    number: u32,
    /// The language: bg or en
    #[arg(long, value_name = "LANGUAGE", default_value = "bg", value_parser = language)]
    lang: Language,
    /// The title, which also names the file
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    content: places::Content,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code)
        .ok_or_else(|| "lessons are in `bg` (Bulgarian) or `en` (English)".to_owned())
}

/// Writes the skeleton and prints where.
pub(super) fn run(lesson: &Arguments) -> Outcome {
    let folder = places::existing_folder(&lesson.content.content, "--content")?;
    let taken = taken(folder, lesson.number, lesson.lang)?;
    if let Some(path) = taken {
        return Err(Failure::Usage(anyhow!(
            "lesson {} in `{}` is already {}: choose another number",
            lesson.number,
            lesson.lang.code(),
            path.display()
        )));
    }
    let folder = folder.join(lesson.lang.code());
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let title = lesson
        .title
        .as_deref()
        .map(str::trim)
        .filter(|title| !title.is_empty());
    let path = folder.join(file_name(lesson.number, title));
    let mut file = NewFile::open(&path)?;
    let skeleton = content::skeleton(lesson.number, lesson.lang, title);
    file.beside
        .write_all(skeleton.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    file.keep()?;
    println!("{}", path.display());
    Ok(())
}

/// `23-queues-and-load.md`, or `23.md` without a title that has a letter.
fn file_name(number: u32, title: Option<&str>) -> String {
    let words: Vec<String> = title
        .unwrap_or_default()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        format!("{number}.md")
    } else {
        format!("{number}-{}.md", words.join("-"))
    }
}

/// The file that has a number in a language already.
fn taken(
    folder: &Path,
    number: u32,
    language: Language,
) -> anyhow::Result<Option<std::path::PathBuf>> {
    for path in content::find_lessons(folder)?.lessons {
        let bytes =
            std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let parsed = content::parse(&path, &bytes, &content::Surroundings::unknown());
        if (parsed.number, parsed.language) == (Some(number), Some(language)) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
