//! The learner toolchain: a copy of the compiler that is all a learner's code sees while it is compiled.
//!
//! 1. [`parts`] lists the files: compiler, linker, standard library, and every shared library these load.
//! 2. They are copied into a folder with another name, so that a half-made copy is never taken for a whole one.
//! 3. [`trial`] compiles a program in a sandbox whose root holds nothing but the copy.
//! 4. Its hash is taken: it is part of the key of every verdict, for another compiler makes other code.
//! 5. The folder gets its name.
//!
//! Real copies, because a data folder may lie on another file system and must not change when the compiler is updated.

pub mod parts;
mod trial;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use self::parts::Part;
use crate::compiler::{DEBIAN_LINKER, Source};
use crate::digest;
use crate::layout::Layout;
use crate::steps::Steps;

/// What the grader reads about the toolchain, `toolchain.json`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Description {
    /// `rustup` or `debian`.
    source: String,
    /// Such as `1.95.0`.
    rustc_version: String,
    /// The linker's path within the sandbox, if it is not the compiler's own.
    linker: Option<String>,
    /// SHA-256 over the paths and contents of all files.
    sha256: String,
    /// What the copied compiler says about itself; when the installed one says something else, the copy is renewed.
    compiler: String,
}

/// Copies the compiler unless the copy is of this very compiler.
///
/// # Errors
/// When a part is missing, the folder cannot be written, or the copy cannot compile in the sandbox.
pub fn install(layout: &Layout, source: Source, steps: &mut Steps) -> Result<()> {
    let folder = layout.toolchain();
    let compiler = source.description()?;
    let is_current =
        read(folder).is_some_and(|copy| copy.source == source.word() && copy.compiler == compiler);
    let purpose = format!(
        "copies {}'s compiler to {}, where learners' code is compiled with nothing else in sight",
        source.word(),
        folder.display()
    );
    steps.run("learner toolchain", &purpose, !is_current, || {
        let parent = folder
            .parent()
            .context("the toolchain's folder must have a parent; name another one")?;
        let advice = || {
            format!(
                "{} cannot be written; make it writable or give --toolchain",
                parent.display()
            )
        };
        fs::create_dir_all(parent).with_context(advice)?;
        let mut draft = tempfile::Builder::new();
        // Readable for the user that the server runs as, whoever sets it up.
        draft
            .prefix(".toolchain-")
            .permissions(fs::Permissions::from_mode(0o755));
        let draft = draft.tempdir_in(parent).with_context(advice)?;
        make(draft.path(), source, compiler)?;
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(advice)?;
        }
        fs::rename(draft.keep(), folder).with_context(advice)
    })
}

fn read(folder: &Path) -> Option<Description> {
    serde_json::from_slice(&fs::read(folder.join("toolchain.json")).ok()?).ok()
}

fn make(folder: &Path, source: Source, compiler: String) -> Result<()> {
    let root = folder.join("root");
    for Part { from, to } in parts::of(source)? {
        let to = root.join(to);
        let parent = to
            .parent()
            .expect("every part lies in a folder of the root");
        fs::create_dir_all(parent)
            .and_then(|()| fs::copy(&from, &to))
            .with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))?;
    }
    let linker = (source == Source::Debian).then(|| DEBIAN_LINKER.to_owned());
    trial::compile(&root, linker.as_deref())?;

    let sha256 = digest::of_files(&root, digest::files_below(&root, &[])?)?;
    let rustc_version = release(&compiler)
        .context("rustc -vV names no release; install the compiler anew")?
        .to_owned();
    let description = Description {
        source: source.word().into(),
        rustc_version,
        linker,
        sha256,
        compiler,
    };
    let json = serde_json::to_string_pretty(&description)?;
    fs::write(folder.join("toolchain.json"), json).context("toolchain.json cannot be written")
}

fn release(compiler: &str) -> Option<&str> {
    compiler
        .lines()
        .find_map(|line| line.strip_prefix("release: "))
}
