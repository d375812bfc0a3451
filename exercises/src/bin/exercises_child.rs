//! Does one task inside the sandbox; see `exercises::child`.

use std::process::ExitCode;

fn main() -> ExitCode {
    exercises::sandboxed_child_main()
}
