//! Six attempts to get out of the sandbox. The grader lets a child make them before it accepts any program, and refuses
//! to work when one succeeds.
//!
//! They are made natively, with all that the operating system offers: what WebAssembly cannot even express must also fail
//! for a compiler that someone has taken over, or for a translator's mistake.

use std::net::UdpSocket;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use crate::sandbox::USER_PROCESSES;

/// Something that the sandbox has to prevent, and whether it worked.
type Attempt = (&'static str, fn() -> bool);

/// The attempts.
const ATTEMPTS: [Attempt; 6] = [
    ("read the host's files", || {
        let files = [
            "/etc/passwd",
            "/bin/sh",
            "/root",
            "/home",
            "/sys",
            "/dev/zero",
        ];
        files.into_iter().any(|file| Path::new(file).exists())
    }),
    ("see the host's processes", || {
        Path::new("/proc/self").exists() || !is_alone()
    }),
    ("open a network connection", || {
        UdpSocket::bind("0.0.0.0:0").is_ok()
    }),
    ("write outside its own folder", || {
        let folders = ["/", "/bin", "/lib", "/dev", "/tmp", "/job"];
        folders.into_iter().map(Path::new).any(can_write)
    }),
    ("start processes without end", can_start_without_end),
    ("hold 3 GiB of memory", || {
        Vec::<u8>::new().try_reserve_exact(3 << 30).is_ok()
    }),
];

/// Tries, and names what should have been impossible.
pub fn escapes() -> Vec<String> {
    let succeeded = ATTEMPTS.into_iter().filter(|(_, attempt)| attempt());
    succeeded.map(|(name, _)| name.to_owned()).collect()
}

/// Whether the only process beside this one is the first of a namespace, which started it.
fn is_alone() -> bool {
    rustix::process::getppid().is_some_and(|parent| parent.is_init())
}

fn can_write(folder: &Path) -> bool {
    let file = folder.join("probe");
    std::fs::write(&file, "").is_ok_and(|()| std::fs::remove_file(&file).is_ok())
}

/// Whether more can be started than any limit allows. To the kernel, a thread is a process that shares its memory, and
/// counts like one.
fn can_start_without_end() -> bool {
    let started = thread::scope(|scope| {
        let mut held = Vec::new();
        for _ in 0..=USER_PROCESSES {
            // Each thread waits until its sender is dropped, which is when all are there.
            let (sender, receiver) = channel::<()>();
            let small = thread::Builder::new().stack_size(64 << 10);
            match small.spawn_scoped(scope, move || receiver.recv().is_ok()) {
                Ok(_) => held.push(sender),
                Err(_) => break,
            }
        }
        held.len() as u64
    });
    started > USER_PROCESSES
}
