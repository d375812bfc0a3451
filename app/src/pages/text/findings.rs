//! What pages say about the figures behind a verdict.

mod bg;
mod en;

pub(super) use bg::FINDINGS as BULGARIAN;
pub(super) use en::FINDINGS as ENGLISH;

/// The words for what was found out about a program.
pub(crate) struct FindingsText {
    // How sure a verdict is, from the speed-up and the ends of its interval.
    pub(crate) surely_faster: fn(&str, &str, &str) -> String,
    pub(crate) surely_slower: fn(&str, &str, &str) -> String,
    pub(crate) surely_same: fn(&str, &str) -> String,
    pub(crate) not_sure: fn(&str, &str) -> String,
    pub(crate) identical_code: &'static str,
    pub(crate) nothing_measured: &'static str,
    // What instructions and time say together.
    pub(crate) less_work: &'static str,
    pub(crate) better_locality: &'static str,
    pub(crate) off_the_critical_path: &'static str,
    pub(crate) cheaper_work: &'static str,
    pub(crate) more_work: &'static str,
    pub(crate) costlier_work: &'static str,
    // Measuring once more.
    pub(crate) may_go_on: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) is_final: &'static str,
    // The author's solution.
    pub(crate) reference: &'static str,
    /// The speed-up of the author's solution.
    pub(crate) reference_speedup: fn(&str) -> String,
    /// How many times its time the learner's solution takes.
    pub(crate) reference_time: fn(&str) -> String,
    /// How many times its instructions the learner's solution executes.
    pub(crate) reference_work: fn(&str) -> String,
    pub(crate) module_size: &'static str,
    // Where the time goes.
    pub(crate) profile: &'static str,
    pub(crate) profile_lead: &'static str,
    pub(crate) profile_bias: &'static str,
    pub(crate) profile_underway: &'static str,
    /// How many samples there are, and how many would be enough.
    pub(crate) too_few_samples: fn(u32, u32) -> String,
    pub(crate) starter: &'static str,
    pub(crate) submission: &'static str,
    pub(crate) difference: &'static str,
    /// A table of functions with their times per call.
    pub(crate) changes: &'static str,
    pub(crate) change: &'static str,
    pub(crate) flamegraph_of: &'static str,
    pub(crate) function: &'static str,
    pub(crate) line: &'static str,
    pub(crate) own_share: &'static str,
    pub(crate) total_share: &'static str,
    pub(crate) library: &'static str,
    pub(crate) laboratory: &'static str,
    // Attempts over time.
    pub(crate) attempts_chart: &'static str,
    /// How many of how many predictions lay in the interval.
    pub(crate) predictions: fn(u32, u32) -> String,
    // A trial run.
    pub(crate) run_passes: &'static str,
    pub(crate) run_differs: &'static str,
    pub(crate) not_run: &'static str,
    pub(crate) got: &'static str,
    pub(crate) equal: &'static str,
    pub(crate) different: &'static str,
}
