//! `latency-lab check`: what is wrong with lessons and exercises, all at once.

mod claims;
mod collect;
mod github;
mod human;
mod json;
mod kept;
mod programs;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, places};

/// The arguments of `check`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Lessons (`.md`), exercises (folders with `exercise.toml`) or folders of them [default: all lessons and exercises]
    paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Compile and run what exercises claim, and the programs of lessons; what is unchanged since it was as claimed is not run again
    #[arg(long)]
    grade: bool,
    /// Raise every severity by one: hints become warnings, warnings become errors
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    content: places::Content,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    toolchain: places::Toolchain,
    #[command(flatten)]
    data: places::Data,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Like a compiler, for people
    Human,
    /// One JSON document
    Json,
    /// Workflow commands that GitHub shows at the line
    Github,
}

/// Examines what was named and prints it.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let findings = collect::collect(arguments)?;
    match arguments.format {
        Format::Human => human::print(&findings),
        Format::Json => json::print(&findings)?,
        Format::Github => github::print(&findings),
    }
    if findings.errors() > 0 {
        Err(Failure::Examined)
    } else {
        Ok(())
    }
}
