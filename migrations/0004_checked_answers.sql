-- Whether an answer that was checked automatically is right; NULL where the learner rates it. Kept with the answer, so that
-- a later edit of the lesson does not change what the learner was told.
ALTER TABLE answers ADD COLUMN is_right INTEGER CHECK (is_right IN (0, 1));
