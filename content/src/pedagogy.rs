//! How a lesson teaches, as hints: nothing here is wrong, but a good teacher would look at it again.
//!
//! 1. What a question asks for has to be taught, or answered by its author.
//! 2. A step is practised: by an exercise, or by a question.
//! 3. A model answer is no longer than the passages that it can be learned from.
//! 4. A translation keeps up with its original ([`lagging`]).

use std::ops::Range;

use crate::{
    diagnostic::Code,
    keys::Keys,
    lesson::{Answer, ItemKey, Lesson, Question},
    parse::Counts,
    passages,
    report::Report,
};

/// A model answer of fewer letters is short whatever it is compared with.
const SHORT_ANSWER_LETTERS: usize = 400;

/// Looks at a lesson that can be published.
pub(crate) fn check(lesson: &Lesson, keys: &Keys, report: &mut Report) {
    let at = |key: &ItemKey| keys.place(key).unwrap_or(0..1);
    for question in &lesson.quiz {
        check_question(lesson, question, at(&question.prompt.key), report);
    }
    for step in &lesson.steps {
        if step.exercises.is_empty() && step.questions.is_empty() {
            report.add(
                Code::StepUnpractised,
                at(&step.key),
                format!("step {}, `{}`, has neither an exercise nor a question", step.number, step.title),
                "ask something with `Questions:`, or link an exercise: `[Make it faster](exercise:…)`",
            );
        }
    }
}

fn check_question(lesson: &Lesson, question: &Question, at: Range<usize>, report: &mut Report) {
    match &question.answer {
        Answer::Open { model: Some(model) } => {
            let letters = passages::letters(&model.html);
            let (_, taught) = passages::taught(lesson, question);
            if letters > SHORT_ANSWER_LETTERS.max(taught) && taught > 0 {
                report.add(
                    Code::AnswerLong,
                    at,
                    format!("the model answer has {letters} letters, and the passages that it can be learned from {taught}"),
                    "shorten it, or move what is new in it into the lesson",
                );
            }
        }
        Answer::Open { model: None } if passages::taught(lesson, question).0 == 0 => {
            report.add(
                Code::QuestionUntaught,
                at,
                "no passage of the lesson treats what this question asks for, and it has no answer",
                "write its model answer as a quote below it, or teach it in the lesson",
            );
        }
        Answer::Open { .. } | Answer::Choice { .. } | Answer::Short { .. } => {}
    }
}

/// What one language of a lesson has fewer of than the other, in words.
pub(crate) fn lagging(counts: Counts, other: Counts) -> Option<String> {
    let pairs = [
        ("prompts", counts.prior, other.prior),
        ("concepts", counts.concepts, other.concepts),
        ("steps", counts.steps, other.steps),
        ("examples", counts.examples, other.examples),
        ("pitfalls", counts.pitfalls, other.pitfalls),
        ("questions", counts.quiz, other.quiz),
        ("points of the recap", counts.recap, other.recap),
        ("rows of the review plan", counts.plan, other.plan),
    ];
    let fewer: Vec<String> = pairs
        .into_iter()
        .filter(|(_, own, other)| own < other)
        .map(|(what, own, other)| format!("{own} {what} instead of {other}"))
        .collect();
    (!fewer.is_empty()).then(|| fewer.join(", "))
}
