//! `cargo xtask bench`: the figures that the README promises, on this machine. They are printed, never asserted: a
//! machine under load is not a defect.
//!
//! 1. [`page_weight`]: what Chromium fetches on the first visit of a lesson.
//! 2. [`start`]: how long `serve` takes until it answers.
//! 3. [`lessons`]: a course of a thousand lessons: its start, a save, searches, `check`.
//! 4. [`grading`]: how long a verdict takes, from the learner's click, and how many there are in a minute.
//! 5. [`native`]: what running in the sandbox costs.
//! 6. [`costs`]: what of that is compiling, processes and instances, and how much memory it takes.
//! 7. [`catalog`]: what each exercise comes to.
//! 8. [`retention`]: how long a due queue and a review take in a large database, and how well recall is predicted.
//! 9. [`campaign`]: how often a verdict is right.
//!
//! All of them drive the development build, the one that `cargo xtask serve` starts.

mod campaign;
mod catalog;
mod costs;
mod grading;
mod lessons;
mod native;
mod page_weight;
mod retention;
mod server;
mod start;

use std::time::Duration;

use anyhow::Result;

use crate::layout::Layout;
use crate::serve;
use crate::steps::Steps;

/// Takes every figure.
///
/// # Errors
/// When the server cannot be built or started, or a page or a verdict cannot be had.
pub fn run(layout: &Layout, steps: &mut Steps) -> Result<()> {
    serve::build(steps)?;
    steps.run(
        "page weight",
        "visits lesson 22 with an empty cache",
        true,
        || page_weight::measure(layout),
    )?;
    steps.run("start", "starts the server several times", true, || {
        start::measure(layout)
    })?;
    steps.run(
        "lessons",
        "serves, edits, searches and checks a thousand lessons",
        true,
        || lessons::measure(layout),
    )?;
    steps.run(
        "grading",
        "submits the reference of `memoize` several times",
        true,
        || grading::measure(layout),
    )?;
    steps.run(
        "sandbox",
        "times the campaign's kernels as WebAssembly and as programs of this machine",
        true,
        || native::measure(layout),
    )?;
    steps.run(
        "costs",
        "compiles, starts processes and instances, and watches memory",
        true,
        || costs::measure(layout),
    )?;
    steps.run(
        "catalogue",
        "grades the reference of every exercise in every language",
        true,
        || catalog::measure(layout),
    )?;
    steps.run(
        "retention",
        "makes a database of a million items with ten million reviews, and reads and writes in it",
        true,
        retention::measure,
    )?;
    steps.run(
        "campaign",
        "repeats gradings whose truth is known, for a few minutes",
        true,
        || campaign::measure(layout),
    )?;
    steps.conclude()
}

/// The median, and how far the others lie from it.
fn summary(times: &mut [Duration]) -> String {
    times.sort();
    let milliseconds = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
    format!(
        "median {} ms, {} to {} ms, of {}",
        milliseconds(times.get(times.len() / 2)),
        milliseconds(times.first()),
        milliseconds(times.last()),
        times.len()
    )
}
