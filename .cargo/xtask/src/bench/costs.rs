//! What grading costs apart from what is graded: a compilation, a process, an instance, memory. The program that finds
//! out is an example of the crate `exercises`, since these are parts of it that no command shows.

use anyhow::Result;

use crate::layout::Layout;
use crate::process::{command, visibly};

/// Prints the costs.
///
/// # Errors
/// When the program cannot be built, or something of grading fails.
pub fn measure(layout: &Layout) -> Result<()> {
    let mut costs = command("cargo");
    costs.args([
        "run",
        "--quiet",
        "--package",
        "exercises",
        "--example",
        "costs",
        "--",
    ]);
    costs.arg(layout.toolchain());
    visibly(&mut costs, "see what it says above")
}
