//! What the sections hold. Each kind of section has its own small grammar; what does not follow it is shown as prose.

mod answers;
mod concepts;
mod examples;
mod items;
mod lists;
mod plan;
mod quiz;
mod steps;

use crate::{
    diagnostic::Code,
    document::{self, Spanned},
    html,
    keys::Keys,
    lesson::{
        Concept, Example, Html, Pitfall, PlanRow, Prompt, Question, Section, SectionKind, Step,
    },
    outline::{self, Chapter},
    parse::Counts,
    report::Report,
};

/// Everything that the nine sections hold.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) sections: Vec<Section>,
    pub(crate) prior: Vec<Prompt>,
    pub(crate) concepts: Vec<Concept>,
    pub(crate) steps: Vec<Step>,
    pub(crate) examples: Vec<Example>,
    pub(crate) pitfalls: Vec<Pitfall>,
    pub(crate) quiz: Vec<Question>,
    pub(crate) recap: Vec<Html>,
    pub(crate) plan: Vec<PlanRow>,
}

/// What reading a part needs beside its text.
pub(crate) struct Context<'c, 's> {
    pub(crate) keys: &'c mut Keys,
    pub(crate) report: &'c mut Report<'s>,
}

impl Context<'_, '_> {
    /// Notes that something in a section is not what the section is made of, and is shown as prose.
    fn not_understood(&mut self, events: &[Spanned], message: &str, hint: &str) {
        self.report
            .add(Code::NotUnderstood, document::span(events), message, hint);
    }
}

/// The prose of a section, as it is gathered.
#[derive(Default)]
pub(crate) struct Prose {
    before: String,
    after: String,
}

impl Prose {
    fn show_before(&mut self, block: &[Spanned]) {
        self.before.push_str(&html::render_block(block).0);
    }

    fn show_after(&mut self, block: &[Spanned]) {
        self.after.push_str(&html::render_block(block).0);
    }
}

impl Parts {
    /// How many of everything there is.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            sections: self.sections.len(),
            prior: self.prior.len(),
            concepts: self.concepts.len(),
            steps: self.steps.len(),
            examples: self.examples.len(),
            pitfalls: self.pitfalls.len(),
            quiz: self.quiz.len(),
            recap: self.recap.len(),
            plan: self.plan.len(),
        }
    }
}

/// Reads every section.
pub(crate) fn read(chapters: &[Chapter], keys: &mut Keys, report: &mut Report) -> Parts {
    let mut parts = Parts::default();
    let mut context = Context { keys, report };
    for chapter in chapters {
        let anchor = context
            .keys
            .anchor(&chapter.title, chapter.id.clone(), context.report);
        let mut prose = Prose::default();
        chapter
            .strays_before
            .iter()
            .for_each(|block| prose.show_before(block));
        let count = read_chapter(chapter, &mut parts, &mut prose, &mut context);
        chapter
            .strays_behind
            .iter()
            .for_each(|block| prose.show_after(block));
        if count == 0 {
            report_empty(chapter, context.report);
        }
        parts.sections.push(Section {
            kind: chapter.kind,
            title: chapter.title.clone(),
            anchor,
            before: Html(prose.before),
            after: Html(prose.after),
        });
    }
    parts
}

/// Reads a section; the answer is how many of its own things it holds.
fn read_chapter(
    chapter: &Chapter,
    parts: &mut Parts,
    prose: &mut Prose,
    context: &mut Context,
) -> usize {
    match chapter.kind {
        SectionKind::Prior => {
            parts.prior = lists::prior(chapter, prose, context);
            parts.prior.len()
        }
        SectionKind::Overview => {
            chapter
                .blocks
                .iter()
                .for_each(|block| prose.show_before(block));
            chapter
                .blocks
                .iter()
                .filter(|block| !is_invisible(block))
                .count()
        }
        SectionKind::Concepts => {
            parts.concepts = concepts::read(chapter, prose, context);
            parts.concepts.len()
        }
        SectionKind::Steps => {
            parts.steps = steps::read(chapter, prose, context);
            parts.steps.len()
        }
        SectionKind::Examples => {
            parts.examples = examples::read(chapter, prose, context);
            parts.examples.len()
        }
        SectionKind::Pitfalls => {
            parts.pitfalls = lists::pitfalls(chapter, prose, context);
            parts.pitfalls.len()
        }
        SectionKind::Quiz => {
            parts.quiz = quiz::read(chapter, prose, context);
            parts.quiz.len()
        }
        SectionKind::Recap => {
            parts.recap = lists::recap(chapter, prose, context);
            parts.recap.len()
        }
        SectionKind::Plan => {
            parts.plan = plan::read(chapter, prose, context);
            parts.plan.len()
        }
    }
}

/// Whether a block shows nothing: a comment or a line across the page.
fn is_invisible(block: &[Spanned]) -> bool {
    outline::is_comment(block) || matches!(block, [(pulldown_cmark::Event::Rule, _)])
}

fn report_empty(chapter: &Chapter, report: &mut Report) {
    let wanted = match chapter.kind {
        SectionKind::Prior => "a bullet list of questions",
        SectionKind::Overview => "a paragraph",
        SectionKind::Concepts => "a bullet list, each point `Term (gloss) – definition`",
        SectionKind::Steps => "a numbered list of steps, each with a bold title",
        SectionKind::Examples => "a `###` heading with an example",
        SectionKind::Pitfalls => "a bullet list, each point `**Name:** text`",
        SectionKind::Quiz => "a numbered list of questions",
        SectionKind::Recap => "a bullet list",
        SectionKind::Plan => "a table of two columns, interval and prompt",
    };
    report.add(
        Code::SectionEmpty,
        chapter.heading.clone(),
        format!(
            "the section `{}` has nothing of what it is for",
            chapter.title
        ),
        format!("write {wanted}"),
    );
}
