//! Builds the program and becomes it.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::layout::Layout;
use crate::process::{command, visibly};
use crate::steps::Steps;

const ADVICE: &str = "correct the errors shown above";

/// Builds the program for development; cargo decides what there is to do.
///
/// # Errors
/// When it does not compile.
pub fn build(steps: &mut Steps) -> Result<()> {
    steps.run("server", "builds target/debug/latency-lab", true, || {
        visibly(
            command("cargo").args(["build", "--package", "server"]),
            ADVICE,
        )
    })
}

/// Builds the program as it is handed out, with the bundle inside.
///
/// # Errors
/// When it does not compile.
pub fn build_release(layout: &Layout, steps: &mut Steps) -> Result<()> {
    steps.run(
        "release",
        "builds the program with the browser bundle inside",
        true,
        || {
            visibly(
                command("cargo").args(["build", "--release", "--package", "server"]),
                ADVICE,
            )
        },
    )?;
    println!(
        "{}",
        layout.cargo_target().join("release/latency-lab").display()
    );
    Ok(())
}

/// Builds the program and replaces this process by it, so that signals reach it directly.
///
/// # Errors
/// When it does not compile or cannot be started; on success this does not return.
pub fn start(layout: &Layout, arguments: &[String], steps: &mut Steps) -> Result<()> {
    build(steps)?;
    let error = program(layout).arg("serve").args(arguments).exec();
    Err(error).context("the server was built but cannot be started; see the reason below")
}

/// A command for the development build, with the learner toolchain this installation uses.
pub fn program(layout: &Layout) -> Command {
    let mut program = Command::new(layout.cargo_target().join("debug/latency-lab"));
    program
        .env_remove("LD_LIBRARY_PATH")
        .env("LATENCY_LAB_TOOLCHAIN", layout.toolchain());
    program
}
