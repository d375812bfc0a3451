-- Texts of lessons that somebody is writing in the browser and has not published. Files remain the source of truth.
CREATE TABLE lesson_drafts (
    number INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('bg', 'en')),
    -- Whose draft it is: the token of their browser. Two authors of one lesson have a draft each.
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    -- The SHA-256 of the file that it was made from, which tells whether somebody changed the file meanwhile.
    base_sha256 TEXT NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    PRIMARY KEY (number, language, author)
) STRICT, WITHOUT ROWID;
