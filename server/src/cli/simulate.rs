//! `latency-lab simulate`: what desired retentions cost in reviews and bring in recall.

use anyhow::anyhow;
use clap::Args;
use serde::Serialize;

use super::{Failure, Outcome, block_on, places};
use crate::{
    clock::Clock,
    db::Db,
    learners::LearnerId,
    retention::{
        simulation::{self, Course, Subject},
        subject,
    },
};

/// The arguments of `simulate`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The number of a learner, as `learner.id` in their archive [default: somebody average who begins `--new-items` items]
    #[arg(long)]
    learner: Option<i64>,
    /// How many new items somebody average begins, ten a day
    #[arg(long, default_value_t = 200, conflicts_with = "learner", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    new_items: u32,
    /// The retentions to compare, each from 0.7 to 0.99
    #[arg(long, value_delimiter = ',', default_value = "0.8,0.85,0.9,0.95", value_parser = super::schedule::retention)]
    retention: Vec<f32>,
    /// How many days
    #[arg(long, default_value_t = 180, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: places::Data,
}

#[derive(Debug, Serialize)]
struct Document {
    days: u32,
    retentions: Vec<Course>,
}

/// Prints the table and the chart.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let subject = match arguments.learner {
        Some(learner) => of_learner(arguments.data, learner)?,
        None => Subject::average(arguments.new_items),
    };
    let days = arguments.days;
    let courses: Vec<Course> = arguments
        .retention
        .iter()
        .map(|retention| simulation::play(&subject, *retention, days))
        .collect();
    if arguments.json {
        let document = Document {
            days,
            retentions: courses,
        };
        println!("{}", serde_json::to_string(&document)?);
        return Ok(());
    }
    print!("{}{}", table(&courses), chart(&courses));
    Ok(())
}

fn of_learner(data: places::Data, learner: i64) -> Result<Subject, Failure> {
    let data = data.open()?;
    if !data.database.is_file() {
        return Err(Failure::Usage(anyhow!(
            "there is no database {} with a learner",
            data.database.display()
        )));
    }
    let subject = block_on(async {
        let db = Db::connect(&data.database).await?;
        let subject = subject::read(&db, LearnerId(learner), Clock::System.now()).await;
        db.close().await;
        subject
    })??;
    subject.ok_or_else(|| Failure::Usage(anyhow!("there is no learner {learner}")))
}

/// How many days a row of the table covers.
const DAYS_A_ROW: usize = 30;

/// Reviews a day and recall at the end, by month.
fn table(courses: &[Course]) -> String {
    let mut table = "retention".to_owned();
    for course in courses {
        table += &format!("  {:>15.2}", course.retention);
    }
    table += "\ndays     ";
    for _ in courses {
        table += "  reviews  recall";
    }
    table.push('\n');
    let days = courses.first().map_or(0, |course| course.reviews.len());
    for first in (0..days).step_by(DAYS_A_ROW) {
        let last = (first + DAYS_A_ROW).min(days);
        table += &format!("{:>4}–{last:<4}", first + 1);
        for course in courses {
            let reviews: u32 = course.reviews[first..last].iter().sum();
            let per_day = f64::from(reviews) / f64::from(u32::try_from(last - first).unwrap_or(1));
            let recall = percent(course.recall[last - 1]);
            table += &format!("  {per_day:>7.1}  {recall:>6}");
        }
        table.push('\n');
    }
    table += "all      ";
    for course in courses {
        let recall = percent(course.recall.last().copied().flatten());
        table += &format!("  {:>7}  {recall:>6}", course.total_reviews);
    }
    table + "\n"
}

fn percent(share: Option<f32>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

/// How many columns the chart has.
const COLUMNS: usize = 60;

/// The heights of a column.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Reviews a day over time, a line for each retention, all to one scale; and recall, from 50 to 100 %.
fn chart(courses: &[Course]) -> String {
    let reviews: Vec<(f32, Vec<f64>)> = courses
        .iter()
        .map(|course| {
            let values: Vec<f64> = course
                .reviews
                .iter()
                .map(|count| f64::from(*count))
                .collect();
            (course.retention, columns(&values))
        })
        .collect();
    let highest = reviews
        .iter()
        .flat_map(|(_, values)| values)
        .fold(1.0, |highest: f64, value| highest.max(*value));
    let mut chart = format!("\nreviews a day, full height {highest:.0}\n");
    for (retention, values) in &reviews {
        chart += &line(*retention, values.iter().map(|value| value / highest));
    }
    chart += "\nrecall at the end of the day, 50 % to 100 %\n";
    for course in courses {
        let values: Vec<f64> = course
            .recall
            .iter()
            .map(|recall| recall.map_or(0.0, |recall| (f64::from(recall) - 0.5) * 2.0))
            .collect();
        chart += &line(course.retention, columns(&values).into_iter());
    }
    chart
}

/// The means of at most [`COLUMNS`] stretches of the same length.
fn columns(values: &[f64]) -> Vec<f64> {
    let length = values.len().div_ceil(COLUMNS).max(1);
    values
        .chunks(length)
        .map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64)
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of eight levels"
)]
fn line(retention: f32, shares: impl Iterator<Item = f64>) -> String {
    let top = LEVELS.len() - 1;
    let marks: String = shares
        .map(|share| LEVELS[((share.clamp(0.0, 1.0) * top as f64).round() as usize).min(top)])
        .collect();
    format!("{retention:>9.2}  {marks}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_retention_costs_more_reviews_and_brings_more_recall() {
        let subject = Subject::average(200);
        let low = simulation::play(&subject, 0.8, 180);
        let high = simulation::play(&subject, 0.95, 180);
        assert!(
            3 * low.total_reviews < 2 * high.total_reviews,
            "{low:?} {high:?}"
        );
        assert!(low.recall.last() < high.recall.last());
        assert_eq!((low.reviews.len(), low.recall.len()), (180, 180));
        assert_eq!(
            low,
            simulation::play(&subject, 0.8, 180),
            "chance is the same every time"
        );
    }

    #[test]
    fn recall_stays_near_what_is_desired() {
        let course = simulation::play(&Subject::average(200), 0.9, 180);
        let last = course
            .recall
            .last()
            .copied()
            .flatten()
            .expect("items were begun");
        // The mean over all items lies above the lowest point that each may reach.
        assert!((0.9..1.0).contains(&last), "{last}");
    }

    #[test]
    fn a_row_a_month_and_a_line_of_the_chart_for_each_retention() {
        let courses =
            [0.8, 0.9].map(|retention| simulation::play(&Subject::average(20), retention, 90));
        let table = table(&courses);
        assert_eq!(table.lines().count(), 6, "{table}");
        assert_eq!(chart(&courses).matches("0.80  ").count(), 2);
    }
}
