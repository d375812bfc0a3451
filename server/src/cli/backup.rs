//! `latency-lab backup FILE`.

use std::path::PathBuf;

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
    let mut partial = file.clone().into_os_string();
    partial.push(format!(".partial-{}", std::process::id()));
    let partial = PathBuf::from(partial);
    let cannot_write = || {
        format!(
            "{} cannot be written: check the folder and the space in it",
            file.display()
        )
    };
    block_on(async {
        let db = Db::connect(&data.database).await?;
        let copied = db.copy_to(&partial).await;
        db.close().await;
        copied
    })?
    .with_context(cannot_write)?;
    // A link, unlike a rename, fails when another backup was faster.
    let linked = std::fs::hard_link(&partial, &file);
    std::fs::remove_file(&partial).with_context(cannot_write)?;
    linked.with_context(cannot_write)?;
    println!(
        "{} is written; to serve it: latency-lab serve --data {}",
        file.display(),
        file.display()
    );
    Ok(())
}
