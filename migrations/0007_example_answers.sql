-- The references' answers to visible examples, which exercise pages show: computed once for each content of an exercise, so
-- that a start compiles nothing.
CREATE TABLE example_answers (
    -- A hash of the exercise's programs and inputs.
    grading_hash TEXT PRIMARY KEY,
    -- A JSON list of texts, in the order of the examples.
    answers TEXT NOT NULL,
    answered_at_ms INTEGER NOT NULL
) STRICT;
