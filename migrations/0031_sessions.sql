-- Browsers and who they belong to. The token is the UUID in the browser's signed cookie.
CREATE TABLE sessions (
    token TEXT PRIMARY KEY,
    -- Nobody once it was revoked or signed out: whoever goes on in that browser is a new learner.
    learner_id INTEGER REFERENCES learners (id) ON DELETE CASCADE,
    -- What the browser says about itself.
    user_agent TEXT NOT NULL DEFAULT '',
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_learner ON sessions (learner_id);
INSERT INTO sessions (token, learner_id, created_at_ms, last_used_at_ms)
SELECT token, id, created_at_ms, created_at_ms FROM learners;

-- Learners who can sign in. Reading and learning need none of this.
CREATE TABLE accounts (
    learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
    -- In lower case.
    email TEXT NOT NULL UNIQUE,
    -- Argon2id, in the PHC string format.
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'instructor', 'administrator')),
    created_at_ms INTEGER NOT NULL
) STRICT;

-- Attempts that are limited, counted by what they are limited by: an address, a browser's IP address.
CREATE TABLE attempts (
    subject TEXT NOT NULL,
    attempted_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_subject ON attempts (subject, attempted_at_ms);
