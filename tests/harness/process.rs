//! The real program, started as people start it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{program, toolchain, workspace};

/// The real program on a data folder.
pub struct Process {
    child: Child,
    address: String,
}

impl Process {
    /// Serves without a worker.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(data: &Path) -> anyhow::Result<Process> {
        let mut command = Command::new(program()?);
        command.args(["serve", "--no-worker"]);
        Process::serve(command, data)
    }

    /// Serves without a worker, with more flags.
    ///
    /// # Errors
    /// It does not start.
    pub fn start_with(data: &Path, flags: &[String]) -> anyhow::Result<Process> {
        let mut command = Command::new(program()?);
        command.args(["serve", "--no-worker"]).args(flags);
        Process::serve(command, data)
    }

    /// Serves and grades.
    ///
    /// # Errors
    /// It does not start.
    pub fn start_with_worker(data: &Path) -> anyhow::Result<Process> {
        let mut command = Command::new(program()?);
        command.arg("serve");
        Process::serve(command, data)
    }

    /// Serves and grades, with so many bytes of disk for the grader's files.
    ///
    /// # Errors
    /// It does not start.
    pub fn start_with_small_scratch(data: &Path, bytes: u64) -> anyhow::Result<Process> {
        let mut command = Command::new("bwrap");
        command
            .args([
                "--dev-bind",
                "/",
                "/",
                "--proc",
                "/proc",
                "--cap-add",
                "ALL",
                "--die-with-parent",
                "--size",
            ])
            .arg(bytes.to_string())
            .arg("--tmpfs")
            .arg(data.join("scratch"))
            .arg("--")
            .arg(program()?)
            .arg("serve");
        Process::serve(command, data)
    }

    fn serve(mut command: Command, data: &Path) -> anyhow::Result<Process> {
        let mut child = command
            .current_dir(workspace())
            .arg("--data")
            .arg(data)
            .arg("--toolchain")
            .arg(toolchain())
            .args(["--listen", "127.0.0.1:0"])
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

    /// The number of the process that was started.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it the signal that cannot be caught.
    ///
    /// # Errors
    /// It had ended by itself.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Loads a page; what comes back are its text and the learner's cookie.
    ///
    /// # Errors
    /// There is none.
    pub fn get(&self, path: &str, cookie: &str) -> anyhow::Result<(String, String)> {
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

    /// Sends a form, as a browser without scripts does, and follows where it leads.
    ///
    /// # Errors
    /// It was refused.
    pub fn post_form(
        &self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        ureq::post(format!("{}{path}", self.address))
            .header("cookie", cookie)
            .send_form(fields.iter().copied())?;
        Ok(())
    }

    /// Sends JSON and reads JSON.
    ///
    /// # Errors
    /// It was refused.
    pub fn post(&self, path: &str, cookie: &str, body: &Value) -> anyhow::Result<Value> {
        let mut answer = ureq::post(format!("{}{path}", self.address))
            .header("cookie", cookie)
            .content_type("application/json")
            .send(body.to_string())?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    }

    /// The stages of a submission as they come, until its last.
    ///
    /// # Errors
    /// There is no such submission.
    pub fn stages(
        &self,
        submission: &str,
        cookie: &str,
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<String>> + use<>> {
        let path = format!("{}/api/v1/submissions/{submission}/events", self.address);
        let answer = ureq::get(path).header("cookie", cookie).call()?;
        let lines = BufReader::new(answer.into_body().into_reader()).lines();
        Ok(lines.filter_map(|line| {
            let stage = |line: String| -> anyhow::Result<Option<String>> {
                let Some(event) = line.strip_prefix("data:") else {
                    return Ok(None);
                };
                let event: Value = serde_json::from_str(event)?;
                Ok(event["stage"].as_str().map(str::to_owned))
            };
            line.map_err(Into::into).and_then(stage).transpose()
        }))
    }
}
