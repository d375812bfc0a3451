//! The one compiler of this installation that builds WebAssembly: the browser bundle and learners' code alike.
//!
//! 1. What the person asked for, by flag or environment.
//! 2. Else Debian's, if it was chosen before: the two are never mixed, since neither reads the other's `std`.
//! 3. Else rustup's, if its wasm target is there or can be downloaded.
//! 4. Else Debian's, whose packages need no other host than Debian's.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::layout::Layout;
use crate::process::{command, quietly};

/// The target that both the browser and the grader run.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's linker for WebAssembly; its `rustc-web` brings none.
pub const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// Where the compiler comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// The toolchain that also builds the server.
    Rustup,
    /// The packages `rustc-web`, `cargo-web`, `rust-web-src` and `lld-22`.
    Debian,
}

impl Source {
    /// The word in `toolchain.json` and in the record of the choice.
    pub fn word(self) -> &'static str {
        match self {
            Source::Rustup => "rustup",
            Source::Debian => "debian",
        }
    }

    /// A command for the compiler.
    pub fn rustc(self) -> Command {
        match self {
            Source::Rustup => command("rustc"),
            Source::Debian => command("/usr/bin/rustc"),
        }
    }

    /// A command for a cargo that uses the compiler, and the linker that fits it.
    pub fn cargo(self) -> Command {
        match self {
            Source::Rustup => command("cargo"),
            Source::Debian => {
                let mut cargo = command("/usr/bin/cargo");
                cargo.env("RUSTC", "/usr/bin/rustc");
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
                cargo
            }
        }
    }

    /// What `rustc -vV` says, which changes with every other build of the compiler.
    ///
    /// # Errors
    /// When the compiler cannot be run.
    pub fn description(self) -> Result<String> {
        quietly(self.rustc().arg("-vV"), "install it anew")
    }

    /// Where the compiler keeps the standard library for [`TARGET`], whether or not it is there.
    ///
    /// # Errors
    /// When the compiler cannot be run.
    pub fn target_library(self) -> Result<PathBuf> {
        let arguments = ["--print", "target-libdir", "--target", TARGET];
        let printed = quietly(self.rustc().args(arguments), "install it anew")?;
        Ok(PathBuf::from(printed.trim_end()))
    }

    /// Whether the compiler has a standard library for [`TARGET`].
    pub fn has_target(self) -> bool {
        let Ok(library) = self.target_library() else {
            return false;
        };
        fs::read_dir(library).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
    }
}

/// Finds out which compiler this installation uses, by the rules of this module.
pub fn choose(layout: &Layout, asked_for: Option<Source>) -> Source {
    if let Some(source) = asked_for {
        return source;
    }
    if fs::read_to_string(record(layout)).is_ok_and(|word| word == Source::Debian.word()) {
        return Source::Debian;
    }
    if Source::Rustup.has_target() {
        return Source::Rustup;
    }
    match add_target_with_rustup() {
        Ok(()) => Source::Rustup,
        Err(error) => {
            println!("wasm target: Debian's compiler is used from now on, since {error:#}");
            Source::Debian
        }
    }
}

/// Downloads the standard library for [`TARGET`] with rustup.
///
/// # Errors
/// When there is no rustup, or its host cannot be reached.
pub fn add_target_with_rustup() -> Result<()> {
    let advice = "check the network, or set LATENCY_LAB_COMPILER=debian to use Debian's compiler";
    quietly(command("rustup").args(["target", "add", TARGET]), advice)?;
    Ok(())
}

/// Records the choice for the runs to come.
///
/// # Errors
/// When the target folder cannot be written.
pub fn remember(layout: &Layout, source: Source) -> Result<()> {
    let record = record(layout);
    fs::create_dir_all(layout.notes())
        .and_then(|()| fs::write(&record, source.word()))
        .with_context(|| {
            format!(
                "{} cannot be written; make its folder writable",
                record.display()
            )
        })
}

fn record(layout: &Layout) -> PathBuf {
    layout.notes().join("compiler")
}
