//! What a browser was told is saved, is saved: the server is killed in the middle and nothing is lost or doubled.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::json;
use uuid::Uuid;

use crate::harness::{Process, program};

#[test]
fn an_answer_that_was_acknowledged_survives_kill_9_and_is_never_stored_twice() -> anyhow::Result<()>
{
    let data = tempfile::tempdir()?;
    let server = Process::start(data.path())?;
    let (page, cookie) = server.get("/bg/lessons/22", "")?;
    let item = page
        .split_once("name=\"item\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .context("the page has a question")?
        .parse::<i64>()?;
    let answer = json!({"id": Uuid::new_v4().to_string(), "item": item, "text": "преди смъртта"});
    let review = json!({
        "id": Uuid::new_v4().to_string(), "item": item, "answer": answer["id"], "rating": 3, "ticks": []
    });
    server.post("/api/v1/answers", &cookie, &answer)?;
    let before = server.post("/api/v1/reviews", &cookie, &review)?;
    server.kill()?;

    let server = Process::start(data.path())?;
    let (page, _) = server.get("/bg/lessons/22", &cookie)?;
    ensure!(page.contains("преди смъртта"), "the answer is gone");
    let revealed = server.post("/api/v1/answers", &cookie, &answer)?;
    ensure!(revealed["text"] == "преди смъртта");
    let after = server.post("/api/v1/reviews", &cookie, &review)?;
    ensure!(
        before == after,
        "a repeated rating moved the day from {before} to {after}"
    );
    server.kill()
}

#[test]
fn a_server_on_a_backup_knows_the_same_learner() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Process::start(data.path())?;
    let (page, cookie) = server.get("/en/lessons/22", "")?;
    let item = page
        .split_once("name=\"item\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .context("the page has a question")?
        .parse::<i64>()?;
    let answer =
        json!({"id": Uuid::new_v4().to_string(), "item": item, "text": "kept in the copy"});
    server.post("/api/v1/answers", &cookie, &answer)?;

    let copy = data.path().join("copy.db");
    let backup = || {
        Command::new(program()?)
            .arg("backup")
            .arg(&copy)
            .arg("--data")
            .arg(data.path())
            .stderr(Stdio::null())
            .status()
            .context("the backup runs")
    };
    ensure!(backup()?.success());
    ensure!(
        backup()?.code() == Some(2),
        "an existing file is never overwritten"
    );
    server.kill()?;

    let server = Process::start(&copy)?;
    let (page, _) = server.get("/en/lessons/22", &cookie)?;
    ensure!(page.contains("kept in the copy"));
    server.kill()
}
