-- Attempts to fit the parameters of FSRS-6 to a learner, kept or not. Append-only.
CREATE TABLE parameter_fits (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    fitted_at_ms INTEGER NOT NULL,
    -- How many ratings there were.
    review_count INTEGER NOT NULL,
    -- The log loss on the latest fifth of the reviews, which the fit did not see: of the parameters in force, and of the
    -- fitted ones.
    log_loss_before REAL NOT NULL,
    log_loss_after REAL NOT NULL,
    -- Whether the fitted ones were better and are in force since.
    is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
    -- The fitted parameters as a JSON list.
    parameters TEXT NOT NULL
) STRICT;
CREATE INDEX parameter_fits_by_learner ON parameter_fits (learner_id, review_count);
