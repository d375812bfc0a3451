-- Pictures of lessons, as they were when a version with them was published: a picture that is replaced or deleted beside
-- its lesson leaves the published one standing.
CREATE TABLE images (
    -- The beginning of the SHA-256 of its bytes in hexadecimal digits, a dot, and the extension of its kind.
    name TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
