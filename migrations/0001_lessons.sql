-- Lessons as published. Files are the author's input; what learners read is here.

-- One lesson in one language. Lessons with one number are translations of each other.
CREATE TABLE lessons (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('bg', 'en')),
    -- The version that learners read; replaced only by a version without errors.
    published_version_id INTEGER REFERENCES lesson_versions (id),
    UNIQUE (number, language)
) STRICT;

-- Everything that was ever published.
CREATE TABLE lesson_versions (
    id INTEGER PRIMARY KEY,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    -- Where the file was, for the author.
    path TEXT NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    -- The version of the parser and renderer that made `parsed`: a newer one makes a new version from the same source.
    renderer_version INTEGER NOT NULL,
    -- The parsed lesson as JSON, its prose rendered.
    parsed TEXT NOT NULL,
    imported_at_ms INTEGER NOT NULL,
    UNIQUE (lesson_id, source_sha256, renderer_version)
) STRICT;

-- Something that a learner can have a history with. It outlives edits of the lesson.
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    kind TEXT NOT NULL CHECK (kind IN ('quiz', 'concept', 'pitfall', 'plan')),
    -- Set when no published version has it any more; its history stays.
    retired_at_ms INTEGER
) STRICT;
CREATE INDEX items_by_lesson ON items (lesson_id);

-- What an item says in one version.
CREATE TABLE version_items (
    version_id INTEGER NOT NULL REFERENCES lesson_versions (id),
    item_id INTEGER NOT NULL REFERENCES items (id),
    -- Its place among the items of its kind, from 0.
    position INTEGER NOT NULL,
    -- Its name in that version of the lesson.
    key TEXT NOT NULL,
    -- The prompt as plain text, which finds the item again after an edit.
    text TEXT NOT NULL,
    -- For a row of the review plan: how many days after finishing it is first due.
    interval_days INTEGER,
    PRIMARY KEY (version_id, item_id),
    UNIQUE (version_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_items_by_item ON version_items (item_id);
