//! A course of a thousand lessons: how long it takes to start, until a save is live, to search, and to check.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::server::Server;
use super::summary;
use crate::layout::Layout;
use crate::serve;

const LESSONS: u32 = 1_000;
const SAVES: u32 = 10;
const SEARCHES: usize = 1_000;

/// A save that is not live after this long never will be.
const PATIENCE: Duration = Duration::from_secs(10);

/// Words that every lesson has, words that one has, and words that none has.
const QUERIES: [&str; 6] = [
    "system",
    "latency+throughput",
    "bottlenecks",
    "lesson500",
    "lesson7+profiling",
    "zebra",
];

/// Prints all of it.
///
/// # Errors
/// When the server cannot be started or does not answer as it should.
pub fn measure(layout: &Layout) -> Result<()> {
    let folder =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    let lessons = folder.path().join("lessons");
    let template = fs::read_to_string(
        layout
            .root()
            .join("content/lessons/en/22-performance-and-latency.md"),
    )?;
    write_course(&lessons, &template)?;
    let data = folder.path().join("data");
    fs::create_dir(&data)?;
    let content = lessons.to_string_lossy().into_owned();
    let arguments = ["--content", &content, "--no-worker"];

    let (server, first) = Server::start_with(layout, &data, &arguments)?;
    println!(
        "  ready with {LESSONS} lessons that nobody read before: {} ms",
        first.as_millis()
    );
    drop(server);
    let (server, again) = Server::start_with(layout, &data, &arguments)?;
    println!("  ready again: {} ms", again.as_millis());

    let mut saves = Vec::new();
    for number in 1..=SAVES {
        saves.push(save(&server, &lessons, &template, number)?);
    }
    println!("  live after a save: {}", summary(&mut saves));

    let mut searches = Vec::new();
    for query in QUERIES.iter().cycle().take(SEARCHES) {
        let started = Instant::now();
        get(&server, &format!("/en/search?q={query}"))?;
        searches.push(started.elapsed());
    }
    searches.sort();
    println!(
        "  search, request to page: median {:.1} ms, p99 {:.1} ms",
        milliseconds(searches[searches.len() / 2]),
        milliseconds(searches[searches.len() * 99 / 100])
    );
    drop(server);

    let started = Instant::now();
    let status = serve::program(layout)
        .args(["check", "--format", "json"])
        .arg(&lessons)
        .stdout(Stdio::null())
        .status()?;
    ensure!(status.success(), "`check` found errors in the course");
    println!("  check of all: {} ms", started.elapsed().as_millis());
    Ok(())
}

fn write_course(folder: &Path, template: &str) -> Result<()> {
    fs::create_dir_all(folder.join("en"))?;
    for number in 1..=LESSONS {
        fs::write(file(folder, number), lesson(template, number, "as written"))?;
    }
    Ok(())
}

fn file(folder: &Path, number: u32) -> std::path::PathBuf {
    folder.join(format!("en/{number:04}.md"))
}

fn lesson(template: &str, number: u32, word: &str) -> String {
    let title = template.lines().next().unwrap_or_default();
    template.replacen(
        title,
        &format!("# {number} - Lesson{number} on latency, {word}"),
        1,
    )
}

/// Saves a lesson and waits until its page has what is new.
fn save(server: &Server, folder: &Path, template: &str, number: u32) -> Result<Duration> {
    let word = format!("saved{number}");
    fs::write(file(folder, number), lesson(template, number, &word))?;
    let started = Instant::now();
    while !get(server, &format!("/en/lessons/{number}"))?.contains(&word) {
        ensure!(
            started.elapsed() < PATIENCE,
            "a saved lesson did not appear"
        );
    }
    Ok(started.elapsed())
}

fn get(server: &Server, path: &str) -> Result<String> {
    let mut response = ureq::get(format!("{}{path}", server.address())).call()?;
    Ok(response.body_mut().read_to_string()?)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
