//! Which files make a compiler that runs with nothing else around it.
//!
//! The sandbox shows the copy as `/usr` with `/lib` and `/lib64` as links into it. There is no `ld.so.cache`, so shared
//! libraries go where the loader looks without one. The host's own standard library stays out: learners' code is
//! compiled for WebAssembly only.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::compiler::{DEBIAN_LINKER, Source, TARGET};
use crate::digest;
use crate::process::{command, quietly};

/// Where the loader looks on Debian.
const SHARED_LIBRARIES: &str = "usr/lib/x86_64-linux-gnu";

/// The loader itself, at the path that every program names.
const LOADER: &str = "usr/lib64/ld-linux-x86-64.so.2";

/// The host's folder in the compiler's `rustlib`, which holds rustup's linker.
const HOST_PROGRAMS: &str = "lib/rustlib/x86_64-unknown-linux-gnu/bin";

/// A file to copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it is.
    pub from: PathBuf,
    /// Where it goes, relative to the root of the sandbox.
    pub to: PathBuf,
}

/// Every file of the toolchain.
///
/// # Errors
/// When the compiler cannot be asked, or a file that it needs cannot be read.
pub fn of(source: Source) -> Result<Vec<Part>> {
    let printed = quietly(
        source.rustc().args(["--print", "sysroot"]),
        "install the compiler anew",
    )?;
    let sysroot = PathBuf::from(printed.trim_end());
    let mut parts = vec![Part {
        from: sysroot.join("bin/rustc"),
        to: "usr/bin/rustc".into(),
    }];
    let mut programs = vec![sysroot.join("bin/rustc")];
    match source {
        Source::Rustup => {
            for file in digest::files_below(&sysroot.join("lib"), &["rustlib"])? {
                parts.push(within(&sysroot, file)?);
            }
            programs.push(sysroot.join(HOST_PROGRAMS).join("rust-lld"));
            for file in digest::files_below(&sysroot.join(HOST_PROGRAMS), &[])? {
                parts.push(within(&sysroot, file)?);
            }
        }
        Source::Debian => {
            // The program decides by its own name which linker it is, so the copy must be named as the link is.
            let linker = Path::new(DEBIAN_LINKER);
            let from = fs::canonicalize(linker).context("lld-22 is incomplete; reinstall it")?;
            parts.push(Part {
                from,
                to: linker.strip_prefix("/").unwrap_or(linker).into(),
            });
            programs.push(linker.into());
        }
    }
    for file in digest::files_below(&sysroot.join("lib/rustlib").join(TARGET), &[])? {
        parts.push(within(&sysroot, file)?);
    }
    let loaded = quietly(command("ldd").args(programs), "install libc-bin")?;
    parts.extend(shared_libraries(&loaded, &sysroot, source));
    Ok(parts)
}

fn within(sysroot: &Path, file: PathBuf) -> Result<Part> {
    let path = file
        .strip_prefix(sysroot)
        .context("a file of the compiler lies outside of it")?;
    Ok(Part {
        to: Path::new("usr").join(path),
        from: file,
    })
}

/// The libraries that `ldd` names, each once. Those below rustup's sysroot are copied with it already.
pub fn shared_libraries(ldd: &str, sysroot: &Path, source: Source) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in ldd.lines().filter(|line| line.starts_with('\t')) {
        let Some(path) = line.split_whitespace().find(|word| word.starts_with('/')) else {
            continue;
        };
        let from = PathBuf::from(path);
        if source == Source::Rustup && from.starts_with(sysroot) {
            continue;
        }
        let name = from.file_name().unwrap_or_default();
        let to = if line.contains("=>") {
            Path::new(SHARED_LIBRARIES).join(name)
        } else {
            LOADER.into()
        };
        if parts.iter().all(|part| part.to != to) {
            parts.push(Part { from, to });
        }
    }
    parts
}

#[cfg(test)]
mod tests;
