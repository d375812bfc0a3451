//! The flags that say where things are, shared by the commands that use them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use clap::Args;

use super::Failure;
use crate::config::DataFolder;

/// `--data`.
#[derive(Args, Clone, Debug)]
pub(super) struct Data {
    /// Folder of the database, or a database file such as a backup [default: .data, created if missing]
    #[arg(long, value_name = "DIR", env = "LATENCY_LAB_DATA")]
    data: Option<PathBuf>,
}

impl Data {
    /// The folder, which exists.
    pub(super) fn open(self) -> anyhow::Result<DataFolder> {
        DataFolder::open(self.data)
    }
}

/// `--content`.
#[derive(Args, Debug)]
pub(super) struct Content {
    /// Folder of lessons, read with its subfolders
    #[arg(
        long,
        value_name = "DIR",
        env = "LATENCY_LAB_CONTENT",
        default_value = "content/lessons"
    )]
    pub(super) content: PathBuf,
}

/// `--exercises`.
#[derive(Args, Debug)]
pub(super) struct Exercises {
    /// Folder of exercises, read with its subfolders
    #[arg(
        long,
        value_name = "DIR",
        env = "LATENCY_LAB_EXERCISES",
        default_value = "exercises/catalog"
    )]
    pub(super) exercises: PathBuf,
}

impl Exercises {
    /// The slugs of the exercises that can be read, for links in lessons.
    pub(super) fn slugs(&self) -> BTreeSet<String> {
        exercises::load_catalog(&self.exercises)
            .0
            .into_iter()
            .map(|exercise| exercise.slug.to_string())
            .collect()
    }
}

/// `--toolchain`.
#[derive(Args, Debug)]
pub(super) struct Toolchain {
    /// Folder of the compiler for learners' code, made by `cargo xtask setup`
    #[arg(
        long,
        value_name = "DIR",
        env = "LATENCY_LAB_TOOLCHAIN",
        default_value = ".data/toolchain"
    )]
    pub(super) toolchain: PathBuf,
}

/// A folder that must be there.
pub(super) fn existing_folder<'a>(folder: &'a Path, flag: &str) -> Result<&'a Path, Failure> {
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(Failure::Usage(anyhow!(
        "the folder {} does not exist: name another with `{flag}`",
        folder.display()
    )))
}
