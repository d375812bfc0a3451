//! What was found out about an exercise's programs, so that an unchanged catalogue is not graded again.
//!
//! Only what was as claimed is kept, by the key of its verdict ([`exercises::verdict_key`]): a change of the program, the
//! exercise, the toolchain or the grader is another key, and whatever was not as claimed is graded again.

use std::{fs, io, path::PathBuf};

use exercises::Report;

/// The folder in the data folder.
const FOLDER: &str = "checked";

/// Reports by key.
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// What is kept in this data folder.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub(super) fn open(data: &std::path::Path) -> io::Result<Kept> {
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        Ok(Kept { folder })
    }

    /// The report under a key; none where it cannot be read, which only costs another grading.
    pub(super) fn find(&self, key: &str) -> Option<Report> {
        serde_json::from_slice(&fs::read(self.folder.join(key)).ok()?).ok()
    }

    /// Keeps a report, without the samples of its chart.
    ///
    /// # Errors
    /// The disk failed.
    pub(super) fn keep(&self, key: &str, report: &Report) -> anyhow::Result<()> {
        let report = Report {
            samples_before_ns: Vec::new(),
            samples_after_ns: Vec::new(),
            ..report.clone()
        };
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, &report)?;
        file.persist(self.folder.join(key))?;
        Ok(())
    }
}
