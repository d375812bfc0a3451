//! Scheduling at scale: a million items with ten million reviews, and how well recall is predicted. The program that finds
//! out is an example of the crate `server`, since these are parts of it that no command shows.

use anyhow::{Context, Result};

use crate::process::{command, visibly};

/// Learners with a thousand items each, and the reviews of each item.
const LEARNERS: &str = "1000";
const REVIEWS_EACH: &str = "10";

/// Prints the figures.
///
/// # Errors
/// When the program cannot be built, or there is no room for the database, which takes some gigabytes.
pub fn measure() -> Result<()> {
    let folder =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    let mut figures = command("cargo");
    figures.args([
        "run",
        "--quiet",
        "--package",
        "server",
        "--example",
        "retention",
        "--",
    ]);
    figures.arg(folder.path()).args([LEARNERS, REVIEWS_EACH]);
    visibly(&mut figures, "see what it says above")
}
