//! Control groups, which bound what a whole tree of processes holds together (the kernel's documents `cgroup-v2`, and
//! `cgroup-v1/memory` and `cgroup-v1/pids`). Version 1 has a hierarchy for each controller, version 2 one for all of them.
//! They can be used where the worker may write to them: as root, or in a group that was handed to its user. Elsewhere the
//! limits of each single process have to do.

use std::fs::{self, File};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Where the hierarchies are.
const HIERARCHIES: &str = "/sys/fs/cgroup";

/// The controllers that are used, which have hierarchies of their own in version 1.
const CONTROLLERS: [&str; 2] = ["memory", "pids"];

/// The file that says that there is one hierarchy for all controllers.
const UNIFIED: &str = "cgroup.controllers";

/// The files of a group that limit its memory, in both versions, and those that limit memory with swap, or swap.
const MEMORY: [&str; 2] = ["memory.limit_in_bytes", "memory.max"];
const MEMORY_AND_SWAP: &str = "memory.memsw.limit_in_bytes";
const SWAP: &str = "memory.swap.max";

/// The file that limits the number of processes, in both versions.
const PROCESSES: &str = "pids.max";

/// What our groups' names start with; the number of the process that made them and a counter follow.
const PREFIX: &str = "latency-lab-";

/// What a process writes to its new group to get into it.
pub(super) const MYSELF: &[u8] = b"0";

/// How long the kernel may take to forget processes that have ended.
const EMPTY_WITHIN: Duration = Duration::from_secs(2);

/// The folders, one a hierarchy, in which groups can be made.
#[derive(Clone, Debug)]
pub(super) struct Groups(Vec<PathBuf>);

/// One group in each hierarchy.
#[derive(Debug)]
pub(super) struct Group(Vec<PathBuf>);

impl Groups {
    /// The groups of this machine, if it lets us make any. Removes what killed graders left.
    pub fn find() -> Option<Groups> {
        let own = fs::read_to_string("/proc/self/cgroup").ok()?;
        let parents = if Path::new(HIERARCHIES).join(UNIFIED).exists() {
            // Not below our own group: one that has processes hands no controller down, unless it is the root.
            vec![PathBuf::from(HIERARCHIES)]
        } else {
            CONTROLLERS
                .iter()
                .map(|controller| folder(&own, controller))
                .collect::<Option<_>>()?
        };
        let groups = Groups(parents);
        for parent in &groups.0 {
            remove_abandoned(parent);
        }
        groups.create(1 << 20, 1).and_then(Group::remove).ok()?;
        Some(groups)
    }

    /// A new group whose processes may hold this much memory together, and be this many.
    pub fn create(&self, memory_bytes: u64, processes: u64) -> io::Result<Group> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}-{number}", std::process::id());
        let group = Group(self.0.iter().map(|parent| parent.join(&name)).collect());
        let limited = group.limit(memory_bytes, processes);
        if limited.is_err() {
            // What of it could be made is empty, and in nobody's way if it cannot be removed.
            group
                .0
                .iter()
                .for_each(|folder| drop(fs::remove_dir(folder)));
        }
        limited.map(|()| group)
    }
}

impl Group {
    fn limit(&self, memory_bytes: u64, processes: u64) -> io::Result<()> {
        for folder in &self.0 {
            fs::create_dir(folder)?;
        }
        let memory = MEMORY.iter().map(|file| self.write(file, memory_bytes));
        let limits_memory = memory.sum::<io::Result<usize>>()? > 0;
        // Only there where the kernel counts swap.
        self.write(MEMORY_AND_SWAP, memory_bytes)?;
        self.write(SWAP, 0)?;
        let limits_processes = self.write(PROCESSES, processes)? > 0;
        if limits_memory && limits_processes {
            Ok(())
        } else {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// Writes a limit wherever there is one of this name, and says how often that was.
    fn write(&self, file: &str, limit: u64) -> io::Result<usize> {
        let files = self.0.iter().map(|folder| folder.join(file));
        let mut written = 0;
        for file in files.filter(|file| file.exists()) {
            fs::write(file, limit.to_string())?;
            written += 1;
        }
        Ok(written)
    }

    /// Files to which a process writes [`MYSELF`] to get in.
    pub fn entrances(&self) -> io::Result<Vec<OwnedFd>> {
        let open = |folder: &PathBuf| {
            File::options()
                .write(true)
                .open(folder.join("cgroup.procs"))
        };
        self.0
            .iter()
            .map(|folder| open(folder).map(OwnedFd::from))
            .collect()
    }

    /// Ends what is still in it, and removes it.
    pub fn remove(self) -> io::Result<()> {
        let started = Instant::now();
        for folder in &self.0 {
            while let Err(error) = fs::remove_dir(folder) {
                if error.kind() != io::ErrorKind::ResourceBusy || started.elapsed() > EMPTY_WITHIN {
                    return Err(error);
                }
                end_all(folder)?;
                thread::sleep(Duration::from_millis(1));
            }
        }
        Ok(())
    }
}

/// The folder of our own group in the hierarchy of a controller, from the lines of `/proc/self/cgroup`, such as
/// `4:memory:/path`. Inside a container the path may be the host's, and the group is the hierarchy's root.
fn folder(own: &str, controller: &str) -> Option<PathBuf> {
    let path = own.lines().find_map(|line| {
        let (controllers, path) = line.split_once(':')?.1.split_once(':')?;
        let is_it = controllers.split(',').any(|name| name == controller);
        is_it.then_some(path)
    })?;
    let root = Path::new(HIERARCHIES).join(controller);
    let folder = root.join(path.trim_start_matches('/'));
    let exists = |folder: &PathBuf| folder.join("cgroup.procs").is_file();
    [folder, root].into_iter().find(exists)
}

/// Ends every process of a group.
fn end_all(folder: &Path) -> io::Result<()> {
    for number in fs::read_to_string(folder.join("cgroup.procs"))?.lines() {
        let process = number.parse().ok().and_then(Pid::from_raw);
        if let Some(process) = process {
            // It may be gone by now.
            let _ = kill_process(process, Signal::KILL);
        }
    }
    Ok(())
}

/// Removes the groups of graders that are no more. They are empty: whoever kills a grader kills what it started.
fn remove_abandoned(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.split('-').next());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists()) {
            // Another grader that starts may be faster.
            drop(fs::remove_dir(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_group_is_found_among_combined_controllers() {
        // The folder itself need not exist, so the hierarchy's root stands in for it where there is one.
        let own = "5:cpu,cpuacct:/\n4:memory:/nobody/made/this\n0::/";
        let found = folder(own, "memory");
        assert_eq!(
            found.is_some(),
            Path::new("/sys/fs/cgroup/memory/cgroup.procs").exists()
        );
        assert_eq!(folder(own, "pids"), None);
    }
}
