//! The command line: from arguments to the library.
//!
//! A value comes from its flag, else from its environment variable, else from `latency-lab.toml` in the current folder,
//! else from the default that `--help` shows. Exit codes: 0 done, 1 the thing examined has errors or the work failed,
//! 2 the command line is wrong.

mod admin;
mod backup;
mod campaign;
mod check;
mod file;
mod grade;
mod mail;
mod migrate;
mod new;
mod new_file;
mod places;
mod remind;
mod schedule;
mod serve;
mod simulate;
mod worker;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::telemetry;

/// Latency Lab: lessons, spaced review and graded exercises about performance and latency.
#[derive(Debug, Parser)]
#[command(name = "latency-lab", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the course until stopped.
    Serve(serve::Arguments),
    /// Read grading jobs on standard input, write stages and verdicts on standard output.
    Worker(worker::Arguments),
    /// Examine lessons and exercises and say what is wrong with them.
    Check(check::Arguments),
    /// Measure a solution against an exercise's starter and print the verdict.
    Grade(grade::Arguments),
    /// Repeat gradings whose truth is known, and print how often the verdict was right.
    Campaign(campaign::Arguments),
    /// Write the files of a new lesson or exercise.
    New(new::Arguments),
    /// Print when an item comes back after each of a list of ratings.
    Schedule(schedule::Arguments),
    /// Print how many reviews a day different retentions cost, and how much is remembered, for the next days.
    Simulate(simulate::Arguments),
    /// Give a person a role.
    Admin(admin::Arguments),
    /// Send the reminders that are worth it now, or say which they would be.
    Remind(remind::Arguments),
    /// Apply the migrations that the database lacks.
    Migrate(migrate::Arguments),
    /// Write a consistent copy of the database while the server runs.
    Backup(backup::Arguments),
}

/// How a command ended when it did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The thing examined has errors; they were printed.
    Examined,
    /// The command line is wrong: exit code 2.
    Usage(anyhow::Error),
    /// The work failed: exit code 1.
    Work(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Work(error.into())
    }
}

type Outcome = Result<(), Failure>;

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let command = match file::with_defaults(Cli::command()) {
        Ok(command) => command,
        Err(error) => return exit(Err(Failure::Usage(error))),
    };
    let matches = command.get_matches();
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => exit(run(cli.command)),
        Err(error) => error.exit(),
    }
}

fn run(command: Command) -> Outcome {
    telemetry::start();
    match command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Worker(arguments) => worker::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Grade(arguments) => grade::run(&arguments),
        Command::Campaign(arguments) => campaign::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Schedule(arguments) => schedule::run(&arguments),
        Command::Simulate(arguments) => simulate::run(arguments),
        Command::Admin(arguments) => admin::run(arguments),
        Command::Remind(arguments) => remind::run(arguments),
        Command::Migrate(arguments) => migrate::run(arguments),
        Command::Backup(arguments) => backup::run(arguments),
    }
}

fn exit(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Examined) => ExitCode::from(1),
        Err(Failure::Usage(error)) => {
            eprintln!("latency-lab: {}", sentence(&error));
            ExitCode::from(2)
        }
        Err(Failure::Work(error)) => {
            eprintln!("latency-lab: {}", sentence(&error));
            ExitCode::from(1)
        }
    }
}

/// What went wrong and why, each cause once: errors of libraries often repeat the text of their own cause.
fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !parts.iter().any(|part| part.ends_with(&cause)) {
            parts.push(cause);
        }
    }
    parts.join(": ")
}

/// Runs asynchronous work to its end.
fn block_on<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
