//! The operating system's sandbox: every compiler and every program of a learner runs in a process of its own that sees
//! nothing but what it needs.
//!
//! 1. `bubblewrap` makes namespaces for files, processes, network, users and the rest, in which there is a root of a few
//!    read-only mounts, no `/proc`, no network, no privilege and an empty environment (`command_line.rs`).
//! 2. Resource limits bound memory, processor time, files and processes of each process ([`Limits`]); control groups
//!    bound memory and number of all together, where this machine lets us make them (`group.rs`).
//! 3. A seccomp filter refuses the system calls that no compiler needs (`filter.rs`).
//! 4. Whatever is timed gets a core that everything else in the sandbox keeps away from (`cores.rs`).
//! 5. The parent ends the whole tree of processes when its patience is over, and waits until it is gone (`ending.rs`).
//!
//! What a program may use is counted in processor time, which a busy machine does not take from it. Time on the wall clock
//! bounds only our own waiting: nothing in here can sleep, so whoever is stopped by that clock was starved by the machine.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::thread::sched_setaffinity;

mod command_line;
mod cores;
mod ending;
mod filter;
mod group;

use command_line::{Descriptors, arguments};
use ending::finish;
use group::Groups;

/// The sandbox of this machine.
#[derive(Clone, Debug)]
pub struct Sandbox {
    bubblewrap: PathBuf,
    filter: Vec<u8>,
    groups: Option<Groups>,
}

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Addresses, in bytes; none where a program reserves far more than it touches.
    pub address_space_bytes: Option<u64>,
    /// Memory that it can write to, in bytes: each of its processes, and all together where there are control groups.
    pub data_bytes: u64,
    /// Processor time of each of its processes, in seconds.
    pub processor_seconds: u64,
    /// The size of each file that it writes, in bytes.
    pub file_bytes: u64,
    /// How long it is waited for: several times its processor time, so that it is only reached on a machine that is too busy.
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
    /// Whether it gets the core to itself that all other processes in the sandbox keep away from.
    pub pinned: bool,
}

/// What is added to the number of the signal that ended a process.
pub const SIGNALLED: i32 = 128;

/// How a process ends whose processor time is used up.
pub const PROCESSOR_TIME: i32 = SIGNALLED + libc::SIGXCPU;

/// A finished process.
#[derive(Debug)]
pub struct Finished {
    /// The code that it exited with; [`SIGNALLED`] + n when signal n ended it inside the sandbox.
    pub code: i32,
    /// What it printed, at most as much as was to be kept.
    pub output: Vec<u8>,
    /// What it printed on standard error, likewise.
    pub errors: Vec<u8>,
}

/// How many processes and threads one tree may have, where there are control groups.
pub const TREE_PROCESSES: u64 = 64;

/// How many the sandbox's user may have in any case. They are counted together with those of the user outside, and not at
/// all where that is root, whom the kernel exempts: a worker that runs as root needs control groups.
pub const USER_PROCESSES: u64 = 1_024;

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
            groups: Groups::find(),
        })
    }

    /// Runs a process to its end. Nothing of it is left then: no process, and no control group.
    ///
    /// # Errors
    /// When the sandbox itself does not start; [`io::ErrorKind::TimedOut`] when the process had to be stopped without
    /// having had its processor time.
    pub fn run(&self, process: &Process) -> io::Result<Finished> {
        let (filter, mut filter_writer) = io::pipe()?;
        // The kernel keeps 64 KiB of a pipe, and the filter has a few hundred bytes: nobody waits for a reader.
        filter_writer.write_all(&self.filter)?;
        drop(filter_writer);
        let (first_process, first_process_writer) = io::pipe()?;
        let (go_ahead_reader, go_ahead) = io::pipe()?;
        let descriptors = Descriptors {
            filter: filter.into(),
            first_process: first_process_writer.into(),
            go_ahead: go_ahead_reader.into(),
        };
        let limits = process.limits;
        let group = self
            .groups
            .as_ref()
            .map(|groups| groups.create(limits.data_bytes, TREE_PROCESSES))
            .transpose()?;
        let entrances: Vec<OwnedFd> = group
            .as_ref()
            .map_or_else(|| Ok(Vec::new()), group::Group::entrances)?;
        let core = cores::of(process.pinned);
        let mut command = Command::new(&self.bubblewrap);
        command
            .args(arguments(process, &descriptors))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let prepare = move || {
            for descriptor in descriptors.all() {
                rustix::io::fcntl_setfd(descriptor, rustix::io::FdFlags::empty())?;
            }
            for entrance in &entrances {
                rustix::io::write(entrance, group::MYSELF)?;
            }
            if let Some(cores) = &core {
                sched_setaffinity(None, cores)?;
            }
            limits.apply()
        };
        // SAFETY: between fork and exec the closure makes plain system calls only; it takes no lock and no memory.
        unsafe { command.pre_exec(prepare) };
        let child = command.spawn()?;
        // With the command go our copies of what the child reads from and writes to.
        drop(command);
        let finished = finish(child, process, first_process, go_ahead);
        match group {
            Some(group) => group.remove().and(finished),
            None => finished,
        }
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
            (Resource::Nproc, Some(USER_PROCESSES), 0),
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
