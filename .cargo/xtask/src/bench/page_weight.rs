//! What the first visit of a lesson costs: everything that Chromium fetches with an empty cache, as it reports itself.
//!
//! Asking the browser, not the page, counts what is really fetched: only the fonts whose letters occur, nothing twice.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use super::server::Server;
use crate::layout::Layout;
use crate::process::{command, quietly};

const PAGE: &str = "/bg/lessons/22";

/// Prints each file that the visit fetches, with its compressed and its full size.
///
/// # Errors
/// When the browser or the server cannot be started.
pub fn measure(layout: &Layout) -> Result<()> {
    let folder =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    let data = folder.path().join("data");
    fs::create_dir(&data)?;
    let (server, _) = Server::start(layout, &data)?;
    let log = folder.path().join("net-log.json");

    let mut chromium = command("chromium");
    chromium.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1440,900",
    ]);
    // The page is left when nothing has happened for a while, so that the islands have been fetched.
    chromium.args([
        "--disable-background-networking",
        "--virtual-time-budget=5000",
        "--dump-dom",
    ]);
    chromium.arg(format!(
        "--user-data-dir={}",
        folder.path().join("profile").display()
    ));
    chromium.arg(format!("--log-net-log={}", log.display()));
    chromium.arg(format!("{}{PAGE}", server.address()));
    quietly(&mut chromium, "install Chromium with `cargo xtask setup`")?;

    let log = fs::read(&log).context("Chromium wrote no log of what it fetched")?;
    let log: NetLog = serde_json::from_slice(&log)
        .context("Chromium's log has a form that this program does not know")?;
    print!("{}", table(&log.fetched(server.address())));
    Ok(())
}

/// Chromium's own log of the network, as far as it concerns us.
#[derive(Deserialize)]
struct NetLog {
    constants: Constants,
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Constants {
    log_event_types: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: u32,
    source: Source,
    #[serde(default)]
    params: Value,
}

#[derive(Deserialize)]
struct Source {
    id: u64,
}

/// One request.
#[derive(Default)]
struct Fetch {
    path: String,
    /// As it was sent; 0 where that is the same as its full size.
    sent_bytes: u64,
    full_bytes: u64,
}

impl Fetch {
    fn compressed_bytes(&self) -> u64 {
        if self.sent_bytes == 0 {
            self.full_bytes
        } else {
            self.sent_bytes
        }
    }
}

impl NetLog {
    /// What was fetched from `address`, in the order of the requests.
    fn fetched(&self, address: &str) -> Vec<Fetch> {
        let kind = |name: &str| self.constants.log_event_types.get(name).copied();
        let (started, sent, full) = (
            kind("URL_REQUEST_START_JOB"),
            kind("URL_REQUEST_JOB_BYTES_READ"),
            kind("URL_REQUEST_JOB_FILTERED_BYTES_READ"),
        );
        let mut fetches: BTreeMap<u64, Fetch> = BTreeMap::new();
        for Event {
            kind,
            source,
            params,
        } in &self.events
        {
            let kind = Some(*kind);
            let bytes = params["byte_count"].as_u64().unwrap_or(0);
            if kind == started {
                if let Some(path) = params["url"]
                    .as_str()
                    .and_then(|url| url.strip_prefix(address))
                {
                    fetches.entry(source.id).or_default().path = path.into();
                }
            } else if let Some(fetch) = fetches.get_mut(&source.id) {
                if kind == sent {
                    fetch.sent_bytes += bytes;
                } else if kind == full {
                    fetch.full_bytes += bytes;
                }
            }
        }
        fetches.into_values().collect()
    }
}

/// The fetches, their sum, and the share of the WebAssembly.
fn table(fetches: &[Fetch]) -> String {
    let line =
        |name: &str, compressed: u64, full: u64| format!("  {name:48} {compressed:>9} {full:>9}\n");
    let mut table = format!("  {:48} {:>9} {:>9}\n", "bytes", "sent", "in full");
    let sum = |wanted: &dyn Fn(&Fetch) -> bool| {
        fetches
            .iter()
            .filter(|fetch| wanted(fetch))
            .fold((0, 0), |(compressed, full), fetch| {
                (
                    compressed + fetch.compressed_bytes(),
                    full + fetch.full_bytes,
                )
            })
    };
    for fetch in fetches {
        table += &line(&fetch.path, fetch.compressed_bytes(), fetch.full_bytes);
    }
    let (compressed, full) = sum(&|_| true);
    table += &line("everything", compressed, full);
    let (compressed, full) = sum(&|fetch| fetch.path.ends_with(".wasm"));
    table += &line("of it WebAssembly", compressed, full);
    table
}

#[cfg(test)]
mod tests;
