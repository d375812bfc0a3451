//! The compilers of this installation, which `cargo xtask` puts into one folder: that for Rust, which every installation
//! needs since generators are written in it, and one below it for each other language that has a compiler of its own. Each is
//! also the root of the sandbox in which it runs.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::precheck::hex;

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
    /// The compiler of C, or why there is none.
    pub(crate) c: Result<Compiler, String>,
    /// The compiler of AssemblyScript, or why there is none.
    pub(crate) assemblyscript: Result<Compiler, String>,
}

/// The compiler of a language other than Rust.
#[derive(Clone, Debug)]
pub(crate) struct Compiler {
    /// What the sandbox shows as `/usr`.
    pub usr: PathBuf,
    /// Its name and version.
    pub version: String,
    /// SHA-256 of its files.
    pub sha256: String,
}

/// The name of the file that describes a compiler, beside its files.
const DESCRIPTION: &str = "toolchain.json";

/// `toolchain.json` of the whole.
#[derive(Deserialize)]
struct Description {
    rustc_version: String,
    linker: Option<String>,
    sha256: String,
}

/// `toolchain.json` of another language.
#[derive(Deserialize)]
#[serde(untagged)]
enum LanguageDescription {
    /// It was installed.
    Installed { version: String, sha256: String },
    /// It could not be installed, for this reason.
    Missing { missing: String },
}

impl Toolchain {
    /// Reads what a folder holds.
    ///
    /// # Errors
    /// What is missing of what every language needs and what to do, as a sentence.
    pub fn open(folder: &Path) -> Result<Toolchain, String> {
        let missing = |what: String| {
            format!("the learners' toolchain is missing ({what}); run `cargo xtask setup`")
        };
        let file = folder.join(DESCRIPTION);
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
            c: Compiler::open(folder, Language::C),
            assemblyscript: Compiler::open(folder, Language::AssemblyScript),
        })
    }

    /// SHA-256 of all files that make a language's programs: part of every verdict's key.
    pub fn sha256_of(&self, language: Language) -> String {
        match language.description().compiler_sha256(self) {
            None => self.sha256.clone(),
            // Generators are compiled by the other one.
            Some(own) => hex(&Sha256::digest(format!("{}\n{own}", self.sha256))),
        }
    }

    /// The version of a language's compiler, with the compiler's name.
    ///
    /// # Errors
    /// Why the language is not installed here, as a sentence.
    pub fn version_of(&self, language: Language) -> Result<String, String> {
        language.description().version(self)
    }
}

impl Compiler {
    /// Reads what the folder of a language holds.
    fn open(folder: &Path, language: Language) -> Result<Compiler, String> {
        let folder = folder.join(language.name());
        let file = folder.join(DESCRIPTION);
        let unusable = |error: String| {
            format!(
                "its compiler is not there ({}: {error}); run `cargo xtask setup`",
                file.display()
            )
        };
        let text = std::fs::read_to_string(&file).map_err(|error| unusable(error.to_string()))?;
        match serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))? {
            LanguageDescription::Missing { missing } => Err(missing),
            LanguageDescription::Installed { version, sha256 } => Ok(Compiler {
                usr: folder
                    .join("root/usr")
                    .canonicalize()
                    .map_err(|error| unusable(error.to_string()))?,
                version,
                sha256,
            }),
        }
    }
}
