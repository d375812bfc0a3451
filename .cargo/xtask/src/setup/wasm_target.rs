//! The standard library for WebAssembly: downloaded by rustup, or built from Debian's source.
//!
//! Debian ships the source of the library but no build of it for this target. Building it takes half a minute, once:
//!
//! 1. An empty crate is built with `-Zbuild-std`, which compiles the library on the way.
//! 2. What was compiled is copied to where the compiler looks for it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::compiler::{Source, TARGET, add_target_with_rustup};
use crate::layout::Layout;
use crate::process::quietly;
use crate::steps::Steps;

/// Installs the standard library for [`TARGET`] if the compiler has none.
///
/// # Errors
/// When it can be neither downloaded nor built.
pub fn install(layout: &Layout, source: Source, steps: &mut Steps) -> Result<()> {
    let purpose = match source {
        Source::Rustup => {
            "downloads the standard library for WebAssembly, which the browser and the grader run"
        }
        Source::Debian => {
            "builds the standard library for WebAssembly, which the browser and the grader run"
        }
    };
    steps.run(
        "wasm target",
        purpose,
        !source.has_target(),
        || match source {
            Source::Rustup => add_target_with_rustup(),
            Source::Debian => build(layout),
        },
    )
}

fn build(layout: &Layout) -> Result<()> {
    let folder = layout.notes().join("std");
    write_empty_crate(&folder)
        .with_context(|| format!("{} cannot be written", folder.display()))?;
    let advice = "as root, run `apt-get install --reinstall rustc-web cargo-web rust-web-src`";
    let mut cargo = Source::Debian.cargo();
    cargo
        .current_dir(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    cargo.args([
        "build",
        "-Zbuild-std=std,panic_abort",
        "--release",
        "--target",
        TARGET,
    ]);
    quietly(&mut cargo, advice)?;

    let built = folder.join("target").join(TARGET).join("release/deps");
    let library = Source::Debian.target_library()?;
    copy_libraries(&built, &library)
        .with_context(|| format!("{} cannot be written; run this as root", library.display()))
}

fn write_empty_crate(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    // A workspace of its own: the folder lies within ours.
    let manifest = "[package]\nname = \"nothing\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "#![no_std]\n")
}

/// `libstd` comes last, since its presence is what says that the library is installed.
fn copy_libraries(built: &Path, library: &Path) -> std::io::Result<()> {
    fs::create_dir_all(library)?;
    let mut files = Vec::new();
    for entry in fs::read_dir(built)? {
        let file = entry?.path();
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libnothing-") {
            files.push((name.starts_with("libstd-"), file, library.join(name)));
        }
    }
    files.sort();
    for (_, from, to) in files {
        fs::copy(from, to)?;
    }
    Ok(())
}
