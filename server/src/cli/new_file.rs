//! Files that commands write: never over another one, and whole or not at all.

use std::path::Path;

use anyhow::{Context, anyhow};
use tempfile::NamedTempFile;

use super::Failure;

/// A file that does not exist yet. What is written goes into another one beside it, which is made at once, so that a place
/// that cannot be written to is told before any work is done.
pub(super) struct NewFile<'name> {
    name: &'name Path,
    /// The file beside it, gone again unless it is kept.
    pub(super) beside: NamedTempFile,
}

impl NewFile<'_> {
    /// Prepares a file with this name.
    ///
    /// # Errors
    /// It exists, or its folder cannot be written to.
    pub(super) fn open(name: &Path) -> Result<NewFile<'_>, Failure> {
        if name.exists() {
            return Err(Failure::Usage(anyhow!(
                "{} exists already, and nothing is written over it: name a file that does not",
                name.display()
            )));
        }
        let folder = match name.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let beside = NamedTempFile::new_in(folder)
            .with_context(|| cannot_write(name))
            .map_err(Failure::Usage)?;
        Ok(NewFile { name, beside })
    }

    /// Puts what was written in its place.
    ///
    /// # Errors
    /// The disk failed, or somebody else was faster.
    pub(super) fn keep(self) -> anyhow::Result<()> {
        let (name, beside) = (self.name, self.beside);
        beside
            .as_file()
            .sync_all()
            .with_context(|| cannot_write(name))?;
        beside
            .persist_noclobber(name)
            .with_context(|| cannot_write(name))?;
        Ok(())
    }
}

fn cannot_write(name: &Path) -> String {
    format!(
        "{} cannot be written: check the folder and the space in it",
        name.display()
    )
}
