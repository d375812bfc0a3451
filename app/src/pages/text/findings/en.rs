//! English.

use super::FindingsText;

pub(crate) const FINDINGS: FindingsText = FindingsText {
    surely_faster: |speedup, low, high| {
        format!("{speedup} faster; we are 99 % sure that it is between {low} and {high}.")
    },
    surely_slower: |slowdown, low, high| {
        format!("{slowdown} slower; we are 99 % sure that it is between {low} and {high}.")
    },
    surely_same: |low, high| {
        format!(
            "We are 99 % sure that the speed-up is between {low} and {high}: within the 3 % that we do not tell apart."
        )
    },
    not_sure: |low, high| {
        format!(
            "We are 99 % sure that the speed-up is between {low} and {high}, and that allows more than one answer."
        )
    },
    identical_code: "The compiled program is the starter's: nothing that runs was changed, so there was nothing to measure.",
    nothing_measured: "Compiling and checking took almost all the time there is, so nothing was measured.",
    less_work: "Less work: the program executes fewer instructions, and is faster for it.",
    better_locality: "Same work, better locality: there are about as many instructions, and they take less time. The data are nearer to the processor, or it guesses the branches better.",
    off_the_critical_path: "Fewer instructions off the critical path: you saved work that was done while the processor was waiting for something else. Find out what it waits for.",
    cheaper_work: "More but cheaper work: there are more instructions, and they take less time, because each costs less or several run at once.",
    more_work: "More work: it executes more instructions, and they take longer.",
    costlier_work: "Costlier work: not more instructions, and yet they take longer. Look at the order in which memory is read, and at what waits for what.",
    may_go_on: "This costs you nothing. Measuring can go on once more from the data that were gathered, now or later; that verdict is final.",
    go_on: "Measure once more",
    is_final: "This costs you nothing, and is final for this code: we have measured as often as was planned. Make a larger change.",
    reference: "The author's solution",
    reference_speedup: |speedup| format!("It is {speedup} faster than the starter."),
    reference_time: |ratio| format!("Yours takes {ratio} its time."),
    reference_work: |ratio| format!("Yours executes {ratio} as many instructions."),
    module_size: "Size of the program",
    profile: "Where the time goes",
    profile_lead: "Each box is a call: its width is its share of the time, and it stands on its caller. Your code is blue-green, the library orange, the laboratory's own part (“lab”) yellow; the number behind a name is the line.",
    profile_bias: "We look at the program where a function begins and where a loop begins its next round, and what lies in between counts there. So a profile shows where to look, not what one line costs.",
    profile_underway: "The profile is being made and appears here within seconds.",
    too_few_samples: |samples, enough| {
        format!(
            "We saw the program only {samples} times, and {enough} would be needed to say where its time goes."
        )
    },
    starter: "Starter",
    submission: "Your code",
    difference: "Difference in time per call: a box is as wide as in your solution; what got slower than in the starter is red, what got faster blue. What is gone has no box, so see the table as well",
    changes: "What changed, in time per call",
    change: "Change",
    flamegraph_of: "Flamegraph",
    function: "Function",
    line: "Line",
    own_share: "Itself",
    total_share: "With its calls",
    library: "library",
    laboratory: "laboratory",
    attempts_chart: "Speed-up of your attempts, first to last, with 99 % intervals",
    predictions: |held, all| {
        format!(
            "▲ is what you expected. Of {all} expectations, {held} came within a tenth of the result."
        )
    },
    run_passes: "The examples pass",
    run_differs: "An example does not pass",
    not_run: "The program did not get to an answer",
    got: "Got",
    equal: "✓ equal",
    different: "✗ different",
};
