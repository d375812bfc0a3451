//! What running in the sandbox costs: the campaign's kernels as WebAssembly against the same programs built for this
//! machine.

use anyhow::Result;

use crate::layout::Layout;
use crate::process::visibly;
use crate::serve;

/// Prints the ratio of both times, kernel by kernel.
///
/// # Errors
/// When a kernel is not built or does not run.
pub fn measure(layout: &Layout) -> Result<()> {
    let mut command = serve::program(layout);
    visibly(
        command.args(["campaign", "--native"]),
        "see what it says; the learner toolchain is set up by `cargo xtask setup`",
    )
}
