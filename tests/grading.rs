//! Whatever happens to the machine while something is graded, no submission is lost, and none fails through our fault.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Process, workspace};

/// Hands in the reference of `memoize`, which passes, with a first line of its own.
fn submit(server: &Process, cookie: &str, first_line: &str) -> anyhow::Result<String> {
    let source = workspace().join("exercises/catalog/memoize/rust/reference.rs");
    let id = Uuid::new_v4().to_string();
    let new = json!({
        "id": id, "exercise": "memoize", "language": "rust", "source": format!("{first_line}{}", fs::read_to_string(source)?),
        "predicted_speedup": null
    });
    server.post("/api/v1/submissions", cookie, &new)?;
    Ok(id)
}

/// Follows a submission until it is in a stage.
fn follow_until(server: &Process, id: &str, cookie: &str, wanted: &str) -> anyhow::Result<()> {
    for stage in server.stages(id, cookie)? {
        if stage? == wanted {
            return Ok(());
        }
    }
    anyhow::bail!("it never came to the stage {wanted}")
}

fn state_of(server: &Process, id: &str, cookie: &str) -> anyhow::Result<Value> {
    let (state, _) = server.get(&format!("/api/v1/submissions/{id}"), cookie)?;
    Ok(serde_json::from_str(&state)?)
}

/// The processes that `parent` started, by their command line.
fn children(parent: u32) -> anyhow::Result<Vec<(u32, String)>> {
    let mut children = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(id) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // A process may end while it is looked at.
        let Ok(status) = fs::read_to_string(format!("/proc/{id}/status")) else {
            continue;
        };
        let is_child = status.lines().any(|line| {
            line.strip_prefix("PPid:")
                .is_some_and(|of| of.trim() == parent.to_string())
        });
        if is_child {
            let command = fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
            children.push((id, command.replace('\0', " ")));
        }
    }
    Ok(children)
}

fn kill_9(process: u32) -> anyhow::Result<()> {
    let killed = Command::new("kill")
        .args(["-9", &process.to_string()])
        .status()?;
    ensure!(killed.success(), "process {process} could not be killed");
    Ok(())
}

#[test]
fn a_worker_that_is_killed_in_the_middle_of_a_job_is_replaced_and_the_verdict_comes()
-> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Process::start_with_worker(data.path())?;
    let (_, cookie) = server.get("/bg/exercises/memoize", "")?;
    let id = submit(&server, &cookie, "")?;
    follow_until(&server, &id, &cookie, "checking")?;
    let workers = children(server.id())?;
    let (worker, _) = workers
        .iter()
        .find(|(_, command)| command.contains(" worker "))
        .with_context(|| format!("the server has a worker: {workers:?}"))?;
    kill_9(*worker)?;
    follow_until(&server, &id, &cookie, "done")?;
    let state = state_of(&server, &id, &cookie)?;
    ensure!(state["report"]["passed"] == true, "{state}");
    server.kill()
}

#[test]
fn a_submission_outlives_the_server_that_was_grading_it() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Process::start_with_worker(data.path())?;
    let (_, cookie) = server.get("/bg/exercises/memoize", "")?;
    let id = submit(&server, &cookie, "")?;
    follow_until(&server, &id, &cookie, "compiling")?;
    server.kill()?;

    let server = Process::start_with_worker(data.path())?;
    follow_until(&server, &id, &cookie, "done")?;
    let state = state_of(&server, &id, &cookie)?;
    ensure!(state["report"]["passed"] == true, "{state}");
    server.kill()
}

#[test]
fn on_a_full_disk_nothing_is_graded_and_when_there_is_room_again_it_is() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    fs::create_dir(data.path().join("scratch"))?;
    let server = Process::start_with_small_scratch(data.path(), 64 << 20)?;
    let (_, cookie) = server.get("/bg/exercises/memoize", "")?;
    // The first verdict shows that there was room enough.
    let id = submit(&server, &cookie, "")?;
    follow_until(&server, &id, &cookie, "done")?;

    let full = FullDisk::fill(inside(&server, data.path())?.join("filler"))?;
    let id = submit(&server, &cookie, "// not in the cache\n")?;
    follow_until(&server, &id, &cookie, "not_graded")?;
    let state = state_of(&server, &id, &cookie)?;
    ensure!(
        state["report"].is_null(),
        "our failure is nobody's verdict: {state}"
    );

    full.make_room()?;
    server.post(
        &format!("/api/v1/submissions/{id}/rerun"),
        &cookie,
        &json!({}),
    )?;
    follow_until(&server, &id, &cookie, "done")?;
    let state = state_of(&server, &id, &cookie)?;
    ensure!(state["report"]["passed"] == true, "{state}");
    server.kill()
}

/// The scratch folder as the server sees it, which nobody else does.
fn inside(server: &Process, data: &Path) -> anyhow::Result<PathBuf> {
    let mut process = server.id();
    // `bwrap` stays outside; its child is the server.
    while let Some((child, _)) = children(process)?.first() {
        process = *child;
        let command = fs::read_to_string(format!("/proc/{process}/cmdline"))?;
        if command.contains("latency-lab\0serve") {
            break;
        }
    }
    let scratch = data.join("scratch");
    let scratch = scratch.strip_prefix("/").unwrap_or(&scratch);
    Ok(Path::new("/proc")
        .join(process.to_string())
        .join("root")
        .join(scratch))
}

/// A disk on which there is no room, also when others delete something.
struct FullDisk {
    file: PathBuf,
    over: Arc<AtomicBool>,
    filling: JoinHandle<()>,
}

impl FullDisk {
    fn fill(file: PathBuf) -> anyhow::Result<FullDisk> {
        let mut filler = File::create(&file)?;
        let block = [0; 1 << 16];
        while filler.write_all(&block).is_ok() {}
        let over = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&over);
        let filling = thread::spawn(move || {
            while !seen.load(Ordering::Relaxed) {
                if filler.write_all(&block).is_err() {
                    thread::yield_now();
                }
            }
        });
        Ok(FullDisk {
            file,
            over,
            filling,
        })
    }

    fn make_room(self) -> anyhow::Result<()> {
        self.over.store(true, Ordering::Relaxed);
        self.filling
            .join()
            .map_err(|_| anyhow::anyhow!("the disk was no longer filled"))?;
        Ok(fs::remove_file(self.file)?)
    }
}
