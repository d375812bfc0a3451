//! How far verdicts can be trusted: a short campaign. The README has the table of a long one.

use anyhow::Result;

use crate::layout::Layout;
use crate::process::visibly;
use crate::serve;

/// How many trials of each truth and kernel: a few minutes in all.
const REPEATS: &str = "3";

/// Prints the campaign's table.
///
/// # Errors
/// When a kernel is not built or does not run.
pub fn measure(layout: &Layout) -> Result<()> {
    let mut command = serve::program(layout);
    visibly(
        command.args(["campaign", "--repeats", REPEATS]),
        "see what it says; the learner toolchain is set up by `cargo xtask setup`",
    )
}
