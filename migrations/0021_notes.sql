-- What learners write down in a lesson besides the answers to its items.

-- Append-only until the learner deletes it; the latest text under a name is the one that stands.
CREATE TABLE notes (
    -- A UUID made from the client's, so that a repeated request is one note.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    -- What was known before reading, the answer to a question of a step, or the note of a step.
    kind TEXT NOT NULL CHECK (kind IN ('prior', 'question', 'step')),
    -- The name of the prompt, question or step in the lesson.
    key TEXT NOT NULL,
    -- Markdown for the note of a step; plain text else.
    text TEXT NOT NULL,
    written_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_by_lesson ON notes (learner_id, lesson_id, kind, key, written_at_ms);

-- The picture of a step's note: one, replaced by the next.
CREATE TABLE note_images (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    step_key TEXT NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
    bytes BLOB NOT NULL,
    added_at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson_id, step_key)
) STRICT;

-- Steps of learning paths that learners marked as done.
CREATE TABLE done_steps (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    step_key TEXT NOT NULL,
    done_at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson_id, step_key)
) STRICT, WITHOUT ROWID;
