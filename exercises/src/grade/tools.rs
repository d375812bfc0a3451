//! What grading needs on a machine: sandbox, toolchain, scratch folder and child.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::GraderError;
use crate::child::{self, CHILD_ARGUMENT, Task};
use crate::sandbox::{Finished, Limits, Process, Sandbox};
use crate::toolchain::Toolchain;

/// Why nothing can be graded here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("grading is not available: {missing}")]
pub struct Unavailable {
    /// What is missing and what to do, as a sentence.
    pub missing: String,
}

/// What grading needs on a machine.
#[derive(Debug)]
pub struct Tools {
    pub(crate) sandbox: Sandbox,
    pub(crate) toolchain: Toolchain,
    pub(crate) scratch: PathBuf,
    /// Files that the child's process consists of, with their places in the sandbox.
    child_files: Vec<(PathBuf, String)>,
}

/// Where the sandbox shows the child's program.
const CHILD_PLACE: &str = "/bin/child";

/// What the attempts to get out may use.
const PROBE_LIMITS: Limits = Limits {
    address_space_bytes: None,
    data_bytes: 1 << 30,
    processor_seconds: 2,
    file_bytes: 0,
    wall: Duration::from_secs(5),
    output_bytes: 64 << 10,
};

impl Tools {
    pub(super) fn open(
        toolchain: &Path,
        scratch: &Path,
        child: &Path,
    ) -> Result<Tools, Unavailable> {
        let unavailable = |missing| Unavailable { missing };
        let sandbox = Sandbox::find().map_err(unavailable)?;
        let toolchain = Toolchain::open(toolchain).map_err(unavailable)?;
        let with = |path: &Path, error: io::Error| Unavailable {
            missing: format!("{}: {error}", path.display()),
        };
        fs::create_dir_all(scratch).map_err(|error| with(scratch, error))?;
        let scratch = scratch
            .canonicalize()
            .map_err(|error| with(scratch, error))?;
        remove_abandoned_jobs(&scratch).map_err(|error| with(&scratch, error))?;
        let child_files = child_files(child).map_err(|error| with(child, error))?;
        let tools = Tools {
            sandbox,
            toolchain,
            scratch,
            child_files,
        };
        tools.try_to_escape().map_err(unavailable)?;
        Ok(tools)
    }

    /// A folder for the files of one job, removed when it is dropped.
    pub(crate) fn job_folder(&self) -> io::Result<TempDir> {
        tempfile::Builder::new()
            .prefix(JOB_PREFIX)
            .tempdir_in(&self.scratch)
    }

    /// A child that does a task, without the task's files.
    pub(crate) fn child_process(&self, limits: Limits, task: &Task) -> io::Result<Process> {
        Ok(Process {
            command: vec![CHILD_PLACE.to_owned(), CHILD_ARGUMENT.to_owned()],
            read_only: self.child_files.clone(),
            links: Vec::new(),
            writable: None,
            folder: "/".to_owned(),
            environment: vec![("LD_LIBRARY_PATH".to_owned(), "/lib".to_owned())],
            input: serde_json::to_vec(task)?,
            limits,
            pinned: false,
        })
    }

    /// What a finished child answered.
    pub(crate) fn answer<T: DeserializeOwned>(
        &self,
        finished: &Finished,
    ) -> Result<T, GraderError> {
        let answer = child::read_answer(&finished.output).map_err(|error| {
            let errors = String::from_utf8_lossy(&finished.errors);
            GraderError::Sandbox(format!(
                "{error}; the process exited with {} and said: {errors}",
                finished.code
            ))
        })?;
        answer.map_err(GraderError::Exercise)
    }

    /// Lets a child try to get out of the sandbox.
    fn try_to_escape(&self) -> Result<(), String> {
        let failed = |error: String| format!("the sandbox does not work: {error}");
        let process = self
            .child_process(PROBE_LIMITS, &Task::Probe)
            .map_err(|error| failed(error.to_string()))?;
        let finished = self
            .sandbox
            .run(&process)
            .map_err(|error| failed(error.to_string()))?;
        let escapes: Vec<String> = self
            .answer(&finished)
            .map_err(|error| failed(error.to_string()))?;
        if escapes.is_empty() {
            return Ok(());
        }
        Err(failed(format!(
            "a process in it can {}. A worker that runs as root needs control groups that it may write to \
             (below /sys/fs/cgroup, with the controllers memory and pids); run it as an ordinary user, or let it have them",
            escapes.join(" and ")
        )))
    }
}

/// What the names of jobs' folders start with.
const JOB_PREFIX: &str = "job-";

/// No job lasts as long as this.
const ABANDONED_AFTER: Duration = Duration::from_secs(10 * 60);

/// Removes the folders of jobs whose grader was killed; those of other graders on this machine are younger.
fn remove_abandoned_jobs(scratch: &Path) -> io::Result<()> {
    for entry in fs::read_dir(scratch)? {
        let entry = entry?;
        let is_job = entry.file_name().to_string_lossy().starts_with(JOB_PREFIX);
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        // A folder that is gone by now was removed by its own grader, or by another one that starts.
        let age = modified.map_or(Duration::ZERO, |time| time.elapsed().unwrap_or_default());
        if is_job && age > ABANDONED_AFTER {
            match fs::remove_dir_all(entry.path()) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The child's program and the libraries that it is linked with, as the dynamic linker names them when it is asked to
/// list and not to run (ld.so(8), `LD_TRACE_LOADED_OBJECTS`). A program linked statically reads an empty task instead,
/// and lists nothing.
fn child_files(child: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let child = child.canonicalize()?;
    let listed = Command::new(&child)
        .arg(CHILD_ARGUMENT)
        .env_clear()
        .env("LD_TRACE_LOADED_OBJECTS", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    let mut files = vec![(child, CHILD_PLACE.to_owned())];
    // Each line reads `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, or for the dynamic linker itself
    // `/lib64/ld-linux-x86-64.so.2 (0x…)`; the kernel's own library has no file.
    for line in String::from_utf8_lossy(&listed.stdout).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [name, "=>", path, ..] if path.starts_with('/') => {
                files.push((PathBuf::from(path), format!("/lib/{name}")))
            }
            [path, _] if path.starts_with('/') => {
                files.push((PathBuf::from(path), (*path).to_owned()))
            }
            _ => {}
        }
    }
    Ok(files)
}

/// A seed that nobody can know before.
pub(super) fn random_seed() -> io::Result<u64> {
    let mut seed = [0; 8];
    rustix::rand::getrandom(&mut seed, rustix::rand::GetRandomFlags::empty())?;
    Ok(u64::from_ne_bytes(seed))
}
