-- Where the time of graded programs goes, made after their verdicts; the same content has the same key as its verdict.
CREATE TABLE profiles (
    verdict_key TEXT PRIMARY KEY REFERENCES verdicts (key),
    -- The stacks of both programs as JSON.
    profile TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
