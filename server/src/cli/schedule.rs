//! `latency-lab schedule`: the scheduler alone, without learning steps and without chance.

use anyhow::anyhow;
use app::api::Rating;
use clap::Args;
use serde::Serialize;

use super::{Failure, Outcome};
use crate::retention::schedule::{MAXIMUM_INTERVAL_DAYS, Memory, Parameters, Scheduler};

/// The arguments of `schedule`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Ratings in order: 1 Again, 2 Hard, 3 Good, 4 Easy
    #[arg(long, value_delimiter = ',', required = true, value_parser = clap::value_parser!(u8).range(1..=4))]
    ratings: Vec<u8>,
    /// Whole days since the previous review, one for each rating; the first is ignored, 0 is the same day [default: each review happens when the item is due]
    #[arg(long, value_delimiter = ',')]
    elapsed: Vec<u32>,
    /// The probability of recall, from 0.7 to 0.99, at which an item is due
    #[arg(long, default_value_t = 0.9, value_parser = retention)]
    retention: f32,
    /// The longest interval in days
    #[arg(long, default_value_t = MAXIMUM_INTERVAL_DAYS, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    maximum_interval: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn retention(text: &str) -> Result<f32, String> {
    let value: f32 = text
        .parse()
        .map_err(|_| format!("`{text}` is not a number"))?;
    if (0.7..=0.99).contains(&value) {
        Ok(value)
    } else {
        Err("it must lie between 0.7 and 0.99".to_owned())
    }
}

#[derive(Debug, Serialize)]
struct Document {
    steps: Vec<Step>,
}

#[derive(Debug, Serialize)]
struct Step {
    rating: Rating,
    elapsed_days: u32,
    stability: f32,
    difficulty: f32,
    interval_days: u32,
}

/// Prints the memory and the interval after each rating.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    if !arguments.elapsed.is_empty() && arguments.elapsed.len() != arguments.ratings.len() {
        return Err(Failure::Usage(anyhow!(
            "`--elapsed` has {} days for {} ratings: give one for each rating",
            arguments.elapsed.len(),
            arguments.ratings.len()
        )));
    }
    let steps = steps(arguments)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&Document { steps })?);
        return Ok(());
    }
    println!("rating  elapsed  stability  difficulty  interval");
    println!("          days       days                   days");
    for step in steps {
        let rating = u8::from(step.rating);
        println!(
            "{rating:>6}  {:>7}  {:>9.4}  {:>10.4}  {:>8}",
            step.elapsed_days, step.stability, step.difficulty, step.interval_days
        );
    }
    Ok(())
}

fn steps(arguments: &Arguments) -> Result<Vec<Step>, Failure> {
    let scheduler = Scheduler::new(
        &Parameters::default(),
        arguments.retention,
        arguments.maximum_interval,
    );
    let mut memory: Option<Memory> = None;
    let mut interval_days = 0;
    let mut steps = Vec::with_capacity(arguments.ratings.len());
    for (place, rating) in arguments.ratings.iter().enumerate() {
        let rating = Rating::try_from(*rating).map_err(|error| Failure::Usage(anyhow!(error)))?;
        let elapsed_days = match place {
            0 => 0,
            _ => arguments
                .elapsed
                .get(place)
                .copied()
                .unwrap_or(interval_days),
        };
        let next = scheduler.next(memory, elapsed_days, rating);
        memory = Some(next.memory);
        interval_days = next.interval_days;
        steps.push(Step {
            rating,
            elapsed_days,
            stability: next.memory.stability,
            difficulty: next.memory.difficulty,
            interval_days,
        });
    }
    Ok(steps)
}
