//! Compiles a program as the grader will: in a sandbox whose root is the copy, without network, `/proc` or environment. A
//! copy that cannot do it is never installed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{command, quietly};

/// Compiles a program, given by name and text, with a command that leaves `out.wasm`.
///
/// # Errors
/// When the sandbox cannot be started or the program does not compile.
pub fn compile(root: &Path, (name, text): (&str, &str), words: &[String]) -> Result<()> {
    let job =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    fs::write(job.path().join(name), text).context("the temporary folder cannot be written")?;
    let mut sandbox = command("bwrap");
    sandbox.args([
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--clearenv",
    ]);
    sandbox.args(["--setenv", "PATH", "/usr/bin"]);
    sandbox.arg("--ro-bind").arg(root.join("usr")).arg("/usr");
    sandbox.args([
        "--symlink",
        "usr/lib",
        "/lib",
        "--symlink",
        "usr/lib64",
        "/lib64",
        "--tmpfs",
        "/tmp",
    ]);
    sandbox.args(["--dir", "/dev", "--dev-bind", "/dev/null", "/dev/null"]);
    sandbox
        .arg("--bind")
        .arg(job.path())
        .args(["/job", "--chdir", "/job"]);
    sandbox.args(words);
    quietly(
        &mut sandbox,
        "allow unprivileged user namespaces, or install the compiler anew",
    )?;
    let program = fs::read(job.path().join("out.wasm"))
        .context("the compiler wrote no program; install it anew")?;
    anyhow::ensure!(
        program.starts_with(b"\0asm"),
        "the compiler wrote no WebAssembly; install it anew"
    );
    Ok(())
}
