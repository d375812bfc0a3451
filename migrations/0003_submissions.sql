-- Code handed in, and what came of it. `submissions` is the truth about grading: workers are replaceable.

-- What a learner is typing.
CREATE TABLE drafts (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    exercise TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, exercise, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
    -- A UUID made by the client, so that a repeated request is one submission.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    exercise TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    -- The speed-up that the learner expected.
    predicted_speedup REAL,
    submitted_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'not_graded')),
    -- How often a worker was given it.
    tries INTEGER NOT NULL DEFAULT 0,
    -- Until when the worker that has it may take; then it is given out again.
    leased_until_ms INTEGER,
    -- The verdict's word and the numbers that lists show; the whole report is in `verdicts`.
    verdict TEXT,
    passed INTEGER,
    speedup REAL,
    verdict_key TEXT REFERENCES verdicts (key),
    graded_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_by_learner ON submissions (learner_id, exercise, submitted_at_ms);
CREATE INDEX submissions_waiting ON submissions (submitted_at_ms) WHERE state IN ('queued', 'leased');

-- Verdicts by content: the same programs, inputs, toolchain and runner get the same verdict, so nobody can re-roll.
CREATE TABLE verdicts (
    key TEXT PRIMARY KEY,
    -- The report as JSON, as `latency-lab grade --json` prints it.
    report TEXT NOT NULL,
    graded_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
