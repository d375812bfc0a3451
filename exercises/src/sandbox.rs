//! The operating system's sandbox: every compiler and every program of a learner runs in a process of its own that sees
//! nothing but what it needs.
//!
//! 1. `bubblewrap` makes namespaces for files, processes, network, users and the rest, in which there is a root of a few
//!    read-only mounts, no `/proc`, no network, no privilege and an empty environment.
//! 2. Resource limits bound memory, processor time, files and processes ([`Limits`]).
//! 3. A seccomp filter refuses the system calls that no compiler needs (`filter.rs`).
//! 4. The parent ends the whole process tree when its time on the wall clock is over.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, Resource, Rlimit, pidfd_open, setrlimit};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use rustix::time::Timespec;

mod filter;

/// The sandbox of this machine.
#[derive(Clone, Debug)]
pub struct Sandbox {
    bubblewrap: PathBuf,
    filter: Vec<u8>,
}

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Addresses, in bytes; none where a program reserves far more than it touches.
    pub address_space_bytes: Option<u64>,
    /// Memory that it can write to, in bytes.
    pub data_bytes: u64,
    /// Processor time, in seconds.
    pub processor_seconds: u64,
    /// The size of each file that it writes, in bytes.
    pub file_bytes: u64,
    /// Time on the wall clock.
    pub wall: Duration,
    /// How much of what it prints is kept, in bytes.
    pub output_bytes: usize,
}

/// A process to run in the sandbox.
#[derive(Debug)]
pub struct Process {
    /// The program, as the sandbox shows it, and its arguments.
    pub command: Vec<String>,
    /// Files and folders of the host with the place where the sandbox shows them, read-only.
    pub read_only: Vec<(PathBuf, String)>,
    /// Symbolic links: their contents and their places.
    pub links: Vec<(String, String)>,
    /// A folder of the host that it may write to, with its place.
    pub writable: Option<(PathBuf, String)>,
    /// The folder that it starts in.
    pub folder: String,
    /// Its environment.
    pub environment: Vec<(String, String)>,
    /// What it reads on standard input.
    pub input: Vec<u8>,
    /// What it may use.
    pub limits: Limits,
    /// Whether it gets one core to itself, as far as other processes of the grader are concerned.
    pub pinned: bool,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this code; 128 + n when signal n ended it inside the sandbox.
    Exited(i32),
    /// Stopped when its time on the wall clock was over.
    OutOfTime,
}

impl End {
    /// Whether the process used up its time, on either clock.
    pub fn is_out_of_time(self) -> bool {
        matches!(self, End::OutOfTime | End::Exited(PROCESSOR_TIME))
    }
}

/// How a process ends whose processor time is used up.
pub const PROCESSOR_TIME: i32 = 128 + libc::SIGXCPU;

/// A finished process.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub end: End,
    /// What it printed, at most as much as was to be kept.
    pub output: Vec<u8>,
    /// What it printed on standard error, likewise.
    pub errors: Vec<u8>,
}

/// How many processes and threads the sandbox's user may have. They are counted together with those of the user outside.
const PROCESSES: u64 = 1_024;
const OPEN_FILES: u64 = 128;
const STACK_BYTES: u64 = 16 << 20;

impl Sandbox {
    /// The sandbox, if this machine has what it needs.
    ///
    /// # Errors
    /// What is missing, as a sentence.
    pub fn find() -> Result<Sandbox, String> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bubblewrap = std::env::split_paths(&path)
            .map(|folder| folder.join("bwrap"))
            .find(|file| file.is_file())
            .ok_or("bubblewrap is not installed (the program `bwrap`); on Debian: `apt-get install bubblewrap`")?;
        Ok(Sandbox {
            bubblewrap,
            filter: filter::program()?,
        })
    }

    /// Runs a process to its end.
    ///
    /// # Errors
    /// When the sandbox itself does not start.
    pub fn run(&self, process: &Process) -> io::Result<Finished> {
        let (filter, mut filter_writer) = io::pipe()?;
        // The kernel keeps 64 KiB of a pipe, and the filter has a few hundred bytes: nobody waits for a reader.
        filter_writer.write_all(&self.filter)?;
        drop(filter_writer);
        let filter = OwnedFd::from(filter);
        let mut command = Command::new(&self.bubblewrap);
        command
            .args(arguments(process, &filter))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let core = if process.pinned { last_core() } else { None };
        let limits = process.limits;
        let prepare = move || {
            rustix::io::fcntl_setfd(&filter, rustix::io::FdFlags::empty())?;
            if let Some(core) = &core {
                sched_setaffinity(None, core)?;
            }
            limits.apply()
        };
        // SAFETY: between fork and exec the closure makes plain system calls only; it takes no lock and no memory.
        unsafe { command.pre_exec(prepare) };
        finish(command.spawn()?, process)
    }
}

impl Limits {
    fn apply(&self) -> io::Result<()> {
        let limits = [
            (Resource::As, self.address_space_bytes, 0),
            (Resource::Data, Some(self.data_bytes), 0),
            // The first limit ends the process with a signal of its own; the second, a second later, with the one that
            // the kernel also uses when memory runs out.
            (Resource::Cpu, Some(self.processor_seconds), 1),
            (Resource::Fsize, Some(self.file_bytes), 0),
            (Resource::Stack, Some(STACK_BYTES), 0),
            (Resource::Nproc, Some(PROCESSES), 0),
            (Resource::Nofile, Some(OPEN_FILES), 0),
            (Resource::Core, Some(0), 0),
        ];
        for (resource, limit, grace) in limits {
            if let Some(limit) = limit {
                setrlimit(
                    resource,
                    Rlimit {
                        current: Some(limit),
                        maximum: Some(limit + grace),
                    },
                )?;
            }
        }
        Ok(())
    }
}

/// The command line of `bubblewrap`.
fn arguments(process: &Process, filter: &OwnedFd) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--uid",
        "65534",
        "--gid",
        "65534",
        "--cap-drop",
        "ALL",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        "--dir",
        "/dev",
        "--dev-bind",
        "/dev/null",
        "/dev/null",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut add = |option: &str, values: [&str; 2]| {
        arguments.push(option.to_owned());
        arguments.extend(values.map(str::to_owned));
    };
    for (name, value) in &process.environment {
        add("--setenv", [name, value]);
    }
    for (host, place) in &process.read_only {
        add("--ro-bind", [&host.to_string_lossy(), place]);
    }
    for (contents, place) in &process.links {
        add("--symlink", [contents, place]);
    }
    if let Some((host, place)) = &process.writable {
        add("--bind", [&host.to_string_lossy(), place]);
    }
    // The root itself is memory; what is left of it must not be written to.
    add("--remount-ro", ["/", "--chdir"]);
    arguments.push(process.folder.clone());
    arguments.extend([
        "--seccomp".to_owned(),
        filter.as_raw_fd().to_string(),
        "--".to_owned(),
    ]);
    arguments.extend(process.command.iter().cloned());
    arguments
}

/// The core that measuring is pinned to, where there is more than one.
fn last_core() -> Option<CpuSet> {
    let allowed = sched_getaffinity(None).ok()?;
    let core = (0..CpuSet::MAX_CPU).rfind(|&core| allowed.is_set(core))?;
    let mut only = CpuSet::new();
    only.set(core);
    (allowed.count() > 1).then_some(only)
}

/// Feeds a process, keeps what it prints, and ends it when its time is over.
fn finish(mut child: Child, process: &Process) -> io::Result<Finished> {
    let limit = process.limits.output_bytes;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        // A process that ends without reading closes its end; that is its own business.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(&process.input)));
        let output = scope.spawn(move || keep(stdout, limit));
        let errors = scope.spawn(move || keep(stderr, limit));
        let end = wait(&mut child, process.limits.wall);
        if end.is_err() {
            // Without the wait the process tree would outlive us.
            child.kill().and_then(|()| child.wait())?;
        }
        let collect = |thread: thread::ScopedJoinHandle<'_, io::Result<Vec<u8>>>| {
            thread.join().unwrap_or_else(|_| {
                Err(io::Error::other(
                    "the thread that reads a process's output panicked",
                ))
            })
        };
        Ok(Finished {
            end: end?,
            output: collect(output)?,
            errors: collect(errors)?,
        })
    })
}

/// Waits for a process; ends it when `wall` has passed.
fn wait(child: &mut Child, wall: Duration) -> io::Result<End> {
    let pid = Pid::from_raw(i32::try_from(child.id()).map_err(io::Error::other)?)
        .ok_or_else(|| io::Error::other("a process without a number"))?;
    let handle = pidfd_open(pid, PidfdFlags::empty())?;
    let wall = Timespec::try_from(wall).map_err(io::Error::other)?;
    let ended = poll(&mut [PollFd::new(&handle, PollFlags::IN)], Some(&wall))?;
    if ended == 0 {
        // `--die-with-parent` takes the first process inside the sandbox along, and that one all others.
        child.kill()?;
        child.wait()?;
        return Ok(End::OutOfTime);
    }
    let status = child.wait()?;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    Ok(End::Exited(
        status
            .code()
            .or(signal.map(|signal| 128 + signal))
            .unwrap_or(-1),
    ))
}

/// Reads to the end, and keeps the beginning.
fn keep(stream: Option<impl Read>, limit: usize) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    if let Some(mut stream) = stream {
        stream.by_ref().take(limit as u64).read_to_end(&mut kept)?;
        io::copy(&mut stream, &mut io::sink())?;
    }
    Ok(kept)
}

/// Reads a file that a sandboxed process was to write: an ordinary file of at most `limit` bytes, never a link to
/// somewhere else.
///
/// # Errors
/// When it is anything else.
pub fn read_output(file: &Path, limit: u64) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut opened = File::options()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(file)?;
    let metadata = opened.metadata()?;
    if !metadata.is_file() || metadata.len() > limit {
        return Err(io::Error::other(format!(
            "{} is not a file of at most {limit} bytes",
            file.display()
        )));
    }
    let mut bytes = Vec::new();
    (&mut opened).take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
