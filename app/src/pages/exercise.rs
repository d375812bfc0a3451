//! An exercise: what to make faster, the workbench, and earlier attempts.

use leptos::prelude::*;

use super::{
    Shell,
    chart::{AttemptMarks, attempts_svg},
    code_language::{self, CodeLanguageView},
    layout, prediction,
    stars::stars,
    text::{Text, exercise::ExerciseText, world::WorldText},
    to_document,
};
use crate::{
    islands::workbench::{Workbench, WorkbenchState},
    text::{Language, format},
};

/// An exercise as one learner sees it.
#[derive(Clone, Debug)]
pub struct ExerciseView {
    /// Its folder name.
    pub slug: String,
    /// Its title in the language of the page.
    pub title: String,
    /// The statement in the language of the page, as sanitised HTML.
    pub statement_html: String,
    /// Hints in the language of the page, as sanitised HTML, to be opened one after the other.
    pub hints_html: Vec<String>,
    /// What is told after passing, as sanitised HTML; nothing before.
    pub debrief_html: Option<String>,
    /// The speed-up to reach.
    pub target: f64,
    /// The speed-ups that earn one, two and three stars.
    pub stars: [f64; 3],
    /// The function to write, as its language spells it.
    pub signature: String,
    /// How much memory a call may hold, in bytes.
    pub memory_limit_bytes: u64,
    /// How long the source may be, in bytes.
    pub source_limit_bytes: u64,
    /// What a program in the exercise's simulated world can call, as declarations; none where there is no world.
    pub callable: Option<String>,
    /// The visible examples.
    pub examples: Vec<VisibleExample>,
    /// The lesson it belongs to.
    pub lesson: Option<LessonLink>,
    /// The language of the source, as the API names it.
    pub code_language: String,
    /// What else there is to say of it, and the other languages.
    pub code: CodeLanguageView,
    /// What the learner last typed, else the starter.
    pub draft: String,
    /// The starter.
    pub starter: String,
    /// A fresh UUID for the next submission.
    pub submission_id: String,
    /// Why nothing can be run or submitted now, as a sentence; nothing when it can.
    pub refused: Option<String>,
    /// The learner's submissions, newest first.
    pub attempts: Vec<Attempt>,
}

/// An example that the learner may see.
#[derive(Clone, Debug)]
pub struct VisibleExample {
    /// The arguments.
    pub input: String,
    /// What the reference answers; nothing until the worker has computed it.
    pub expected: Option<String>,
}

/// The lesson, and the step in it, that an exercise belongs to.
#[derive(Clone, Debug)]
pub struct LessonLink {
    /// The page and fragment.
    pub url: String,
    /// The number and title.
    pub title: String,
}

/// An earlier submission in the list.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The submission.
    pub id: String,
    /// When it was handed in, in the learner's words and time zone.
    pub submitted_at: String,
    /// One of the contract's eleven words, once there is a verdict.
    pub verdict: Option<String>,
    /// Whether it passed.
    pub passed: bool,
    /// The speed-up, where measured.
    pub speedup: Option<f64>,
    /// Its 99 % interval.
    pub interval: Option<[f64; 2]>,
    /// What the learner expected.
    pub predicted_speedup: Option<f64>,
}

/// The page `/bg/exercises/memoize`. Its form posts to `…/submissions` below it.
pub fn render(shell: &Shell, view: ExerciseView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = Text::of(language);
        let lesson = view.lesson.clone().map(|lesson| {
            view! { <p><a href=lesson.url>{format!("{}: {}", text.back_to_lesson, lesson.title)}</a></p> }
        });
        let facts = facts(&view, language);
        let choice = code_language::choice(&view.code, &view.slug, language);
        let surroundings = code_language::surroundings(&view.code, &view.code_language, language);
        let callable = view
            .callable
            .clone()
            .map(|declarations| callable(&view.slug, declarations, language));
        let chart = attempts_chart(&view, language);
        let examples = (!view.examples.is_empty()).then(|| examples(view.examples, language));
        let hints = hints(view.hints_html, language);
        let debrief = view.debrief_html.map(|html| debrief(html, language));
        let attempts = attempts(&view.slug, view.attempts, language);
        let state = WorkbenchState {
            exercise: view.slug,
            code_language: view.code_language,
            draft: view.draft,
            starter: view.starter,
            submission_id: view.submission_id,
            editor_url: shell.assets.editor.clone(),
        };
        let title = view.title.clone();
        let body = view! {
            <div class="page exercise">
                <header class="page-header">
                    <p class="kicker">{text.exercise}</p>
                    <h1>{view.title}</h1>
                    {lesson}
                </header>
                <div class="statement prose" inner_html=view.statement_html></div>
                {choice}
                {facts}
                {surroundings}
                {callable}
                {examples}
                {hints}
                <h2>{text.your_solution}</h2>
                <Workbench language state=state refused=view.refused/>
                {debrief}
                {attempts}
                {chart}
            </div>
        };
        layout::document(shell, layout::Frame::new(shell, title), body)
    })
}

/// What a program can call in its world, and the way to the world's own page.
fn callable(slug: &str, declarations: String, language: Language) -> impl IntoView + use<> {
    let text = WorldText::of(language);
    let url = format!("/{}/exercises/{slug}/world", language.code());
    view! {
        <h2>{text.callable}</h2>
        <pre class="callable" tabindex="0"><code>{declarations}</code></pre>
        <p><a href=url>{text.to_world}</a></p>
    }
}

fn facts(view: &ExerciseView, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let limits = format!(
        "{} {}, {} {}",
        text.memory_limit,
        format::memory(view.memory_limit_bytes, language),
        text.source_limit,
        format::memory(view.source_limit_bytes, language),
    );
    view! {
        <dl class="exercise-facts">
            <div>
                <dt>{text.target}</dt>
                <dd class="exercise-target">{format!("≥ {}", format::speedup(view.target, language))}</dd>
            </div>
            <div>
                <dt>{ExerciseText::of(language).stars}</dt>
                <dd>
                    {(1..)
                        .zip(view.stars)
                        .map(|(earned, speedup)| {
                            view! {
                                <div>
                                    {stars(earned, language)} " " {format::speedup(speedup, language)}
                                </div>
                            }
                        })
                        .collect_view()}
                </dd>
            </div>
            <div>
                <dt>{text.signature}</dt>
                <dd><code>{view.signature.clone()}</code></dd>
            </div>
            <div>
                <dt>{text.limits}</dt>
                <dd>{limits}</dd>
            </div>
            {code_language::compiler(&view.code, language)}
        </dl>
    }
}

fn examples(examples: Vec<VisibleExample>, language: Language) -> impl IntoView {
    let text = Text::of(language);
    let are_answered = examples.iter().all(|example| example.expected.is_some());
    view! {
        <h2>{text.examples}</h2>
        {(!are_answered).then(|| view! { <p class="small">{text.answers_to_come}</p> })}
        <div class="visible-examples">
            {examples
                .into_iter()
                .map(|example| {
                    view! {
                        <dl class="example">
                            <dt>{text.input}</dt>
                            <dd><code>{example.input}</code></dd>
                            {example
                                .expected
                                .map(|expected| {
                                    view! {
                                        <dt>{text.expected}</dt>
                                        <dd><code>{expected}</code></dd>
                                    }
                                })}
                        </dl>
                    }
                })
                .collect_view()}
        </div>
    }
}

fn hints(hints: Vec<String>, language: Language) -> impl IntoView {
    let text = ExerciseText::of(language);
    (!hints.is_empty()).then(|| {
        view! {
            <h2>{text.hints}</h2>
            <p class="small">{text.hints_lead}</p>
            {(1..)
                .zip(hints)
                .map(|(number, html)| {
                    view! {
                        <details class="hint">
                            <summary>{(text.hint)(number)}</summary>
                            <div class="prose" inner_html=html></div>
                        </details>
                    }
                })
                .collect_view()}
        }
    })
}

/// What is told after passing.
pub(super) fn debrief(html: String, language: Language) -> impl IntoView {
    view! {
        <section class="debrief">
            <h2>{ExerciseText::of(language).debrief}</h2>
            <div class="prose" inner_html=html></div>
        </section>
    }
}

/// How many of the latest attempts the chart shows.
const CHART_ATTEMPTS: usize = 20;

/// The measured attempts over time, and how good the expectations were.
fn attempts_chart(view: &ExerciseView, language: Language) -> Option<impl IntoView + use<>> {
    let text = &Text::of(language).findings;
    let numbered = (1..).zip(view.attempts.iter().rev());
    let mut marks: Vec<AttemptMarks> = numbered
        .filter_map(|(number, attempt)| {
            Some(AttemptMarks {
                number,
                speedup: attempt.speedup?,
                interval: attempt.interval?,
                predicted: attempt.predicted_speedup,
            })
        })
        .collect();
    marks.drain(..marks.len().saturating_sub(CHART_ATTEMPTS));
    if marks.is_empty() {
        return None;
    }
    let svg = attempts_svg(&marks, view.target, language)?;
    let expected: Vec<bool> = marks
        .iter()
        .filter_map(|marks| {
            let predicted = marks.predicted?;
            Some(prediction::compare_with(predicted, marks.interval).is_eq())
        })
        .collect();
    let held = expected.iter().filter(|held| **held).count() as u32;
    let predictions = (!expected.is_empty())
        .then(|| view! { <p class="small">{(text.predictions)(held, expected.len() as u32)}</p> });
    Some(view! {
        <figure class="chart-frame attempts-chart">
            <figcaption>{text.attempts_chart}</figcaption>
            <div inner_html=svg></div>
            {predictions}
        </figure>
    })
}

fn attempts(slug: &str, attempts: Vec<Attempt>, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let none = attempts
        .is_empty()
        .then(|| view! { <p>{text.no_attempts}</p> });
    let base = format!("/{}/exercises/{slug}/submissions", language.code());
    let rows = attempts.into_iter().map(move |attempt| {
        let words = match &attempt.verdict {
            Some(verdict) => text.verdict.words(verdict, attempt.passed).title,
            None => text.underway,
        };
        view! {
            <tr>
                <th scope="row"><a href=format!("{base}/{}", attempt.id)>{attempt.submitted_at}</a></th>
                <td>{words}</td>
                <td>{attempt.speedup.map(|speedup| format::speedup(speedup, language))}</td>
            </tr>
        }
    });
    let table = none.is_none().then(|| {
        view! {
            <table class="attempts">
                <thead>
                    <tr>
                        <th scope="col">{text.attempt_when}</th>
                        <th scope="col">{text.attempt_verdict}</th>
                        <th scope="col">{text.attempt_speedup}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    });
    view! {
        <h2>{text.attempts}</h2>
        {none}
        {table}
    }
}
