//! How `bubblewrap` is asked for a sandbox (bwrap(1)).

use std::os::fd::{AsRawFd, OwnedFd};

use super::Process;

/// What `bubblewrap` inherits from us.
pub(super) struct Descriptors {
    /// It reads the system call filter from here.
    pub filter: OwnedFd,
    /// It writes the number of the first process inside the sandbox here.
    pub first_process: OwnedFd,
    /// That process waits here until we know it.
    pub go_ahead: OwnedFd,
}

impl Descriptors {
    /// All of them.
    pub fn all(&self) -> [&OwnedFd; 3] {
        [&self.filter, &self.first_process, &self.go_ahead]
    }
}

/// The command line of `bubblewrap`.
pub(super) fn arguments(process: &Process, descriptors: &Descriptors) -> Vec<String> {
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
    for (option, descriptor) in [
        ("--seccomp", &descriptors.filter),
        ("--info-fd", &descriptors.first_process),
        ("--block-fd", &descriptors.go_ahead),
    ] {
        arguments.extend([option.to_owned(), descriptor.as_raw_fd().to_string()]);
    }
    arguments.push("--".to_owned());
    arguments.extend(process.command.iter().cloned());
    arguments
}
