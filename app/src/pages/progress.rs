//! How a learner stands: what comes back, what is remembered, what was made faster.

use leptos::prelude::*;

use super::{
    ExerciseSummary, Shell,
    chart::{calibration_svg, columns_svg, share_svg},
    layout,
    text::{ProgressText, Text},
    to_document,
};
use crate::text::{Language, format};

/// The progress as one learner sees it.
#[derive(Clone, Debug, Default)]
pub struct ProgressView {
    /// Whether anything was ever rated.
    pub has_reviews: bool,
    /// How many items come back on each day from today on.
    pub forecast: Vec<u32>,
    /// By lesson, what is remembered.
    pub lessons: Vec<LessonRecall>,
    /// By concept, the weakest first.
    pub concepts: Vec<Recall>,
    /// The items that repetition alone does not teach.
    pub leeches: Vec<Recall>,
    /// Days in a row with a review.
    pub streak_days: u32,
    /// Days with a review.
    pub active_days: u32,
    /// Expected and measured speed-ups.
    pub predictions: Vec<(f64, f64)>,
    /// The exercises that were tried.
    pub exercises: Vec<ExerciseSummary>,
}

/// The probability of recalling something today.
#[derive(Clone, Debug)]
pub struct Recall {
    /// What it is.
    pub name: String,
    /// Where it is explained.
    pub url: String,
    /// The probability.
    pub predicted: f32,
}

/// What is remembered of a lesson.
#[derive(Clone, Debug)]
pub struct LessonRecall {
    /// The lesson, and the mean over its items.
    pub recall: Recall,
    /// How many items were rated.
    pub items: u32,
    /// How many reviews of the last months came back after a day or more.
    pub tested: u32,
    /// How many of those were recalled.
    pub recalled: u32,
}

/// The page `/bg/progress`.
pub fn render(shell: &Shell, view: ProgressView) -> String {
    to_document(|| {
        let text = &Text::of(shell.language).progress;
        let mut frame = layout::Frame::new(shell, text.title);
        frame.islands = false;
        let body = view! {
            <div class="page progress">
                <header class="page-header">
                    <h1>{text.title}</h1>
                    <p class="lead">{text.lead}</p>
                </header>
                {streak(&view, text)}
                <h2>{text.forecast}</h2>
                {forecast(&view.forecast, text)}
                <h2>{text.by_lesson}</h2>
                {lessons(&view.lessons, shell.language)}
                <h2>{text.by_concept}</h2>
                {recalls(&view.concepts, text.no_concepts, shell.language)}
                {(!view.leeches.is_empty())
                    .then(|| {
                        view! {
                            <h2>{text.leeches}</h2>
                            <p>{text.leeches_lead}</p>
                            {recalls(&view.leeches, "", shell.language)}
                        }
                    })}
                <h2>{text.exercises}</h2>
                {exercises(view.exercises, shell.language)}
                <h2>{text.calibration}</h2>
                {calibration(&view.predictions, shell.language)}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn streak(view: &ProgressView, text: &'static ProgressText) -> impl IntoView + use<> {
    let words = if view.has_reviews {
        format!(
            "{} {}. {}",
            text.streak.of(view.streak_days),
            text.in_a_row,
            text.streak_forgives
        )
    } else {
        text.no_reviews.to_owned()
    };
    view! { <p class="notice">{words}</p> }
}

fn forecast(counts: &[u32], text: &'static ProgressText) -> impl IntoView + use<> {
    let week: u32 = counts.iter().take(7).sum();
    let all: u32 = counts.iter().sum();
    let words = format!(
        "{}: {}; {}: {week}; {}: {all}.",
        text.today,
        counts.first().copied().unwrap_or(0),
        text.in_a_week,
        text.in_a_month
    );
    let labels = [
        (0, text.today.to_owned()),
        (7, text.after_a_week.to_owned()),
        (
            counts.len().saturating_sub(1),
            text.after_a_month.to_owned(),
        ),
    ];
    let title = format!("{}. {words}", text.forecast);
    match columns_svg(counts, &title, &labels) {
        Some(svg) => view! {
            <figure class="chart-frame">
                <div inner_html=svg></div>
                <figcaption>{words}</figcaption>
            </figure>
        }
        .into_any(),
        None => view! { <p>{text.nothing_ahead}</p> }.into_any(),
    }
}

fn percent(share: f32, language: Language) -> String {
    format!(
        "{}\u{a0}%",
        format::decimal(f64::from(share) * 100.0, 0, language)
    )
}

fn lessons(lessons: &[LessonRecall], language: Language) -> AnyView {
    let text = &Text::of(language).progress;
    if lessons.is_empty() {
        return view! { <p>{text.no_lessons}</p> }.into_any();
    }
    let rows = lessons.iter().map(|lesson| {
        let tested = match lesson.tested {
            0 => text.not_tested.to_owned(),
            tested => format!("{}/{tested}", lesson.recalled),
        };
        view! {
            <tr>
                <th scope="row"><a href=lesson.recall.url.clone()>{lesson.recall.name.clone()}</a></th>
                <td>{share(lesson.recall.predicted, language)}</td>
                <td>{lesson.items}</td>
                <td>{tested}</td>
            </tr>
        }
    });
    view! {
        <table class="plan-table">
            <thead>
                <tr>
                    <th scope="col">{text.lesson}</th>
                    <th scope="col">{text.recall_today}</th>
                    <th scope="col">{text.items}</th>
                    <th scope="col">{text.recalled_of}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn share(predicted: f32, language: Language) -> impl IntoView + use<> {
    view! {
        {percent(predicted, language)}
        <span class="share-bar" inner_html=share_svg(predicted)></span>
    }
}

fn recalls(recalls: &[Recall], nothing: &'static str, language: Language) -> AnyView {
    if recalls.is_empty() {
        return view! { <p>{nothing}</p> }.into_any();
    }
    let text = &Text::of(language).progress;
    let rows = recalls.iter().map(|recall| {
        view! {
            <tr>
                <th scope="row"><a href=recall.url.clone()>{recall.name.clone()}</a></th>
                <td>{share(recall.predicted, language)}</td>
            </tr>
        }
    });
    view! {
        <table class="plan-table">
            <thead>
                <tr>
                    <th scope="col">{text.what}</th>
                    <th scope="col">{text.recall_today}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn exercises(exercises: Vec<ExerciseSummary>, language: Language) -> AnyView {
    let text = &Text::of(language).progress;
    if exercises.is_empty() {
        return view! { <p>{text.no_exercises}</p> }.into_any();
    }
    let rows = exercises.into_iter().map(|exercise| {
        let best = exercise.best_speedup.map_or_else(
            || text.not_passed.to_owned(),
            |best| format::speedup(best, language),
        );
        view! {
            <tr>
                <th scope="row"><a href=exercise.url(language)>{exercise.title.clone()}</a></th>
                <td>{best}</td>
                <td>{format::speedup(exercise.target, language)}</td>
                <td>{exercise.attempts}</td>
            </tr>
        }
    });
    view! {
        <table class="plan-table">
            <thead>
                <tr>
                    <th scope="col">{text.exercise}</th>
                    <th scope="col">{text.best}</th>
                    <th scope="col">{text.target}</th>
                    <th scope="col">{text.attempts}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// How far from the measured speed-up a prediction may be and still count as close: a quarter.
const CLOSE: f64 = 1.25;

fn calibration(predictions: &[(f64, f64)], language: Language) -> AnyView {
    let text = &Text::of(language).progress;
    let Some(svg) = calibration_svg(predictions, language) else {
        return view! { <p>{text.no_predictions}</p> }.into_any();
    };
    let mut ratios: Vec<f64> = predictions
        .iter()
        .map(|(predicted, measured)| measured / predicted)
        .collect();
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    let close = ratios
        .iter()
        .filter(|ratio| (1.0 / CLOSE..=CLOSE).contains(*ratio))
        .count();
    let tendency = if median > CLOSE {
        text.too_careful
    } else if median < 1.0 / CLOSE {
        text.too_hopeful
    } else {
        text.well_calibrated
    };
    let words = format!("{}: {close}/{}. {tendency}", text.close, ratios.len());
    view! {
        <figure class="chart-frame">
            <div inner_html=svg></div>
            <figcaption>{words}</figcaption>
        </figure>
    }
    .into_any()
}
