//! The quiz: a numbered list of questions, each with what is nested below it.

use super::{
    Context, Prose,
    answers::Nested,
    items::{self, ListKind},
    lists::Seen,
};
use crate::{
    diagnostic::Code,
    document,
    lesson::{Prompt, Question},
    outline::Chapter,
};

pub(super) fn read(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Question> {
    let mut seen = Seen::new(Code::QuestionRepeated);
    let items = items::read(chapter, ListKind::Numbers, prose, context);
    let questions = items.iter().map(|item| {
        let (line, rest) = item.line();
        let (line, rest) = Nested::take_answer_line(line, rest);
        let (line, id) = items::cut_id(&line);
        let nested = Nested::read(rest, context);
        let text = document::plain(&line).trim().to_owned();
        seen.check(&text, &line, context);
        let key = context.keys.item("quiz", &text, id, context.report);
        context.keys.put(&key, item.span());
        let html = items::render_line(&line, &nested.shown);
        let answer = nested.answer(item.span(), context);
        Question {
            prompt: Prompt { key, html, text },
            answer,
        }
    });
    questions.collect()
}
