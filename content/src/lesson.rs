//! A lesson as data: what a Markdown file becomes.
//!
//! Everything here is plain and serialisable, since the parsed lesson is stored beside its source. Rendered parts are
//! [`Html`]: sanitised when they are made, so that a page may insert them as they are.

use serde::{Deserialize, Serialize};

/// A language that a lesson can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// Bulgarian, the first language of the course.
    #[serde(rename = "bg")]
    Bulgarian,
    /// English, its equal.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, in the order in which the course offers them.
    pub const ALL: [Language; 2] = [Language::Bulgarian, Language::English];

    /// The two-letter code used in URLs, folders, front matter and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Language::Bulgarian => "bg",
            Language::English => "en",
        }
    }

    /// The language with this code, if the course has it.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other language of the course.
    pub fn other(self) -> Language {
        match self {
            Language::Bulgarian => Language::English,
            Language::English => Language::Bulgarian,
        }
    }
}

/// Sanitised HTML, safe to insert into a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A lesson without errors, ready to be published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// The course-wide number; lessons with one number are translations of each other.
    pub number: u32,
    /// The title, without the number, as plain text.
    pub title: String,
    /// The language of its prose.
    pub language: Language,
    /// Numbers of the lessons to read first.
    pub requires: Vec<u32>,
    /// The author's tags.
    pub tags: Vec<String>,
    /// The author's estimate of the reading time, in minutes; where it is missing, one made from the number of words.
    pub minutes: u32,
    /// The sections as the author named them, in order.
    pub sections: Vec<Section>,
    /// Prompts answered before reading.
    pub prior: Vec<Prompt>,
    /// The concepts, as cards.
    pub concepts: Vec<Concept>,
    /// The learning path.
    pub steps: Vec<Step>,
    /// The examples.
    pub examples: Vec<Example>,
    /// The common mistakes, as cards.
    pub pitfalls: Vec<Pitfall>,
    /// The retrieval quiz.
    pub quiz: Vec<Question>,
    /// The recap, a point each.
    pub recap: Vec<Html>,
    /// The review plan, in the author's order.
    pub plan: Vec<PlanRow>,
    /// The programs in its prose, each source once. Versions that were stored before there were programs have none.
    #[serde(default)]
    pub programs: Vec<Program>,
    /// Whether there is a formula or a diagram in it, which pages have styles for.
    #[serde(default)]
    pub has_figures: bool,
}

/// The name of a program, made from its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProgramKey(pub String);

/// A Rust program in the prose of a lesson, which learners can run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// Its name.
    pub key: ProgramKey,
    /// What learners do with it.
    pub kind: ProgramKind,
    /// The line of its fence in the file, from 1.
    pub line: u32,
    /// The source.
    pub source: String,
    /// What it prints, as its author says; only of programs whose output learners predict.
    pub output: Option<String>,
}

/// What learners do with a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// They run it.
    Run,
    /// They predict what it prints, and see it then.
    Predict,
}

impl Program {
    /// Whether a program that printed this printed what its author says, if they say so. Blanks at the ends of lines,
    /// which no reader sees, do not count.
    pub fn is_output(&self, printed: &str) -> bool {
        fn visible(text: &str) -> Vec<&str> {
            text.trim_end().lines().map(str::trim_end).collect()
        }
        self.output
            .as_ref()
            .is_none_or(|output| visible(output) == visible(printed))
    }
}

/// One of the nine parts of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// "Activate Prior Knowledge".
    Prior,
    /// "Overview".
    Overview,
    /// "Key Concepts".
    Concepts,
    /// "Step-by-step Learning Path".
    Steps,
    /// "Examples".
    Examples,
    /// "Common Pitfalls".
    Pitfalls,
    /// "Short Retrieval Quiz".
    Quiz,
    /// "Quick Recap".
    Recap,
    /// "Spaced Review Plan".
    Plan,
}

impl SectionKind {
    /// Every part, in the order that a lesson has them.
    pub const ALL: [SectionKind; 9] = [
        SectionKind::Prior,
        SectionKind::Overview,
        SectionKind::Concepts,
        SectionKind::Steps,
        SectionKind::Examples,
        SectionKind::Pitfalls,
        SectionKind::Quiz,
        SectionKind::Recap,
        SectionKind::Plan,
    ];
}

/// A section's heading and the prose in it that is not part of its list, cards or table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Which of the nine parts it is.
    pub kind: SectionKind,
    /// The heading as written, without its number.
    pub title: String,
    /// The fragment that links to it: the author's `{#id}`, else made from the title.
    pub anchor: String,
    /// Prose before the section's own content (for the overview: all of it).
    pub before: Html,
    /// Prose after it, with everything that was not understood: shown, never lost.
    pub after: Html,
}

/// A permanent name of something that a learner has a history with, unique within one lesson in one language: the
/// author's `{#id}`, else made from the kind and the normalised text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemKey(pub String);

/// An open prompt: answered in the learner's own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// Its permanent name.
    pub key: ItemKey,
    /// The prompt, rendered.
    pub html: Html,
    /// The prompt as plain text, for matching across edits and for titles.
    pub text: String,
}

/// A concept card: `Term (gloss) – definition. Analogy`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// Its permanent name, also the fragment that links to it.
    pub key: ItemKey,
    /// The term as plain text.
    pub term: String,
    /// What stands in brackets behind the term, if anything.
    pub gloss: Option<String>,
    /// The definition, rendered.
    pub definition: Html,
    /// The analogy, if the author gave one.
    pub analogy: Option<Html>,
}

/// A step of the learning path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its place in the path, from 1.
    pub number: u32,
    /// Its permanent name, also the fragment that links to it.
    pub key: ItemKey,
    /// The bold title, as plain text.
    pub title: String,
    /// What to look at, if the author says so.
    pub focus: Option<Html>,
    /// What to do.
    pub task: Html,
    /// Questions to think about.
    pub questions: Vec<Prompt>,
    /// Exercises whose buttons stand here.
    pub exercises: Vec<ExerciseLink>,
    /// Anything else the author wrote in the step.
    pub more: Html,
}

/// A link `[label](exercise:slug)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExerciseLink {
    /// The exercise's folder name.
    pub slug: String,
    /// The text of the button.
    pub label: String,
}

/// An example: a heading and what follows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The fragment that links to it.
    pub key: ItemKey,
    /// The heading as plain text.
    pub title: String,
    /// Prose and highlighted code.
    pub body: Html,
}

/// A pitfall card: `**Name:** text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pitfall {
    /// Its permanent name, also the fragment that links to it.
    pub key: ItemKey,
    /// The name, as plain text without the colon.
    pub name: String,
    /// The text, rendered.
    pub text: Html,
}

/// A question of the quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The question itself.
    pub prompt: Prompt,
    /// How it is answered.
    pub answer: Answer,
}

/// How a question is answered. Never part of a page before the learner has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// In the learner's own words, rated by the learner.
    Open {
        /// The author's answer; without one the lesson's own passages are shown.
        model: Option<ModelAnswer>,
    },
    /// By choosing among the author's choices; checked automatically.
    Choice {
        /// The choices in the author's order; one right = single choice, several = multiple choice.
        choices: Vec<Choice>,
    },
    /// With a few words or a number; checked automatically.
    Short {
        /// Accepted answers as the author wrote them: words, or a number with an optional `± tolerance` and `%`.
        accepted: Vec<String>,
    },
}

/// The author's answer to an open question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelAnswer {
    /// The answer, rendered, without the rubric.
    pub html: Html,
    /// The points that a good answer makes.
    pub rubric: Vec<Html>,
}

/// One choice of a choice question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The choice, rendered.
    pub html: Html,
    /// Whether it is right.
    pub right: bool,
    /// Why, if the author says so.
    pub reason: Option<Html>,
}

/// A row of the review plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanRow {
    /// How long after finishing the lesson it is first due.
    pub interval: Interval,
    /// What to recall.
    pub prompt: Prompt,
}

/// A length of time in a review plan: a whole number from 1, and a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: IntervalUnit,
}

impl Interval {
    /// The interval in days: a week is 7, a month 30, a year 365.
    pub fn days(self) -> u32 {
        let unit_days = match self.unit {
            IntervalUnit::Day => 1,
            IntervalUnit::Week => 7,
            IntervalUnit::Month => 30,
            IntervalUnit::Year => 365,
        };
        self.count.saturating_mul(unit_days)
    }
}

/// The unit of an [`Interval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalUnit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// 365 days.
    Year,
}
