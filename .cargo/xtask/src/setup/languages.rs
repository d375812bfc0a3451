//! The compilers of the languages beside Rust: each in a folder of its own in the learner toolchain, with all that it loads,
//! since that folder is the root of the sandbox in which it runs.
//!
//! 1. What the compiler comes in is installed: Debian's packages, npm's.
//! 2. Its files are copied into a folder with another name.
//! 3. A program is compiled in a sandbox whose root holds nothing but the copy.
//! 4. Its hash is taken: it is part of the key of every verdict in the language.
//! 5. The folder gets its name.
//!
//! Whatever fails is said, and written where the grader finds it, which then shows the language as not installed; the other
//! steps of the set-up go on.

mod assemblyscript;
mod c;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::compiler::Source;
use crate::digest;
use crate::layout::Layout;
use crate::process::{command, quietly};
use crate::setup::toolchain::parts::{Part, shared_libraries};
use crate::setup::trial;
use crate::steps::Steps;

/// What the grader reads about a language, `toolchain.json` in its folder.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Description {
    /// It was installed.
    Installed {
        /// The compiler's name and version, as learners are told it.
        version: String,
        /// SHA-256 over the paths and contents of all files.
        sha256: String,
        /// What the files were copied from; when that is another one now, the copy is renewed.
        copied_from: String,
    },
    /// It could not be installed.
    Missing {
        /// Why, as a sentence.
        missing: String,
    },
}

/// A compiler to copy.
struct Compiler {
    /// The language, as the folders of exercises have it.
    language: &'static str,
    /// The compiler's name and version.
    version: String,
    /// What identifies the files that are copied.
    copied_from: String,
    /// The files.
    parts: Vec<Part>,
    /// The program that is compiled to see whether the copy works: its name and its text.
    trial: (&'static str, &'static str),
    /// How it is compiled, in the folder with the program, to `out.wasm`.
    command: Vec<String>,
}

/// Installs the compilers that are missing or old.
///
/// # Errors
/// When the toolchain's folder cannot be written: what a language lacks is no error.
pub fn install(layout: &Layout, steps: &mut Steps) -> Result<()> {
    let c = c::prepare(steps);
    finish(layout, "c", c, steps)?;
    let assemblyscript = assemblyscript::prepare(layout, steps);
    finish(layout, "assemblyscript", assemblyscript, steps)
}

/// Copies a compiler unless its copy is there, or notes why it is not to be had.
fn finish(
    layout: &Layout,
    language: &str,
    compiler: Result<Compiler>,
    steps: &mut Steps,
) -> Result<()> {
    let folder = layout.toolchain().join(language);
    let copied = compiler.and_then(|compiler| copy(&folder, &compiler, steps));
    let Err(error) = copied else {
        return Ok(());
    };
    let missing = format!("{error:#}");
    println!("{language}: not installed, and shown so; all else works: {missing}");
    let description = Description::Missing { missing };
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("toolchain.json"), json(&description)))
        .with_context(|| format!("{} cannot be written; make it writable", folder.display()))
}

fn copy(folder: &Path, compiler: &Compiler, steps: &mut Steps) -> Result<()> {
    let is_current = matches!(
        read(folder),
        Some(Description::Installed { copied_from, .. }) if copied_from == compiler.copied_from
    );
    let purpose = format!(
        "copies {} to {}, where learners' {} is compiled with nothing else in sight",
        compiler.version,
        folder.display(),
        compiler.language
    );
    let name = format!("compiler of {}", compiler.language);
    steps.run(&name, &purpose, !is_current, || {
        let parent = folder
            .parent()
            .context("the toolchain's folder must have a parent; name another one")?;
        let advice = || format!("{} cannot be written; make it writable", parent.display());
        // Readable for the user that the server runs as, whoever sets it up.
        let draft = tempfile::Builder::new()
            .prefix(".language-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir_in(parent)
            .with_context(advice)?;
        let root = draft.path().join("root");
        for Part { from, to } in &compiler.parts {
            let to = root.join(to);
            let parent = to
                .parent()
                .expect("every part lies in a folder of the root");
            fs::create_dir_all(parent)
                .and_then(|()| fs::copy(from, &to))
                .with_context(|| {
                    format!("{} cannot be copied to {}", from.display(), to.display())
                })?;
        }
        trial::compile(&root, compiler.trial, &compiler.command)?;
        let description = Description::Installed {
            version: compiler.version.clone(),
            sha256: digest::of_files(&root, digest::files_below(&root, &[])?)?,
            copied_from: compiler.copied_from.clone(),
        };
        fs::write(draft.path().join("toolchain.json"), json(&description)).with_context(advice)?;
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(advice)?;
        }
        fs::rename(draft.keep(), folder).with_context(advice)
    })
}

fn read(folder: &Path) -> Option<Description> {
    serde_json::from_slice(&fs::read(folder.join("toolchain.json")).ok()?).ok()
}

fn json(description: &Description) -> String {
    serde_json::to_string_pretty(description).expect("a description is plain data")
}

/// The file at `from`, which may be a link, as one at `to` in the root.
fn file(from: &str, to: &str) -> Result<Part> {
    let from = fs::canonicalize(from).with_context(|| format!("{from} is not there"))?;
    Ok(Part {
        from,
        to: to.into(),
    })
}

/// Every file below a folder for which `wanted` says so, as a file below `to`.
fn files_below(folder: &Path, to: &str, wanted: impl Fn(&str) -> bool) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for from in digest::files_below(folder, &[])? {
        let path = from
            .strip_prefix(folder)
            .context("a file of the compiler lies outside of it")?;
        if wanted(&path.to_string_lossy()) {
            let to = PathBuf::from(to).join(path);
            parts.push(Part { from, to });
        }
    }
    Ok(parts)
}

/// The libraries that programs load.
fn libraries(programs: &[&str]) -> Result<Vec<Part>> {
    let loaded = quietly(command("ldd").args(programs), "install libc-bin")?;
    // As with Debian's own compiler, all of them are the system's.
    Ok(shared_libraries(&loaded, Path::new("/usr"), Source::Debian))
}
