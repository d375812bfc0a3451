//! Prints the figures of retention. The arguments are a folder for the database, the number of learners with a thousand items
//! each, and the number of reviews of each item.

use std::path::PathBuf;

use anyhow::Context;
use server::figures::{self, Scale};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder: PathBuf = arguments.next().context("name a folder")?.into();
    let learners = arguments.next().context("say how many learners")?.parse()?;
    let reviews_each = arguments.next().context("say how many reviews")?.parse()?;
    let scale = Scale {
        learners,
        reviews_each,
    };
    figures::retention(&folder, scale).await
}
