//! What a browser was told is saved, is saved: the server is killed in the middle and nothing is lost or doubled.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{program, workspace};

/// The real program on a data folder.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(data: &Path, port: u16) -> anyhow::Result<Process> {
        let mut child = Command::new(program()?)
            .current_dir(workspace())
            .args(["serve", "--no-worker", "--data"])
            .arg(data)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().context("it has an output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        ensure!(
            address.starts_with("http://localhost:"),
            "it did not start: {address:?}"
        );
        Ok(Process {
            child,
            address: address.trim().to_owned(),
        })
    }

    /// Sends it the signal that cannot be caught.
    fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn get(&self, path: &str, cookie: &str) -> anyhow::Result<(String, String)> {
        let mut answer = ureq::get(format!("{}{path}", self.address))
            .header("cookie", cookie)
            .call()?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .unwrap_or(cookie)
            .to_owned();
        Ok((answer.body_mut().read_to_string()?, cookie))
    }

    fn post(&self, path: &str, cookie: &str, body: &Value) -> anyhow::Result<Value> {
        let mut answer = ureq::post(format!("{}{path}", self.address))
            .header("cookie", cookie)
            .content_type("application/json")
            .send(body.to_string())?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    }
}

/// A port that was free a moment ago.
fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}

#[test]
fn an_answer_that_was_acknowledged_survives_kill_9_and_is_never_stored_twice() -> anyhow::Result<()>
{
    let data = tempfile::tempdir()?;
    let server = Process::start(data.path(), free_port()?)?;
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

    let server = Process::start(data.path(), free_port()?)?;
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
    let server = Process::start(data.path(), free_port()?)?;
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

    let server = Process::start(&copy, free_port()?)?;
    let (page, _) = server.get("/en/lessons/22", &cookie)?;
    ensure!(page.contains("kept in the copy"));
    server.kill()
}
