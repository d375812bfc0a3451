//! `latency-lab backup FILE`.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use super::{Failure, Outcome, block_on, places};
use crate::db::Db;

/// The arguments of `backup`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Where the copy goes; the file must not exist yet
    file: PathBuf,
    #[command(flatten)]
    data: places::Data,
}

/// Writes the copy beside its place and moves it there when it is whole, so that a copy that was interrupted is never
/// taken for one that was not.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let file = arguments.file;
    let data = arguments.data.open()?;
    if file.exists() {
        return Err(Failure::Usage(anyhow!(
            "{} exists already: name a file that does not",
            file.display()
        )));
    }
    if !data.database.is_file() {
        return Err(Failure::Usage(anyhow!(
            "there is no database {} to copy",
            data.database.display()
        )));
    }
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let cannot_write = || {
        format!(
            "{} cannot be written: check the folder and the space in it",
            file.display()
        )
    };
    let partial = tempfile::Builder::new()
        .prefix(".latency-lab-backup-")
        .tempfile_in(folder)
        .with_context(cannot_write)?;
    block_on(async {
        let db = Db::connect(&data.database).await?;
        let copied = db.copy_to(partial.path()).await;
        db.close().await;
        copied
    })?
    .with_context(cannot_write)?;
    partial.as_file().sync_all().with_context(cannot_write)?;
    // Another backup may have been faster.
    partial
        .persist_noclobber(&file)
        .with_context(cannot_write)?;
    println!(
        "{} is written; to serve it: latency-lab serve --data {}",
        file.display(),
        file.display()
    );
    Ok(())
}
