//! One measurement at a time on a machine: all take place on the same core, and two would disturb each other. Graders of
//! this process wait for each other by a mutex, those of others, such as a worker and `latency-lab grade`, by the lock on a
//! file that all of them know.

use std::env;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The file, in the machine's folder for temporary ones. It is never written.
const FILE: &str = "latency-lab-measuring.lock";

/// How often a lock that somebody else has is tried again.
const PAUSE: Duration = Duration::from_millis(5);

/// Who may measure.
#[derive(Debug)]
pub(super) struct Turns {
    within: Mutex<()>,
    /// None where the file can be neither read nor made; then other processes are not waited for.
    between: Option<File>,
}

/// The right to measure, until it is dropped.
pub(super) struct Turn<'turns> {
    turns: &'turns Turns,
    _within: MutexGuard<'turns, ()>,
}

impl Turns {
    pub(super) fn open() -> Turns {
        Turns::by(&env::temp_dir().join(FILE))
    }

    fn by(file: &Path) -> Turns {
        Turns {
            within: Mutex::new(()),
            // Somebody else's file may be read and locked, and not be opened for writing.
            between: File::open(file).or_else(|_| File::create(file)).ok(),
        }
    }

    /// Waits for a turn, at the longest until `deadline`: whoever holds the lock for so long does not measure.
    pub(super) fn take(&self, deadline: Instant) -> Turn<'_> {
        let within = self.within.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = &self.between {
            while matches!(file.try_lock(), Err(TryLockError::WouldBlock))
                && Instant::now() < deadline
            {
                thread::sleep(PAUSE);
            }
        }
        Turn {
            turns: self,
            _within: within,
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(file) = &self.turns.between {
            // A lock that cannot be given back ends with the process.
            _ = file.unlock();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_measures_keeps_other_graders_waiting_until_the_deadline_at_the_longest() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join(FILE);
        let (one, another) = (Turns::by(&file), Turns::by(&file));
        let long = Instant::now() + Duration::from_secs(60);
        let turn = one.take(long);
        let other = another.between.as_ref().expect("the file can be opened");
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(another.take(Instant::now()));
        drop(turn);
        drop(another.take(long));
        assert!(
            one.between
                .as_ref()
                .is_some_and(|file| file.try_lock().is_ok())
        );
    }
}
