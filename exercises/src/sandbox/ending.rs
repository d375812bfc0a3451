//! From the start of a process in the sandbox to its certain end.
//!
//! Outside the sandbox stands `bubblewrap`, inside its first process, with which the kernel ends all others there
//! (pid_namespaces(7)). Each is held by a file descriptor that stands for that very process, whatever becomes of its
//! number.

use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, pidfd_open, pidfd_send_signal, waitid,
};
use rustix::time::Timespec;
use serde::Deserialize;

use super::{Finished, Process, SIGNALLED};

/// What `bubblewrap` tells of the first process inside.
#[derive(Deserialize)]
struct FirstProcess {
    #[serde(rename = "child-pid")]
    number: i32,
}

/// Feeds a process, keeps what it prints, and ends it when its time is over.
pub(super) fn finish(
    mut child: Child,
    process: &Process,
    first_process: PipeReader,
    go_ahead: PipeWriter,
) -> io::Result<Finished> {
    let limit = process.limits.output_bytes;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        // A process that ends without reading closes its end; that is its own business.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(&process.input)));
        let output = scope.spawn(move || keep(stdout, limit));
        let errors = scope.spawn(move || keep(stderr, limit));
        let code = meet(first_process, go_ahead)
            .and_then(|first| wait(&mut child, first.as_ref(), process.limits.wall));
        if code.is_err() {
            // Without the wait the tree of processes would outlive us.
            child.kill().and_then(|()| child.wait())?;
        }
        let collect = |thread: ScopedJoinHandle<'_, io::Result<Vec<u8>>>| {
            thread.join().unwrap_or_else(|_| {
                Err(io::Error::other(
                    "the thread that reads a process's output panicked",
                ))
            })
        };
        Ok(Finished {
            code: code?,
            output: collect(output)?,
            errors: collect(errors)?,
        })
    })
}

/// Learns which process is the first inside, while it waits, and lets it go ahead. None where `bubblewrap` itself fails,
/// which it then says on standard error.
fn meet(first_process: PipeReader, mut go_ahead: PipeWriter) -> io::Result<Option<OwnedFd>> {
    let mut told = Vec::new();
    // One flat object, after which the descriptor may stay open for as long as the sandbox does.
    BufReader::new(first_process).read_until(b'}', &mut told)?;
    if told.is_empty() {
        return Ok(None);
    }
    let FirstProcess { number } = serde_json::from_slice(&told)?;
    let first = pidfd_open(pid(number)?, PidfdFlags::empty())?;
    go_ahead.write_all(b"!")?;
    Ok(Some(first))
}

fn pid(number: i32) -> io::Result<Pid> {
    Pid::from_raw(number).ok_or_else(|| io::Error::other("a process without a number"))
}

/// Waits for a process and everything that it started, and gives its exit code; ends them when `patience` is over.
fn wait(child: &mut Child, first: Option<&OwnedFd>, patience: Duration) -> io::Result<i32> {
    let number = i32::try_from(child.id()).map_err(io::Error::other)?;
    let outside = pidfd_open(pid(number)?, PidfdFlags::empty())?;
    let until = Timespec::try_from(patience).map_err(io::Error::other)?;
    let ended = poll(&mut [PollFd::new(&outside, PollFlags::IN)], Some(&until))?;
    if ended == 0 {
        // `bubblewrap` ends when the first process inside does, and that one may just have ended by itself.
        match first.map(|first| pidfd_send_signal(first, Signal::KILL)) {
            Some(Ok(()) | Err(Errno::SRCH)) => {}
            Some(Err(error)) => return Err(error.into()),
            None => child.kill()?,
        }
    }
    let status = child.wait()?;
    if let Some(first) = first {
        // Ready when the last process inside is gone. Whoever adopts orphans, as the first process of a container does,
        // has to take note of its end as well; everybody else is told that it is no child of theirs.
        poll(&mut [PollFd::new(first, PollFlags::IN)], None)?;
        match waitid(WaitId::PidFd(first.as_fd()), WaitIdOptions::EXITED) {
            Err(error) if error != Errno::CHILD => return Err(error.into()),
            _ => {}
        }
    }
    if ended == 0 {
        return Err(io::Error::new(
            io::ErrorKind::TimedOut,
            format!(
                "it is too busy: a process in the sandbox was not done after {patience:?}, and had not had its processor time"
            ),
        ));
    }
    let signalled = status.signal().map(|signal| SIGNALLED + signal);
    Ok(status.code().or(signalled).unwrap_or(-1))
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
