//! The program `latency-lab`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Inside the sandbox the same program is the child that compiles or runs a learner's code; it knows nothing else.
    if std::env::args().nth(1).as_deref() == Some(exercises::CHILD_ARGUMENT) {
        return exercises::sandboxed_child_main();
    }
    server::cli::main()
}
