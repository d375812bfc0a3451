//! The exercises that this server offers, read once at its start.

use std::{
    collections::HashMap,
    path::Path,
    sync::{PoisonError, RwLock},
};

use app::text::Language;
use exercises::{Exercise, Language as CodeLanguage, exercise::Translated};

use crate::lessons::library::Published;

/// The catalogue.
#[derive(Debug)]
pub struct Catalog {
    entries: Vec<Entry>,
}

/// One exercise with its statements rendered.
#[derive(Debug)]
pub struct Entry {
    exercise: Exercise,
    statements: HashMap<&'static str, String>,
    hints: HashMap<&'static str, Vec<String>>,
    debriefs: HashMap<&'static str, String>,
    /// The reference's answers to the visible examples, once the worker has computed them.
    expected: RwLock<Option<Vec<String>>>,
}

impl Catalog {
    /// Reads every exercise below `folder`. What is wrong with the others is logged.
    pub fn load(folder: &Path) -> Catalog {
        let (exercises, diagnostics) = exercises::load_catalog(folder);
        for (path, diagnostic) in diagnostics {
            let place = format!(
                "{}:{}:{}",
                path.display(),
                diagnostic.line,
                diagnostic.column
            );
            let hint = diagnostic.hint.as_deref().unwrap_or_default();
            tracing::error!(
                place,
                code = diagnostic.code,
                hint,
                "{}",
                diagnostic.message
            );
        }
        Catalog {
            entries: exercises.into_iter().map(Entry::new).collect(),
        }
    }

    /// Every exercise, by slug.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The exercise with this slug.
    pub fn find(&self, slug: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slug() == slug)
    }
}

impl Entry {
    fn new(exercise: Exercise) -> Entry {
        let html = |of: &Translated, code| content::markdown(of.get(code).unwrap_or_default()).0;
        let codes = || Language::ALL.into_iter().map(Language::code);
        let hints = |code| exercise.hints.iter().map(|hint| html(hint, code)).collect();
        Entry {
            statements: codes()
                .map(|code| (code, html(&exercise.statement, code)))
                .collect(),
            hints: codes().map(|code| (code, hints(code))).collect(),
            debriefs: codes()
                .map(|code| (code, html(&exercise.debrief, code)))
                .collect(),
            exercise,
            expected: RwLock::default(),
        }
    }

    /// Everything that grading needs.
    pub fn exercise(&self) -> &Exercise {
        &self.exercise
    }

    /// Its folder name.
    pub fn slug(&self) -> &str {
        self.exercise.slug.as_str()
    }

    /// Its title.
    pub fn title(&self, language: Language) -> &str {
        self.exercise.title.get(language.code()).unwrap_or_default()
    }

    /// What to do, as sanitised HTML.
    pub fn statement_html(&self, language: Language) -> &str {
        self.statements
            .get(language.code())
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// What to think about when stuck, as sanitised HTML.
    pub fn hints_html(&self, language: Language) -> &[String] {
        self.hints
            .get(language.code())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// What is told after passing, as sanitised HTML.
    pub fn debrief_html(&self, language: Language) -> &str {
        self.debriefs
            .get(language.code())
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// The programming language that it is shown in first.
    pub fn first_language(&self) -> Option<CodeLanguage> {
        self.exercise.programs.keys().next().copied()
    }

    /// What a learner starts from; nothing where the exercise is not offered in the language.
    pub fn starter(&self, language: CodeLanguage) -> Option<&str> {
        self.exercise
            .programs
            .get(&language)
            .map(|programs| programs.starter.as_str())
    }

    /// The author's solution.
    pub fn reference(&self, language: CodeLanguage) -> Option<&str> {
        self.exercise
            .programs
            .get(&language)
            .map(|programs| programs.reference.as_str())
    }

    /// The author's solution in the language that it is shown in first.
    pub fn first_reference(&self) -> Option<(CodeLanguage, &str)> {
        let language = self.first_language()?;
        Some((language, self.reference(language)?))
    }

    /// Where its lesson speaks of it.
    pub fn lesson_url(&self, published: &Published) -> String {
        let lesson = &published.lesson;
        let step = lesson
            .steps
            .iter()
            .find(|step| step.number == self.exercise.step);
        let fragment = step
            .map(|step| format!("#{}", step.key.0))
            .unwrap_or_default();
        format!(
            "/{}/lessons/{}{fragment}",
            lesson.language.code(),
            lesson.number
        )
    }

    /// The visible examples: the arguments, and the reference's answer where it is known.
    pub fn examples(&self) -> Vec<(String, Option<String>)> {
        let expected = self.expected.read().unwrap_or_else(PoisonError::into_inner);
        let answer = |place: usize| {
            expected
                .as_ref()
                .and_then(|answers| answers.get(place))
                .cloned()
        };
        let inputs = self
            .exercise
            .examples
            .iter()
            .map(|example| example.arguments.join(", "));
        inputs
            .enumerate()
            .map(|(place, input)| (input, answer(place)))
            .collect()
    }

    /// Whether the reference's answers are known.
    pub fn has_answers(&self) -> bool {
        self.expected
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Notes the reference's answers.
    pub fn know_answers(&self, answers: Vec<String>) {
        *self
            .expected
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(answers);
    }
}
