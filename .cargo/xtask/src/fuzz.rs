//! `cargo xtask fuzz`: the property tests of everything that judges what a hostile program made, with other inputs each
//! round, until the time is over.
//!
//! A round that fails prints its seed, with which it can be repeated, and the smallest input that fails.

use std::time::{Duration, Instant, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::process::{command, visibly};

/// The tests: random modules, the pre-check, values in a program's memory, and files of samples.
const TESTS: [&str; 4] = ["fuzz::", "precheck::", "value::", "samples::"];

/// How many inputs each property gets in a round: some ten seconds' worth.
const INPUTS: u32 = 10_000;

/// Runs rounds for at least this long.
///
/// # Errors
/// When a property does not hold.
pub fn run(duration: Duration) -> Result<()> {
    let started = Instant::now();
    let clock = UNIX_EPOCH
        .elapsed()
        .context("the clock of this machine is before 1970; set it")?;
    for seed in clock.as_secs().. {
        println!("seed {seed}: {INPUTS} inputs a property");
        let mut round = command("cargo");
        round
            .args(["test", "--quiet", "--package", "exercises", "--lib", "--"])
            .args(TESTS)
            .env("PROPTEST_RNG_SEED", seed.to_string())
            .env("PROPTEST_CASES", INPUTS.to_string());
        let again = format!(
            "run it again with PROPTEST_RNG_SEED={seed} PROPTEST_CASES={INPUTS} in its environment"
        );
        visibly(&mut round, &again)?;
        if started.elapsed() > duration {
            break;
        }
    }
    Ok(())
}
