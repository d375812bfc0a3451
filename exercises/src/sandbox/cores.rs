//! Which cores a process may use: what is timed has the last core for itself, and compilers, translators and checkers
//! share the others. The README says how to keep the rest of the machine away from it too.

use rustix::thread::{CpuSet, sched_getaffinity};

/// The cores of a process that is timed, or of one that is not; none where there is no choice.
pub(super) fn of(timed: bool) -> Option<CpuSet> {
    let allowed = sched_getaffinity(None).ok()?;
    let last = (0..CpuSet::MAX_CPU).rfind(|&core| allowed.is_set(core))?;
    if allowed.count() < 2 {
        return None;
    }
    let mut cores = allowed;
    if timed {
        cores.clear();
        cores.set(last);
    } else {
        cores.unset(last);
    }
    Some(cores)
}
