-- What verdicts were computed from, and how far measuring can be trusted on this installation.

-- The raw samples, in the form that `latency-lab grade --replay` reads; NULL where nothing was measured. A verdict that was
-- inconclusive is continued from them.
ALTER TABLE verdicts ADD COLUMN samples BLOB;

-- The speed-up's interval, which lists of attempts show as they do the speed-up; the report has much more.
ALTER TABLE submissions ADD COLUMN speedup_low REAL;
ALTER TABLE submissions ADD COLUMN speedup_high REAL;
UPDATE submissions SET (speedup_low, speedup_high) =
    (SELECT report ->> '$.interval[0]', report ->> '$.interval[1]' FROM verdicts WHERE key = verdict_key)
WHERE speedup IS NOT NULL;

-- A verdict that a rerun decided is told to every submission that has it.
CREATE INDEX submissions_by_verdict ON submissions (verdict_key);

-- Starters that the grader timed against themselves: anything but `same` or `inconclusive` is a false verdict.
CREATE TABLE self_checks (
    id INTEGER PRIMARY KEY,
    checked_at_ms INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    language TEXT NOT NULL,
    verdict TEXT NOT NULL,
    -- Half of the width of the speed-up's interval; NULL where there was no time to measure.
    half_width REAL
) STRICT;
