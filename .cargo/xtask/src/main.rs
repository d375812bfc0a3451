//! `cargo xtask`: everything between a fresh clone and a running, tested or measured Latency Lab.
//!
//! 1. [`setup`] installs what is missing, each thing as one step that says why it is needed.
//! 2. [`bundle`] turns the `app` crate, its styles and its editor into what the browser downloads.
//! 3. [`serve`], [`checks`] and [`bench`] are the commands that need both; [`fuzz`] needs neither.
//!
//! [`steps`] shows and times the steps, [`process`] runs other programs, [`layout`] knows where things are.

mod bench;
mod bundle;
mod checks;
mod compiler;
mod digest;
mod fuzz;
mod layout;
mod process;
mod serve;
mod setup;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::layout::Layout;
use crate::steps::Steps;

/// Set-up, bundle, serve, test and bench of Latency Lab.
///
/// Every command first installs what it needs and is missing: Debian packages (needs root), the wasm target, the
/// learner toolchain, npm packages. What is already there is not touched. Paths are relative to the root of the
/// repository, wherever the command is given.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,

    /// Folder of the learner toolchain, the compiler and linker that learners' code is built with.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "LATENCY_LAB_TOOLCHAIN",
        default_value = ".data/toolchain"
    )]
    toolchain: PathBuf,

    /// Which compiler builds the browser bundle and learners' code: rustup's, or Debian's `rustc-web`. Recorded in
    /// `target/xtask/compiler`; by default the recorded one, else rustup's if its wasm target can be had.
    #[arg(
        long,
        global = true,
        value_name = "SOURCE",
        env = "LATENCY_LAB_COMPILER"
    )]
    compiler: Option<compiler::Source>,
}

#[derive(Subcommand)]
enum Task {
    /// Install everything that `serve` and `test` need, and nothing else.
    Setup,
    /// Build what the browser downloads into `target/site`; does nothing when no input has changed.
    Bundle,
    /// Build and start Latency Lab at http://localhost:3000.
    Serve {
        /// Arguments for `latency-lab serve`, for example `--data DIR`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Check formatting, lint with warnings denied, run every test, those in the browser included.
    ///
    /// Fails when anything fails; nothing is ever skipped.
    Test {
        /// Run only the tests whose name contains this, without formatting and lints.
        filter: Option<String>,
    },
    /// Try random inputs on everything that judges what a hostile program made.
    Fuzz {
        /// How long, in seconds.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Print the figures of the README: page weight, time to start, time from submit to verdict. Asserts nothing.
    Bench,
    /// Build the release program with the bundle inside: `target/release/latency-lab`.
    Dist,
}

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command_line: CommandLine) -> Result<()> {
    let layout = Layout::new(&command_line.toolchain);
    std::env::set_current_dir(layout.root())?;
    let mut steps = Steps::default();
    let compiler = command_line.compiler;
    match command_line.task {
        Task::Setup => {
            setup::for_tests(&layout, compiler, &mut steps)?;
        }
        Task::Bundle => {
            let compiler = setup::for_the_bundle(&layout, compiler, &mut steps)?;
            bundle::build(&layout, compiler, &mut steps)?;
        }
        Task::Serve { arguments } => {
            let compiler = setup::for_serving(&layout, compiler, &mut steps)?;
            bundle::build(&layout, compiler, &mut steps)?;
            serve::start(&layout, &arguments, &mut steps)?;
        }
        Task::Test { filter } => {
            let compiler = setup::for_tests(&layout, compiler, &mut steps)?;
            bundle::build(&layout, compiler, &mut steps)?;
            checks::run(&layout, filter.as_deref(), &mut steps)?;
        }
        Task::Fuzz { seconds } => fuzz::run(Duration::from_secs(seconds))?,
        Task::Bench => {
            let compiler = setup::for_tests(&layout, compiler, &mut steps)?;
            bundle::build(&layout, compiler, &mut steps)?;
            bench::run(&layout, &mut steps)?;
        }
        Task::Dist => {
            let compiler = setup::for_the_bundle(&layout, compiler, &mut steps)?;
            bundle::build(&layout, compiler, &mut steps)?;
            serve::build_release(&layout, &mut steps)?;
        }
    }
    Ok(())
}
