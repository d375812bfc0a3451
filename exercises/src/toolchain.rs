//! The compilers of this installation, which `cargo xtask` puts into one folder that is also the root of the sandbox in
//! which they run.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The learners' toolchain.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// What the sandbox shows as `/usr`.
    pub(crate) usr: PathBuf,
    /// The linker for WebAssembly, where it is not the compiler's own, as the sandbox shows it.
    pub(crate) linker: Option<String>,
    /// The version of rustc.
    pub rustc_version: String,
    /// SHA-256 of its files: part of every verdict's key.
    pub sha256: String,
}

/// `toolchain.json`.
#[derive(Deserialize)]
struct Description {
    rustc_version: String,
    linker: Option<String>,
    sha256: String,
}

impl Toolchain {
    /// Reads what a folder holds.
    ///
    /// # Errors
    /// What is missing and what to do, as a sentence.
    pub fn open(folder: &Path) -> Result<Toolchain, String> {
        let missing = |what: String| {
            format!("the learners' toolchain is missing ({what}); run `cargo xtask setup`")
        };
        let file = folder.join("toolchain.json");
        let text = std::fs::read_to_string(&file)
            .map_err(|error| missing(format!("{}: {error}", file.display())))?;
        let description: Description = serde_json::from_str(&text)
            .map_err(|error| missing(format!("{}: {error}", file.display())))?;
        let usr = folder.join("root/usr");
        let compiler = usr.join("bin/rustc");
        if !compiler.is_file() {
            return Err(missing(format!("no file {}", compiler.display())));
        }
        let usr = usr
            .canonicalize()
            .map_err(|error| missing(format!("{}: {error}", usr.display())))?;
        let Description {
            rustc_version,
            linker,
            sha256,
        } = description;
        Ok(Toolchain {
            usr,
            linker,
            rustc_version,
            sha256,
        })
    }
}
