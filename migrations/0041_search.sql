-- What the search finds. Words stand here as stems, which `content` makes; the index of a lesson is replaced with each
-- published version.

-- A passage of a published lesson, as results show it.
CREATE TABLE search_passages (
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    -- Its place in the lesson, from 0.
    position INTEGER NOT NULL,
    -- The fragment of the lesson's page that shows it.
    anchor TEXT NOT NULL,
    -- What it is called, if it has a name.
    title TEXT NOT NULL,
    -- What it says, as plain text.
    text TEXT NOT NULL,
    -- The stems of both, with a blank before and behind each.
    stems TEXT NOT NULL,
    PRIMARY KEY (lesson_id, position)
) STRICT, WITHOUT ROWID;

-- A published lesson; the row is that of `lessons`.
CREATE VIRTUAL TABLE search_lessons USING fts5 (
    title, names, text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);
