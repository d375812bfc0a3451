//! English.

use super::{Counted, IslandText};

pub(super) const ISLANDS: IslandText = IslandText {
    saving: "Saving…",
    saved: "Saved",
    not_saved: "Not saved: the server does not answer. Trying again.",
    unreachable: "The server does not answer. What you wrote is kept here; try again.",
    retry: "Try again",
    in_this_lesson: "In this lesson",
    done: "done",
    reveal: "Save and compare",
    you_answered: "You answered",
    good_answer: "A good answer",
    right: "✓ Right",
    wrong: "✗ Wrong",
    rubric: "Tick what your answer had",
    how_well: "How easily did it come back?",
    ratings: ["Again", "Hard", "Good", "Easy"],
    suggested: "suggested",
    next_question: "Next question",
    code: "Code",
    run: "Run the examples",
    running: "Running…",
    reset: "Reset to starter",
    undo_reset: "Undo the reset",
    predicted_speedup: "How many times faster do you expect it to be?",
    submit: "Submit for grading",
    closed: "Solutions are not accepted at the moment.",
    submission_page: "Page of this solution",
    stages: ["Queued", "Compiling", "Checking the answers", "Measuring"],
    ahead: Counted {
        one: "solution ahead",
        other: "solutions ahead",
    },
    not_graded: "We could not grade the solution: the fault is ours and does not count against you. Submit it again.",
};
