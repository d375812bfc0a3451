//! Runs other programs, and turns their failure into one sentence.

use std::ffi::OsStr;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// The end of a failed program's output that is still worth reading.
const SHOWN_LINES: usize = 40;

/// A command for `program` that does not inherit cargo's library path: with it Debian's compiler would load rustup's
/// libraries, and `ldd` would report them.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_remove("LD_LIBRARY_PATH").stdin(Stdio::null());
    command
}

/// Runs a command whose output matters only if it fails, and returns its standard output.
///
/// # Errors
/// When it cannot be started or fails: the command, what it said, and `advice`, which tells the person what to do.
pub fn quietly(command: &mut Command, advice: &str) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("{} could not be started; {advice}", shown(command)))?;
    if !output.status.success() {
        let said = last_lines(&output);
        bail!(
            "{} failed ({}); {advice}\n{said}",
            shown(command),
            output.status
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} printed something that is not text", shown(command)))
}

/// Runs a command that shows its own progress.
///
/// # Errors
/// As [`quietly`], except that what the command said is on the screen already.
pub fn visibly(command: &mut Command, advice: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} could not be started; {advice}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status}); {advice}", shown(command));
    }
    Ok(())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    format!("`{}`", line.join(" "))
}

fn last_lines(output: &Output) -> String {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
}
