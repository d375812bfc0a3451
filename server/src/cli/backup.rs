//! `latency-lab backup FILE`.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;

use super::{Failure, Outcome, block_on, new_file::NewFile, places};
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
    if !data.database.is_file() {
        return Err(Failure::Usage(anyhow!(
            "there is no database {} to copy",
            data.database.display()
        )));
    }
    let copy = NewFile::open(&file)?;
    block_on(async {
        let db = Db::connect(&data.database).await?;
        let copied = db.copy_to(copy.beside.path()).await;
        db.close().await;
        copied
    })?
    .with_context(|| {
        format!(
            "{} cannot be written: check the space in its folder",
            file.display()
        )
    })?;
    copy.keep()?;
    println!(
        "{} is written; to serve it: latency-lab serve --data {}",
        file.display(),
        file.display()
    );
    Ok(())
}
