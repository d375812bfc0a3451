//! `latency-lab worker`: what `serve` starts beside itself to compile and measure learners' code.

use std::{io, num::NonZeroUsize, path::PathBuf};

use clap::Args;

use super::{Outcome, places};

/// The arguments of `worker`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    toolchain: places::Toolchain,
    /// Folder for the worker's own files, created if missing
    #[arg(
        long,
        value_name = "DIR",
        env = "LATENCY_LAB_SCRATCH",
        default_value = ".data/scratch"
    )]
    scratch: PathBuf,
    /// After how many measured jobs the grader times a starter against itself, once the verdict is told
    #[arg(long, value_name = "N", default_value_t = exercises::worker::SELF_CHECK_EVERY)]
    self_check_every: NonZeroUsize,
}

/// Works until standard input ends.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    abort_on_panic();
    let child = std::env::current_exe()?;
    let jobs = io::stdin().lock();
    exercises::worker::serve(
        jobs,
        io::stdout(),
        &arguments.toolchain.toolchain,
        &arguments.scratch,
        &child,
        arguments.self_check_every,
    )?;
    Ok(())
}

/// A worker that lost one of its threads would keep its jobs for ever; one that ended is started again at once.
fn abort_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        std::process::abort();
    }));
}
