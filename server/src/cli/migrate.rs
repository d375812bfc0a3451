//! `latency-lab migrate`.

use clap::Args;

use super::{Outcome, block_on, places};
use crate::db::Db;

/// The arguments of `migrate`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: places::Data,
}

/// Prints and applies what the database lacks, as `serve` does at its start.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let data = arguments.data.open()?;
    block_on(async {
        let db = Db::connect(&data.database).await?;
        let applied = db.migrate().await?;
        for migration in &applied {
            println!("applied {migration}");
        }
        if applied.is_empty() {
            println!("{} is up to date", data.database.display());
        }
        db.close().await;
        Ok(())
    })?
}
