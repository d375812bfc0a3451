//! `cargo xtask test`: everything that must hold before a change is taken.
//!
//! 1. Formatting, and lints with warnings denied: for the server's side of every crate, then for the browser's side.
//! 2. The program and all tests are built together, so that the tests that start the program start this one.
//! 3. Every test runs, `#[ignore]` or not: a test that is left out is a test that fails.

use anyhow::Result;

use crate::layout::Layout;
use crate::process::{command, visibly};
use crate::steps::Steps;

/// Runs the checks, all of them even when one fails; with a `filter` only the tests whose name contains it.
///
/// # Errors
/// When any of them failed.
pub fn run(layout: &Layout, filter: Option<&str>, steps: &mut Steps) -> Result<()> {
    if filter.is_none() {
        steps.check(
            "formatting",
            "compares every Rust file with rustfmt's form",
            || cargo(layout, "fmt --all --check", None, "run `cargo fmt --all`"),
        );
        steps.check(
            "lints",
            "looks for mistakes in every crate, warnings denied",
            || {
                let lint = "clippy --workspace --all-targets -- -D warnings";
                cargo(layout, lint, None, "correct what is shown above")
            },
        );
        steps.check(
            "browser lints",
            "the same for the code that runs in the browser",
            || {
                let lint =
                    "clippy --package app --no-default-features --features hydrate -- -D warnings";
                cargo(layout, lint, None, "correct what is shown above")
            },
        );
    }
    let built = steps.check("test build", "builds the program and every test", || {
        cargo(
            layout,
            "build --workspace --all-targets",
            None,
            "correct the errors shown above",
        )
    });
    if built {
        steps.check(
            "tests",
            "runs unit, snapshot, HTTP and browser tests",
            || {
                let test = "test --workspace --no-fail-fast -- --include-ignored";
                cargo(layout, test, filter, "the failing tests are named above")
            },
        );
    }
    steps.conclude()
}

fn cargo(layout: &Layout, arguments: &str, filter: Option<&str>, advice: &str) -> Result<()> {
    let mut cargo = command("cargo");
    cargo.args(arguments.split(' ')).args(filter);
    // A snapshot that is new or has changed fails and leaves nothing behind.
    cargo
        .env("INSTA_UPDATE", "no")
        .env("LATENCY_LAB_TOOLCHAIN", layout.toolchain());
    visibly(&mut cargo, advice)
}
