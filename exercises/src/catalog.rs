//! Exercises from folders.
//!
//! 1. Every folder below the root that holds an `exercise.toml` is an exercise; its name is the slug.
//! 2. The manifest is read ([`crate::manifest`]) and its values are checked, all of them, so that an author sees every
//!    mistake at once.
//! 3. The other files are read: statements and debriefs in both languages, the generator, a checker where there is one,
//!    and each language's programs.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::exercise::{Example, Exercise, Inputs, Limits, Programs, Slug, Translated};
use crate::language::{Inexpressible, Language};
use crate::manifest::{Manifest, memory_bytes};
use crate::signature::Signature;
use crate::skeleton::OPEN;
use crate::value::Value;
use crate::verdict::FLOOR;

#[cfg(test)]
mod tests;

/// The name of a manifest.
pub const MANIFEST: &str = "exercise.toml";

/// Memory that an exercise may allow, in bytes: enough for the support itself, and little enough for a small machine.
const MEMORY_BYTES: std::ops::RangeInclusive<u64> = 2 << 20..=512 << 20;

/// The largest speed-up that a target can ask for.
const HIGHEST_TARGET: f64 = 10_000.0;

/// The largest input, as sizes count.
const LARGEST_SIZE: u32 = 10_000_000;

/// Reads every exercise below a folder: those without errors, sorted by slug, and what is wrong with the others, by file.
pub fn load_catalog(root: &Path) -> (Vec<Exercise>, Vec<(PathBuf, Diagnostic)>) {
    let mut exercises: Vec<Exercise> = Vec::new();
    let mut diagnostics = Vec::new();
    for folder in find_exercises(root) {
        let file = folder.join(MANIFEST);
        match load_exercise(&folder) {
            Ok(exercise) if exercises.iter().any(|other| other.slug == exercise.slug) => {
                let message = format!("another folder is named `{}` too", exercise.slug);
                diagnostics.push((file, Diagnostic::error("", 0..0, "slug-repeated", message)));
            }
            Ok(exercise) => exercises.push(exercise),
            Err(found) => diagnostics.extend(
                found
                    .into_iter()
                    .map(|diagnostic| (file.clone(), diagnostic)),
            ),
        }
    }
    exercises.sort_by(|one, other| one.slug.cmp(&other.slug));
    (exercises, diagnostics)
}

/// The folders below a root that hold a manifest, sorted; hidden folders and links are not entered, nor is an exercise's
/// own folder.
pub fn find_exercises(root: &Path) -> Vec<PathBuf> {
    if root.join(MANIFEST).is_file() {
        return vec![root.to_owned()];
    }
    let Ok(entries) = fs::read_dir(root) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders
        .iter()
        .flat_map(|folder| find_exercises(folder))
        .collect()
}

/// Reads one exercise.
///
/// # Errors
/// Everything that is wrong with it, placed in its manifest.
pub fn load_exercise(folder: &Path) -> Result<Exercise, Vec<Diagnostic>> {
    let mut loader = Loader {
        folder,
        text: String::new(),
        diagnostics: Vec::new(),
    };
    let exercise = loader.exercise();
    match exercise {
        Some(exercise) if loader.diagnostics.is_empty() => Ok(exercise),
        _ => Err(loader.diagnostics),
    }
}

struct Loader<'folder> {
    folder: &'folder Path,
    /// The manifest's text.
    text: String,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn error(&mut self, range: Range<usize>, code: &'static str, message: String, hint: &str) {
        self.diagnostics
            .push(Diagnostic::error(&self.text, range, code, message).with_hint(hint));
    }

    fn exercise(&mut self) -> Option<Exercise> {
        self.text = self.file(MANIFEST)?;
        let manifest: Manifest = match toml::from_str(&self.text) {
            Ok(manifest) => manifest,
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                self.error(
                    range,
                    "manifest-unreadable",
                    error.message().to_owned(),
                    "see exercises/catalog for examples",
                );
                return None;
            }
        };
        let text = self.text.clone();
        self.is_filled_in(MANIFEST, &text);
        let slug = self.slug();
        self.numbers(&manifest);
        self.stars(&manifest);
        let signature = self.signature(&manifest);
        let memory = self.memory(&manifest);
        let examples = signature
            .as_ref()
            .map(|signature| self.examples(&manifest, signature));
        let statement = self.prose("statement");
        let debrief = self.prose("debrief");
        let hints = self.hints(&manifest);
        let generator = if manifest.has_inputs() {
            self.file("generator.rs")
        } else {
            Some(String::new())
        };
        self.world(&manifest);
        let checker = self.optional_file("checker.rs");
        let programs = self.programs(&manifest);
        if let Some(signature) = &signature {
            self.expressible(&manifest, signature, programs.keys().copied());
        }
        Some(Exercise {
            slug: slug?,
            lesson: *manifest.lesson.get_ref(),
            step: *manifest.step.get_ref(),
            concepts: manifest.concepts,
            title: manifest.title.into_inner(),
            statement: statement?,
            hints,
            debrief: debrief?,
            signature: signature?,
            target_speedup: *manifest.target_speedup.get_ref(),
            stars: *manifest.stars.get_ref(),
            limits: Limits {
                memory_bytes: memory?,
            },
            examples: examples?,
            inputs: Inputs {
                checked_sizes: manifest.inputs.checked_sizes.into_inner(),
                measured_size: manifest.inputs.measured_size,
            },
            generator: generator?,
            checker,
            world: manifest.world.map(toml::Spanned::into_inner),
            programs,
        })
    }

    /// What is wrong with the world, and what only exercises without one may leave out.
    fn world(&mut self, manifest: &Manifest) {
        if let Some(world) = &manifest.world {
            for flaw in crate::world::check::flaws(world.get_ref()) {
                let hint = "see the exercises with a `[world]` in exercises/catalog";
                self.error(world.span(), "world-impossible", flaw, hint);
            }
        }
        let is_written = !manifest.signature.span().is_empty();
        if is_written != manifest.has_inputs() {
            let (message, hint) = if is_written {
                (
                    "an event-style world has a signature",
                    "remove it: it is always the same",
                )
            } else {
                (
                    "there is no `signature`",
                    "write it like `answer-all: func(queries: list<u32>) -> list<u64>`",
                )
            };
            let place = manifest.signature.span();
            self.error(place, "signature-unreadable", message.to_owned(), hint);
        }
    }

    fn slug(&mut self) -> Option<Slug> {
        let name = self
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let slug = Slug::new(&name);
        if slug.is_none() {
            let message = format!("the folder's name `{name}` cannot be part of an address");
            self.error(
                0..0,
                "slug-unusable",
                message,
                "name it with lower-case letters, digits and hyphens",
            );
        }
        slug
    }

    fn numbers(&mut self, manifest: &Manifest) {
        if *manifest.step.get_ref() == 0 {
            let message = "steps count from 1".to_owned();
            self.error(
                manifest.step.span(),
                "step-impossible",
                message,
                "write the number that the step has in the lesson",
            );
        }
        let target = *manifest.target_speedup.get_ref();
        let lowest = 1.0 + 2.0 * FLOOR;
        if !(lowest..=HIGHEST_TARGET).contains(&target) {
            let message = format!("no solution can be seen to reach a speed-up of {target}");
            let hint = format!(
                "choose a target between {lowest} and {HIGHEST_TARGET}; 2.0 is twice as fast"
            );
            self.error(
                manifest.target_speedup.span(),
                "target-impossible",
                message,
                &hint,
            );
        }
        let sizes = manifest
            .inputs
            .checked_sizes
            .get_ref()
            .iter()
            .chain([&manifest.inputs.measured_size]);
        if sizes.max().is_some_and(|&largest| largest > LARGEST_SIZE) {
            let message = format!("an input is larger than {LARGEST_SIZE}");
            let hint = "one call of the starter is meant to take at most two milliseconds";
            self.error(
                manifest.inputs.checked_sizes.span(),
                "size-impossible",
                message,
                hint,
            );
        }
    }

    /// One star is for passing, and each further one asks for more.
    fn stars(&mut self, manifest: &Manifest) {
        let [one, two, three] = *manifest.stars.get_ref();
        let target = *manifest.target_speedup.get_ref();
        if !(target <= one && one < two && two < three && three <= HIGHEST_TARGET) {
            let message = format!(
                "the stars' speed-ups {one}, {two}, {three} do not rise from the target {target}"
            );
            let hint = "write three speed-ups, each larger than the one before; the first may be the target itself";
            self.error(manifest.stars.span(), "stars-impossible", message, hint);
        }
    }

    fn hints(&mut self, manifest: &Manifest) -> Vec<Translated> {
        let hints = manifest.hints.get_ref();
        if hints.is_empty() {
            let message = "there is no hint for those who are stuck".to_owned();
            let hint = "add `[[hints]]` with `bg` and `en`, from a nudge to the idea itself";
            self.error(manifest.hints.span(), "hints-missing", message, hint);
        }
        hints.clone()
    }

    fn signature(&mut self, manifest: &Manifest) -> Option<Signature> {
        match manifest.signature.get_ref().parse() {
            Ok(signature) => Some(signature),
            Err(error) => {
                // The text stands behind a quote, and has no escapes in any signature that is right.
                let at = manifest.signature.span().start + 1 + error.at;
                let hint = "write it like `answer-all: func(queries: list<u32>) -> list<u64>`";
                self.error(at..at + 1, "signature-unreadable", error.message, hint);
                None
            }
        }
    }

    /// Whether each language can express the signature.
    fn expressible(
        &mut self,
        manifest: &Manifest,
        signature: &Signature,
        languages: impl Iterator<Item = Language>,
    ) {
        // The text stands behind a quote, as above.
        let start = manifest.signature.span().start + 1;
        for language in languages {
            let found = language.inexpressible(signature, manifest.signature.get_ref());
            if let Some((range, Inexpressible { message, hint })) = found {
                let range = start + range.start..start + range.end;
                self.error(range, "type-inexpressible", message, &hint);
            }
        }
    }

    fn memory(&mut self, manifest: &Manifest) -> Option<u64> {
        let text = &manifest.limits.memory;
        let bytes = memory_bytes(text.get_ref()).filter(|bytes| MEMORY_BYTES.contains(bytes));
        if bytes.is_none() {
            let message = format!(
                "`{}` is not an amount of memory from 2 MiB to 512 MiB",
                text.get_ref()
            );
            self.error(
                text.span(),
                "memory-impossible",
                message,
                "write a whole number and KiB, MiB or GiB: `64 MiB`",
            );
        }
        bytes
    }

    fn examples(&mut self, manifest: &Manifest, signature: &Signature) -> Vec<Example> {
        let tables = manifest.examples.get_ref();
        if tables.len() < 2 && manifest.has_inputs() {
            let message = "there are fewer than two visible examples".to_owned();
            self.error(
                manifest.examples.span(),
                "examples-missing",
                message,
                "add another `[[examples]]`",
            );
        }
        for table in tables {
            let arguments = table.arguments.get_ref();
            if arguments.len() != signature.parameters.len() {
                let message = format!(
                    "an example has {} arguments, and the function {} parameters",
                    arguments.len(),
                    signature.parameters.len()
                );
                self.error(
                    table.arguments.span(),
                    "example-unreadable",
                    message,
                    "write one text for each parameter",
                );
            }
            for (argument, parameter) in arguments.iter().zip(&signature.parameters) {
                if let Err(error) = Value::from_text(argument.get_ref(), &parameter.of) {
                    let at = argument.span().start + 1 + error.at;
                    let hint = format!(
                        "the parameter `{}` has the type `{}`",
                        parameter.name, parameter.of
                    );
                    self.error(at..at + 1, "example-unreadable", error.message, &hint);
                }
            }
        }
        let text = |table: &crate::manifest::ExampleTable| {
            table
                .arguments
                .get_ref()
                .iter()
                .map(|argument| argument.get_ref().clone())
                .collect()
        };
        tables
            .iter()
            .map(|table| Example {
                arguments: text(table),
            })
            .collect()
    }

    /// A text that stands in a file for each of the course's languages.
    fn prose(&mut self, name: &str) -> Option<Translated> {
        let mut text = |code: &str| {
            let file = format!("{name}.{code}.md");
            let text = self.file(&file)?;
            self.is_filled_in(&file, &text).then_some(text)
        };
        let (bg, en) = (text("bg"), text("en"));
        Some(Translated { bg: bg?, en: en? })
    }

    /// Whether nothing is left of what [`crate::skeleton`] asks to be written.
    fn is_filled_in(&mut self, file: &str, text: &str) -> bool {
        let Some(at) = text.find(OPEN) else {
            return true;
        };
        let line = text[..at].lines().count().max(1);
        let message = format!("`{file}` has a part in line {line} that nobody wrote yet");
        let range = if file == MANIFEST {
            at..at + OPEN.len_utf8()
        } else {
            0..0
        };
        self.error(
            range,
            "not-filled-in",
            message,
            "replace what stands between ‹ and ›",
        );
        false
    }

    fn programs(&mut self, manifest: &Manifest) -> BTreeMap<Language, Programs> {
        let mut offered = BTreeMap::new();
        for named in manifest.languages.get_ref() {
            let Some(language) = Language::from_name(named.get_ref()) else {
                let known = Language::ALL.map(Language::name).join(", ");
                let message = format!("there is no language `{}`", named.get_ref());
                let hint = format!("name some of {known}");
                self.error(named.span(), "language-unknown", message, &hint);
                continue;
            };
            offered.extend(
                self.programs_in(language)
                    .map(|programs| (language, programs)),
            );
        }
        for language in Language::ALL {
            let is_named = |named: &Spanned<String>| named.get_ref() == language.name();
            let is_offered = manifest.languages.get_ref().iter().any(is_named);
            if self.folder.join(language.name()).is_dir() && !is_offered {
                let message = format!(
                    "there is a folder `{}` that is not offered",
                    language.name()
                );
                let hint = format!(
                    "add \"{}\" to `languages`, or remove the folder",
                    language.name()
                );
                self.error(
                    manifest.languages.span(),
                    "language-not-offered",
                    message,
                    &hint,
                );
            }
        }
        if manifest.languages.get_ref().is_empty() {
            let message = "the exercise is offered in no language".to_owned();
            let hint = "write `languages = [\"rust\"]`";
            self.error(manifest.languages.span(), "language-missing", message, hint);
        }
        offered
    }

    fn programs_in(&mut self, language: Language) -> Option<Programs> {
        let path = |name: &str| format!("{}/{name}.{}", language.name(), language.extension());
        let (starter, reference) = (self.file(&path("starter")), self.file(&path("reference")));
        let wrong = self.attempts(language, "wrong-");
        let slow = self.attempts(language, "slow-");
        if wrong.is_empty() || slow.is_empty() {
            let message = format!(
                "`{}` lacks an attempt that is wrong or one that is too slow",
                language.name()
            );
            let hint = "add `wrong-<what>` and `slow-<what>`, which prove that the exercise tells them apart";
            self.error(0..0, "attempts-missing", message, hint);
        }
        Some(Programs {
            starter: starter?,
            reference: reference?,
            wrong,
            slow,
        })
    }

    /// The attempts whose names start with this, by the rest of their names.
    fn attempts(&mut self, language: Language, prefix: &str) -> BTreeMap<String, String> {
        let extension = format!(".{}", language.extension());
        let Ok(entries) = fs::read_dir(self.folder.join(language.name())) else {
            return BTreeMap::new();
        };
        let names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let named = names.iter().filter_map(|name| {
            Some((
                name.strip_prefix(prefix)?.strip_suffix(&extension)?,
                self.file(&format!("{}/{name}", language.name()))?,
            ))
        });
        named
            .map(|(what, source)| (what.to_owned(), source))
            .collect()
    }

    /// The text of a file that need not be there.
    fn optional_file(&mut self, name: &str) -> Option<String> {
        self.folder
            .join(name)
            .exists()
            .then(|| self.file(name))
            .flatten()
    }

    fn file(&mut self, name: &str) -> Option<String> {
        let error = match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => return Some(text),
            Err(error) => error,
        };
        let (code, hint) = match error.kind() {
            io::ErrorKind::NotFound => ("file-missing", "add the file"),
            io::ErrorKind::InvalidData => ("file-not-utf8", "save it as UTF-8"),
            _ => ("file-unreadable", "make it readable"),
        };
        self.error(
            0..0,
            code,
            format!("`{name}` cannot be read: {error}"),
            hint,
        );
        None
    }
}
