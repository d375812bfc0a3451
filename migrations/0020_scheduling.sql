-- Steps inside a review session, undone ratings, limits a day, and parameters of a learner's own.

-- Whether a rating was given in a review session, where wrong and new items come back within minutes. Ratings given in
-- the lesson, and all before this column, lead to whole days.
ALTER TABLE reviews ADD COLUMN in_session INTEGER NOT NULL DEFAULT 0 CHECK (in_session IN (0, 1));

-- Ratings taken back. Append-only, as what they take back is; one may arrive before the rating that it names.
CREATE TABLE review_undos (
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    review_id TEXT NOT NULL,
    undone_at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, review_id)
) STRICT, WITHOUT ROWID;

-- The ratings that count: those not taken back, and of an answer that was rated twice only the earlier one.
CREATE VIEW standing_reviews AS
SELECT * FROM reviews
WHERE NOT EXISTS (SELECT 1 FROM review_undos
                  WHERE review_undos.learner_id = reviews.learner_id AND review_undos.review_id = reviews.id)
  AND NOT EXISTS (SELECT 1 FROM reviews AS earlier
                  WHERE earlier.answer_id = reviews.answer_id
                    AND (earlier.reviewed_at_ms, earlier.id) < (reviews.reviewed_at_ms, reviews.id)
                    AND NOT EXISTS (SELECT 1 FROM review_undos
                                    WHERE review_undos.learner_id = earlier.learner_id
                                      AND review_undos.review_id = earlier.id));

-- Where an item is on its way: in the steps of its first session, out of them, or in the steps after it was forgotten.
ALTER TABLE memories ADD COLUMN phase TEXT NOT NULL DEFAULT 'review' CHECK (phase IN ('learning', 'review', 'relearning'));
-- The step that it is in, from 0.
ALTER TABLE memories ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
-- In a step: the moment at which it comes back. Its `due_on` is then the day of the rating.
ALTER TABLE memories ADD COLUMN due_at_ms INTEGER;
-- How often it was forgotten after it had been learned.
ALTER TABLE memories ADD COLUMN lapses INTEGER NOT NULL DEFAULT 0;
CREATE INDEX memories_in_steps ON memories (learner_id, due_at_ms) WHERE due_at_ms IS NOT NULL;
-- Which memories began on a day: what the limit of new items counts.
CREATE INDEX memories_by_first_day ON memories (learner_id, first_reviewed_on);

-- The most items that come back on one day; rows of review plans are not counted.
ALTER TABLE learners ADD COLUMN reviews_per_day INTEGER NOT NULL DEFAULT 100 CHECK (reviews_per_day >= 0);
-- The 21 parameters of FSRS-6 that fit this learner, as a JSON list; NULL means the defaults.
ALTER TABLE learners ADD COLUMN parameters TEXT;
