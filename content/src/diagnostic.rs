//! What is wrong with a file, where, and what to do about it.

use serde::Serialize;

/// How bad it is. Lessons with errors are not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Published, but the author probably meant something else.
    Warning,
    /// Not published.
    Error,
}

/// One thing to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A permanent name of the kind of problem, such as `section-missing`.
    pub code: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it covers on that line, at least 1.
    pub length: u32,
    /// What was found and what was expected.
    pub message: String,
    /// What to do now.
    pub hint: Option<String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident = $severity:ident $name:literal,)+) => {
        /// Every kind of problem that a lesson can have. `content/README.md` explains each with an example.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the README.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The permanent name, as authors see it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// The file is larger than a lesson can be.
    FileTooLarge = Error "file-too-large",
    /// A link leads out of the folder of lessons.
    LinkOutside = Error "link-outside",
    /// Quotes or lists are nested beyond any reader.
    NestingTooDeep = Error "nesting-too-deep",
    /// The file is not UTF-8.
    NotUtf8 = Error "not-utf8",
    /// The front matter has no end.
    FrontMatterUnclosed = Error "front-matter-unclosed",
    /// The front matter is not YAML.
    FrontMatterSyntax = Error "front-matter-syntax",
    /// A key of the front matter has a value that it cannot have.
    FrontMatterValue = Error "front-matter-value",
    /// A fence was opened and never closed.
    FenceUnclosed = Error "fence-unclosed",
    /// An HTML comment was opened and never closed.
    CommentUnclosed = Error "comment-unclosed",
    /// There is no first heading, or it holds no title.
    TitleMissing = Error "title-missing",
    /// The first heading has no number.
    NumberMissing = Error "number-missing",
    /// Another file of the language has the number already.
    NumberTaken = Error "number-taken",
    /// One of the nine sections is not there.
    SectionMissing = Error "section-missing",
    /// A section is there twice.
    SectionDoubled = Error "section-doubled",
    /// A section has nothing of what it is for.
    SectionEmpty = Error "section-empty",
    /// A section stands out of order.
    SectionMisplaced = Error "section-misplaced",
    /// A step does not say what to do.
    StepWithoutTask = Error "step-without-task",
    /// An interval of the review plan cannot be read.
    IntervalUnreadable = Error "interval-unreadable",
    /// A question has two kinds of answer.
    AnswerDoubled = Error "answer-doubled",
    /// Two things have one `{#id}`.
    IdDoubled = Error "id-doubled",
    /// The front matter has a key that means nothing.
    FrontMatterUnknownKey = Warning "front-matter-unknown-key",
    /// The number and the title are not parted by a dash.
    TitleDash = Warning "title-dash",
    /// Text stands where no section is.
    OutsideSections = Warning "outside-sections",
    /// A heading is not one of the nine sections.
    SectionUnknown = Warning "section-unknown",
    /// A section's number disagrees with its place.
    SectionNumber = Warning "section-number",
    /// Something in a section is not what the section is made of.
    NotUnderstood = Warning "not-understood",
    /// A question was asked before.
    QuestionRepeated = Warning "question-repeated",
    /// A concept or pitfall was explained before.
    ConceptRepeated = Warning "concept-repeated",
    /// None of the choices is marked as right.
    ChoiceNoneRight = Warning "choice-none-right",
    /// The picture is not there.
    ImageMissing = Warning "image-missing",
    /// The file is no picture, or too large.
    ImageUnusable = Warning "image-unusable",
    /// The picture is on somebody else's server.
    ImageRemote = Warning "image-remote",
    /// The picture has no text for those who cannot see it.
    ImageUndescribed = Warning "image-undescribed",
    /// A formula is no LaTeX.
    FormulaUnreadable = Warning "formula-unreadable",
    /// A diagram is no Mermaid.
    DiagramUnreadable = Warning "diagram-unreadable",
    /// No output stands behind a program whose output learners predict.
    PredictWithoutOutput = Warning "predict-without-output",
    /// The text of the skeleton stands where the author's should.
    Unfilled = Warning "unfilled",
    /// There is no such exercise.
    ExerciseUnknown = Warning "exercise-unknown",
    /// The button of an exercise stands outside a step.
    ExerciseMisplaced = Warning "exercise-misplaced",
    /// A link leads where links must not lead.
    LinkScheme = Warning "link-scheme",
    /// An HTML tag is unknown, or not allowed in a lesson.
    HtmlRemoved = Warning "html-removed",
    /// No passage treats what a question asks for, and it has no answer.
    QuestionUntaught = Hint "question-untaught",
    /// A step has neither an exercise nor a question.
    StepUnpractised = Hint "step-unpractised",
    /// A model answer is longer than what it can be learned from.
    AnswerLong = Hint "answer-long",
    /// The lesson has less in this language than in the other.
    TranslationLags = Hint "translation-lags",
    /// The file starts with a byte-order mark.
    ByteOrderMark = Hint "byte-order-mark",
    /// Lines end as on Windows.
    Crlf = Hint "crlf",
}
