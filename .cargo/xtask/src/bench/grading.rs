//! How long a learner waits for a verdict: from submitting the reference of `memoize` until the verdict is there; and
//! how many verdicts there are in a minute when everybody hands in at once.
//!
//! Each submission ends with another comment, so that no verdict comes from the cache. The first is not counted: it
//! also compiles the starter, which stays compiled.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use super::server::Server;
use super::summary;
use crate::layout::Layout;

const EXERCISE: &str = "memoize";
const SUBMISSIONS: usize = 9;

/// How many learners hand in at once, and how many submissions each.
const CROWD: usize = 4;
const SUBMISSIONS_OF_EACH: usize = 3;

/// How often the state is asked for: much finer than what is measured.
const POLL: Duration = Duration::from_millis(5);

/// Nothing may take longer than this, whatever the machine does.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prints the time to a verdict, in all and by stage.
///
/// # Errors
/// When a submission is refused or gets no verdict.
pub fn measure(layout: &Layout) -> Result<()> {
    let path = layout
        .root()
        .join("exercises/catalog")
        .join(EXERCISE)
        .join("rust/reference.rs");
    let reference =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let data =
        tempfile::tempdir().context("no temporary folder can be made; free some space in /tmp")?;
    let (server, _) = Server::start(layout, data.path())?;
    let learner = Learner::arrive(&server)?;
    learner.submit(&reference)?;

    let mut totals = Vec::new();
    let mut stages: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for number in 0..SUBMISSIONS {
        let verdict = learner.submit(&format!("{reference}\n// Submission {number}.\n"))?;
        println!("  {} in {} ms", verdict.word, verdict.total.as_millis());
        totals.push(verdict.total);
        for (stage, time) in verdict.stages {
            stages.entry(stage).or_default().push(time);
        }
    }
    println!("  submit to verdict: {}", summary(&mut totals));
    for (stage, mut times) in stages {
        println!("  of it {stage}: {}", summary(&mut times));
    }
    throughput(&server, &reference)
}

fn throughput(server: &Server, reference: &str) -> Result<()> {
    let crowd: Vec<Learner> = (0..CROWD)
        .map(|_| Learner::arrive(server))
        .collect::<Result<_>>()?;
    let start = Instant::now();
    let mut waiting = Vec::new();
    for (number, learner) in crowd.iter().enumerate() {
        for turn in 0..SUBMISSIONS_OF_EACH {
            let source = format!("{reference}\n// Learner {number}, submission {turn}.\n");
            waiting.push((learner, learner.hand_in(&source)?));
        }
    }
    for (learner, id) in &waiting {
        while learner.state(id)?["report"].is_null() {
            anyhow::ensure!(
                start.elapsed() < PATIENCE,
                "not every submission got its verdict; see what the server logs"
            );
            thread::sleep(POLL);
        }
    }
    let minutes = start.elapsed().as_secs_f64() / 60.0;
    println!(
        "  one grader, which compiles on one core and measures on another: {:.0} verdicts a minute",
        waiting.len() as f64 / minutes
    );
    Ok(())
}

struct Verdict {
    word: String,
    total: Duration,
    /// How long each stage was seen.
    stages: Vec<(String, Duration)>,
}

/// Someone whose browser keeps the cookie it got.
struct Learner<'a> {
    server: &'a Server,
    cookie: String,
}

impl Learner<'_> {
    fn arrive(server: &Server) -> Result<Learner<'_>> {
        let page = ureq::get(format!("{}/en/exercises/{EXERCISE}", server.address())).call()?;
        let cookies = page.headers().get_all("set-cookie");
        let pairs: Vec<&str> = cookies
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .collect();
        Ok(Learner {
            server,
            cookie: pairs.join("; "),
        })
    }

    fn hand_in(&self, source: &str) -> Result<String> {
        let id = Uuid::now_v7().to_string();
        let submission = json!({"id": id, "exercise": EXERCISE, "language": "rust", "source": source,
            "predicted_speedup": null});
        let address = self.server.address();
        ureq::post(format!("{address}/api/v1/submissions"))
            .header("content-type", "application/json")
            .header("origin", address)
            .header("cookie", &self.cookie)
            .send(submission.to_string())?;
        Ok(id)
    }

    fn submit(&self, source: &str) -> Result<Verdict> {
        let start = Instant::now();
        let id = self.hand_in(source)?;
        let mut stages: Vec<(String, Duration)> = Vec::new();
        let mut stage_start = start;
        let mut stage = String::from("queued");
        loop {
            let state = self.state(&id)?;
            let now = Instant::now();
            let seen = state["stage"]
                .as_str()
                .context("the state of a submission has no stage")?;
            if seen != stage {
                stages.push((
                    std::mem::replace(&mut stage, seen.into()),
                    now - stage_start,
                ));
                stage_start = now;
            }
            if let Some(word) = state["report"]["verdict"].as_str() {
                return Ok(Verdict {
                    word: word.into(),
                    total: now - start,
                    stages,
                });
            }
            anyhow::ensure!(
                now - start < PATIENCE,
                "the submission is still {stage}; see what the server logs"
            );
            thread::sleep(POLL);
        }
    }

    fn state(&self, id: &str) -> Result<Value> {
        let mut answer = ureq::get(format!("{}/api/v1/submissions/{id}", self.server.address()))
            .header("cookie", &self.cookie)
            .call()?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    }
}
