//! What a grader could leave on the machine.

use std::collections::BTreeSet;
use std::fs;

use rustix::process::{getpid, set_child_subreaper};

use super::{Path, scratch};

/// Processes, control groups, files and memory of this process and all that it started.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Traces {
    processes: BTreeSet<String>,
    groups: BTreeSet<String>,
    jobs: BTreeSet<String>,
    memory_is_held: bool,
    resident_bytes: u64,
}

/// More memory than the allocator keeps for itself, and less than any program may hold.
const SPARE_BYTES: u64 = 48 << 20;

impl Traces {
    /// What is there now. From here on until [`Traces::beyond`], a process whose parent is gone becomes ours, instead of
    /// getting lost among the machine's.
    pub fn find() -> Traces {
        set_child_subreaper(Some(getpid())).expect("every process may adopt");
        let own = format!("latency-lab-{}-", std::process::id());
        Traces {
            processes: children(),
            groups: names("/sys/fs/cgroup/memory", &own),
            jobs: names(scratch(), "job-"),
            memory_is_held: false,
            resident_bytes: resident_bytes(),
        }
    }

    /// What is there beyond what was there before.
    pub fn beyond(self, before: &Traces) -> Traces {
        set_child_subreaper(None).expect("every process may leave orphans to others");
        Traces {
            processes: &self.processes - &before.processes,
            groups: &self.groups - &before.groups,
            jobs: &self.jobs - &before.jobs,
            memory_is_held: self.resident_bytes > before.resident_bytes + SPARE_BYTES,
            resident_bytes: 0,
        }
    }
}

/// Children of all threads of this process, ended ones that nobody waited for included: number, name and state.
fn children() -> BTreeSet<String> {
    let threads = fs::read_dir("/proc/self/task").expect("this process has threads");
    threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|list| {
            let numbers = list.split_whitespace();
            let described = numbers.filter_map(|number| {
                let described = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
                Some(described.split(' ').take(3).collect::<Vec<_>>().join(" "))
            });
            described.collect::<Vec<_>>()
        })
        .collect()
}

/// Everything anywhere below a folder that has a name with this beginning.
fn names(folder: impl AsRef<Path>, beginning: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(beginning) {
            found.insert(name);
        } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(names(entry.path(), beginning));
        }
    }
    found
}

/// How much memory this process has in use.
fn resident_bytes() -> u64 {
    // SAFETY: the allocator gives back what nobody uses; it is made to be called at any time, from any thread.
    unsafe { libc::malloc_trim(0) };
    let status = fs::read_to_string("/proc/self/status").expect("this process has a status");
    let kibibytes = status.lines().find_map(|line| {
        line.strip_prefix("VmRSS:")?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    });
    kibibytes.unwrap_or(0_u64) << 10
}
