-- Learners and what they remember.

-- Names and keys that only the server knows, such as the key that signs cookies.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE learners (
    id INTEGER PRIMARY KEY,
    -- The UUID in the learner's signed cookie.
    token TEXT NOT NULL UNIQUE,
    created_at_ms INTEGER NOT NULL,
    -- IANA name of the zone in which the learner's days begin and end.
    time_zone TEXT NOT NULL,
    -- The hour at which a new day begins.
    day_starts_at_hour INTEGER NOT NULL DEFAULT 4 CHECK (day_starts_at_hour BETWEEN 0 AND 23),
    -- The probability of recall at which an item is due.
    desired_retention REAL NOT NULL DEFAULT 0.9 CHECK (desired_retention BETWEEN 0.8 AND 0.95),
    new_items_per_day INTEGER NOT NULL DEFAULT 10 CHECK (new_items_per_day >= 0)
) STRICT;

-- Lessons that learners finished: the day from which their plans count.
CREATE TABLE finishes (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    finished_on TEXT NOT NULL,
    finished_at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson_id)
) STRICT, WITHOUT ROWID;

-- Answers in the learners' own words. Append-only.
CREATE TABLE answers (
    -- A UUID made by the client, so that a repeated request is one answer.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    item_id INTEGER NOT NULL REFERENCES items (id),
    -- The version that the learner had in front of them.
    version_id INTEGER NOT NULL REFERENCES lesson_versions (id),
    text TEXT NOT NULL,
    answered_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_learner ON answers (learner_id, item_id, answered_at_ms);

-- Every rating ever given. Append-only and complete, so that a later algorithm can replay it.
CREATE TABLE reviews (
    -- A UUID made by the client, so that a repeated request is one review.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    item_id INTEGER NOT NULL REFERENCES items (id),
    answer_id TEXT NOT NULL REFERENCES answers (id),
    -- 1 Again, 2 Hard, 3 Good, 4 Easy.
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    -- The rubric's points that the learner ticked, as a JSON list of places from 0.
    ticks TEXT NOT NULL,
    reviewed_at_ms INTEGER NOT NULL,
    -- The learner's day at that moment.
    reviewed_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_learner ON reviews (learner_id, item_id, reviewed_at_ms);
CREATE INDEX reviews_by_day ON reviews (learner_id, reviewed_on);
CREATE INDEX reviews_by_answer ON reviews (answer_id);

-- What the log of reviews amounts to: the learner's memory of an item. Can be made again from `reviews`.
CREATE TABLE memories (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    item_id INTEGER NOT NULL REFERENCES items (id),
    -- The algorithm whose numbers these are.
    algorithm TEXT NOT NULL CHECK (algorithm IN ('fsrs-6')),
    -- Days after which recall has fallen to 90 %.
    stability REAL NOT NULL,
    -- From 1, easy, to 10.
    difficulty REAL NOT NULL,
    first_reviewed_on TEXT NOT NULL,
    last_reviewed_on TEXT NOT NULL,
    last_rating INTEGER NOT NULL CHECK (last_rating BETWEEN 1 AND 4),
    review_count INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    PRIMARY KEY (learner_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memories_by_due_day ON memories (learner_id, due_on);
