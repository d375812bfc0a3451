//! What each exercise comes to on this machine: compiling, latency before and after, speed-up, stars, and the sandbox's cost.

use anyhow::Result;

use crate::layout::Layout;
use crate::process::visibly;
use crate::serve;

/// Prints a row for each exercise and language.
///
/// # Errors
/// When a reference cannot be graded.
pub fn measure(layout: &Layout) -> Result<()> {
    let mut command = serve::program(layout);
    visibly(
        command.args(["campaign", "--catalog"]),
        "see what it says; `latency-lab check` tells what is wrong with an exercise",
    )
}
