//! How long `serve` takes until it is ready, on a data folder that exists: the first start also makes the database.

use anyhow::{Context, Result};

use super::server::Server;
use super::summary;
use crate::layout::Layout;

const STARTS: usize = 10;

/// Prints the time to start for the first time, and again.
///
/// # Errors
/// When the server cannot be started.
pub fn measure(layout: &Layout) -> Result<()> {
    let data =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    let (_, first) = Server::start(layout, data.path())?;
    println!(
        "  ready with an empty data folder: {} ms",
        first.as_millis()
    );
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let (_, time) = Server::start(layout, data.path())?;
        times.push(time);
    }
    println!("  ready again: {}", summary(&mut times));
    Ok(())
}
