//! Compiles a program as the grader will: in a sandbox whose root is the toolchain, without network, `/proc` or
//! environment. A toolchain that cannot do it is never installed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::compiler::TARGET;
use crate::process::{command, quietly};

/// Allocates, hashes and formats, so that a good part of the standard library must be there and fit together.
const PROGRAM: &str = r#"
use std::collections::HashMap;

#[unsafe(no_mangle)]
pub extern "C" fn distinct(count: u32) -> usize {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for number in 0..count {
        *seen.entry(format!("{}", number % 7)).or_default() += 1;
    }
    seen.len()
}
"#;

/// Compiles [`PROGRAM`] with the toolchain below `root`.
///
/// # Errors
/// When the sandbox cannot be started or the program does not compile.
pub fn compile(root: &Path, linker: Option<&str>) -> Result<()> {
    let job =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    fs::write(job.path().join("program.rs"), PROGRAM)
        .context("the temporary folder cannot be written")?;

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
    sandbox
        .arg("--bind")
        .arg(job.path())
        .args(["/job", "--chdir", "/job"]);
    sandbox.args([
        "rustc",
        "--edition",
        "2024",
        "--crate-type",
        "cdylib",
        "--target",
        TARGET,
        "-C",
        "opt-level=3",
    ]);
    if let Some(linker) = linker {
        sandbox.arg("-C").arg(format!("linker={linker}"));
    }
    sandbox.args(["-o", "program.wasm", "program.rs"]);
    quietly(
        &mut sandbox,
        "allow unprivileged user namespaces, or install the compiler anew",
    )?;

    let program = fs::read(job.path().join("program.wasm"))
        .context("the compiler wrote no program; install it anew")?;
    anyhow::ensure!(
        program.starts_with(b"\0asm"),
        "the compiler wrote no WebAssembly; install it anew"
    );
    Ok(())
}
