//! The parts of a lesson, each as its kind of content asks for.

use content::lesson::{
    Example, Html, Interval, IntervalUnit, Lesson, Pitfall, PlanRow, Prompt, Section, SectionKind,
    Step,
};
use leptos::prelude::*;

use super::{Finish, LessonView};
use crate::{
    islands::browser::escaped,
    pages::{
        ExerciseSummary, program,
        question::{Place, card},
        step::in_textarea,
        text::Text,
    },
    text::{Language, format},
};

/// Reading time, topics, and what to read first.
pub(super) fn facts(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let lesson = &view.lesson;
    let tags = (!lesson.tags.is_empty()).then(|| {
        view! { <li>{format!("{}: {}", text.tags, lesson.tags.join(", "))}</li> }
    });
    let requires = (!view.requires.is_empty()).then(|| {
        let links = view.requires.iter().map(|required| {
            let url = format!("/{}/lessons/{}", language.code(), required.number);
            let number = required.number.to_string();
            match &required.title {
                Some(title) => {
                    view! { " " <a href=url>{format!("{number} · {title}")}</a> }.into_any()
                }
                None => view! { " " {number} }.into_any(),
            }
        });
        view! { <li>{text.requires} ":" {links.collect_view()}</li> }
    });
    view! {
        <ul class="facts">
            <li>{text.minutes.of(lesson.minutes)}</li>
            {tags}
            {requires}
        </ul>
    }
}

/// Every section in the author's order.
pub(super) fn sections(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let sections = view.lesson.sections.iter().enumerate();
    sections
        .map(|(index, section)| {
            let heading = format!("{}-title", section.anchor);
            let heading_id = heading.clone();
            let content = content(view, section, language);
            view! {
                <section class=class(section.kind) id=section.anchor.clone() aria-labelledby=heading>
                    <h2 id=heading_id>
                        <span class="part-number" aria-hidden="true">{index + 1}</span>
                        {section.title.clone()}
                    </h2>
                    {prose(&section.before, &view.lesson)}
                    {content}
                    {prose(&section.after, &view.lesson)}
                </section>
            }
        })
        .collect_view()
}

fn class(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Prior => "part prior",
        SectionKind::Overview => "part overview",
        SectionKind::Concepts => "part concepts",
        SectionKind::Steps => "part steps",
        SectionKind::Examples => "part examples",
        SectionKind::Pitfalls => "part pitfalls",
        SectionKind::Quiz => "part quiz",
        SectionKind::Recap => "part recap",
        SectionKind::Plan => "part plan",
    }
}

fn content(view: &LessonView, section: &Section, language: Language) -> AnyView {
    let lesson = &view.lesson;
    match section.kind {
        SectionKind::Overview => ().into_any(),
        SectionKind::Prior => prior(view, language).into_any(),
        SectionKind::Concepts => concepts(lesson, language).into_any(),
        SectionKind::Steps => steps(view, language).into_any(),
        SectionKind::Examples => lesson
            .examples
            .iter()
            .map(|example| self::example(example, lesson))
            .collect_view()
            .into_any(),
        SectionKind::Pitfalls => {
            let cards = lesson
                .pitfalls
                .iter()
                .map(|pitfall| self::pitfall(pitfall, lesson));
            let cards = cards.collect_view();
            view! { <div class="cards">{cards}</div> }.into_any()
        }
        SectionKind::Quiz => quiz(view, language).into_any(),
        SectionKind::Recap => {
            let points = list_items(lesson.recap.iter());
            view! { <ul class="recap-points">{points}</ul> {own_words(view, language)} {finish(view, language)} }
                .into_any()
        }
        SectionKind::Plan => plan(&lesson.plan, view.finish.as_ref(), language).into_any(),
    }
}

/// Sanitised HTML as a block of prose, with the controls of its programs; nothing for nothing.
fn prose(html: &Html, lesson: &Lesson) -> Option<impl IntoView + use<>> {
    (!html.is_empty()).then(|| {
        let html = program::with_controls(&html.0, lesson);
        view! { <div class="prose" inner_html=html></div> }
    })
}

fn list_items<'a>(points: impl Iterator<Item = &'a Html>) -> Vec<AnyView> {
    points
        .map(|point| view! { <li inner_html=point.0.clone()></li> }.into_any())
        .collect()
}

fn prior(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let number = view.lesson.number;
    let action = format!("/{}/lessons/{number}/prior", language.code());
    let prompts = (1..)
        .zip(&view.lesson.prior)
        .map(|(place, prompt): (u32, &Prompt)| {
            let given = view.notes.prior.get(place as usize - 1);
            let label = format!("prior-{place}");
            view! {
                <li>
                    <div id=label.clone() inner_html=prompt.html.0.clone()></div>
                    <textarea
                        name=prompt.key.0.clone()
                        rows="2"
                        aria-labelledby=label
                        inner_html=in_textarea(given.map_or("", String::as_str))
                    ></textarea>
                </li>
            }
        });
    let next = view
        .lesson
        .sections
        .iter()
        .skip_while(|section| section.kind != SectionKind::Prior)
        .nth(1);
    let skip = next.map(|section| {
        view! { " " <a href=format!("#{}", section.anchor)>{text.notes.skip_prior}</a> }
    });
    view! {
        <p class="aside">{text.think_first}</p>
        <form id="prior-answers" method="post" action=action>
            <input type="hidden" name="id" value=view.notes.id.clone()/>
            <ol class="prompts">{prompts.collect_view()}</ol>
            <p><button class="button" type="submit">{text.notes.keep_prior}</button> {skip}</p>
        </form>
    }
}

/// What the learner wrote before reading and at the steps, beside the recap.
fn own_words(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).notes;
    let prior = view
        .lesson
        .prior
        .iter()
        .zip(&view.notes.prior)
        .filter(|(_, given)| !given.is_empty())
        .map(|(prompt, given)| {
            view! {
                <p class="label" inner_html=prompt.html.0.clone()></p>
                <div class="given" inner_html=escaped(given)></div>
            }
            .into_any()
        });
    let steps = view
        .lesson
        .steps
        .iter()
        .zip(&view.notes.steps)
        .filter(|(_, notes)| !notes.note_html.is_empty())
        .map(|(step, notes)| {
            view! {
                <p class="label">{step.title.clone()}</p>
                <div class="prose" inner_html=notes.note_html.clone()></div>
            }
            .into_any()
        });
    let mut prior: Vec<AnyView> = prior.collect();
    if !prior.is_empty() {
        let action = format!(
            "/{}/lessons/{}/prior/delete",
            language.code(),
            view.lesson.number
        );
        let delete = view! {
            <form method="post" action=action>
                <button class="button quiet" type="submit">{text.delete}</button>
            </form>
        };
        prior.push(delete.into_any());
    }
    let details = |title: &'static str, content: Vec<AnyView>| {
        (!content.is_empty()).then(|| {
            view! { <details class="earlier" open><summary>{title}</summary> {content}</details> }
        })
    };
    view! {
        {details(text.before_reading, prior)}
        {details(text.at_the_steps, steps.collect())}
    }
}

fn concepts(lesson: &Lesson, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let cards = lesson.concepts.iter().map(|concept| {
        let gloss = concept
            .gloss
            .clone()
            .map(|gloss| view! { " " <span class="gloss">{gloss}</span> });
        let analogy = concept.analogy.as_ref().map(|analogy| {
            view! {
                <div class="analogy">
                    <p class="label">{text.analogy}</p>
                    <div class="prose" inner_html=analogy.0.clone()></div>
                </div>
            }
        });
        view! {
            <section class="card concept" id=concept.key.0.clone()>
                <h3>{concept.term.clone()} {gloss}</h3>
                {prose(&concept.definition, lesson)}
                {analogy}
            </section>
        }
    });
    view! { <div class="cards">{cards.collect_view()}</div> }
}

fn steps(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let steps = view
        .lesson
        .steps
        .iter()
        .map(|step| self::step(step, view, language));
    view! { <ol class="step-list">{steps.collect_view()}</ol> }
}

fn step(step: &Step, view: &LessonView, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let focus = step
        .focus
        .as_ref()
        .map(|focus| labelled("focus", text.focus, focus, &view.lesson));
    let questions = (!step.questions.is_empty()).then(|| {
        let questions = list_items(step.questions.iter().map(|question| &question.html));
        view! {
            <div class="step-part ask">
                <h4 class="label">{text.questions}</h4>
                <ul>{questions}</ul>
            </div>
        }
    });
    let exercises = step.exercises.iter().filter_map(|link| {
        let exercise = view.exercises.get(&link.slug)?;
        Some(exercise_button(exercise, link.label.clone(), language))
    });
    let notes_url = format!(
        "/{}/lessons/{}/steps/{}",
        language.code(),
        view.lesson.number,
        step.number
    );
    let place = view
        .lesson
        .steps
        .iter()
        .position(|other| other.number == step.number);
    let done = place
        .and_then(|place| view.notes.steps.get(place))
        .filter(|notes| notes.is_done)
        .map(|_| format!(" ✓ {}", text.notes.is_done));
    view! {
        <li class="step" id=step.key.0.clone()>
            <h3>
                <span class="step-number" aria-hidden="true">{step.number}</span>
                {step.title.clone()}
            </h3>
            {focus}
            {labelled("task", text.task, &step.task, &view.lesson)}
            {questions}
            {prose(&step.more, &view.lesson)}
            {exercises.collect_view()}
            <p><a href=notes_url>{text.notes.link}</a> {done}</p>
        </li>
    }
}

fn labelled(
    class: &str,
    label: &'static str,
    html: &Html,
    lesson: &Lesson,
) -> impl IntoView + use<> {
    let html = program::with_controls(&html.0, lesson);
    view! {
        <div class=format!("step-part {class}")>
            <h4 class="label">{label}</h4>
            <div class="prose" inner_html=html></div>
        </div>
    }
}

fn exercise_button(
    exercise: &ExerciseSummary,
    label: String,
    language: Language,
) -> impl IntoView + use<> {
    view! {
        <p class="exercise-link">
            <a class="button primary" href=exercise.url(language)>{label}</a>
            " "
            <span class="exercise-state">{exercise.state(language)}</span>
        </p>
    }
}

fn example(example: &Example, lesson: &Lesson) -> impl IntoView + use<> {
    view! {
        <section class="example-body" id=example.key.0.clone()>
            <h3>{example.title.clone()}</h3>
            {prose(&example.body, lesson)}
        </section>
    }
}

fn pitfall(pitfall: &Pitfall, lesson: &Lesson) -> impl IntoView + use<> {
    view! {
        <section class="card pitfall" id=pitfall.key.0.clone()>
            <h3>{pitfall.name.clone()}</h3>
            {prose(&pitfall.text, lesson)}
        </section>
    }
}

fn quiz(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let base = format!("/{}/lessons/{}", language.code(), view.lesson.number);
    let questions = view.questions.iter().map(|state| {
        let card = card(state.clone(), Place::Lesson(base.clone()), language);
        view! { <li>{card}</li> }
    });
    view! { <ol class="quiz-list">{questions.collect_view()}</ol> }
}

fn finish(view: &LessonView, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let action = format!("/{}/lessons/{}/finish", language.code(), view.lesson.number);
    match &view.finish {
        Some(finish) => {
            let day = format::date(&finish.finished_on, language);
            view! {
                <p class="finished" id="finish">
                    <strong>{format!("{} {day}", text.finished_on)}</strong>
                </p>
            }
            .into_any()
        }
        None => view! {
            <form class="finish" id="finish" method="post" action=action>
                <p>{text.finish_lead}</p>
                <button class="button primary" type="submit">{text.finish}</button>
            </form>
        }
        .into_any(),
    }
}

fn plan(rows: &[PlanRow], finish: Option<&Finish>, language: Language) -> impl IntoView + use<> {
    let text = Text::of(language);
    let date_heading = finish.map(|_| view! { <th scope="col">{text.plan_date}</th> });
    let lead = finish.map(|_| view! { <p>{text.finished_lead}</p> });
    let rows = rows.iter().enumerate().map(|(index, row)| {
        let date = finish.map(|finish| {
            let date = finish
                .plan_due_on
                .get(index)
                .map(|day| format::date(day, language));
            view! { <td class="plan-date">{date}</td> }
        });
        view! {
            <tr>
                <th scope="row">{interval(row.interval, text)}</th>
                <td inner_html=row.prompt.html.0.clone()></td>
                {date}
            </tr>
        }
    });
    view! {
        {lead}
        <table class="plan-table">
            <thead>
                <tr>
                    <th scope="col">{text.plan_when}</th>
                    <th scope="col">{text.plan_prompt}</th>
                    {date_heading}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn interval(interval: Interval, text: &Text) -> String {
    let noun = match interval.unit {
        IntervalUnit::Day => text.day,
        IntervalUnit::Week => text.week,
        IntervalUnit::Month => text.month,
        IntervalUnit::Year => text.year,
    };
    noun.of(interval.count)
}
