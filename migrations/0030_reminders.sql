-- How learners are reached, when, and what was sent. One row for each learner who was ever on the page of reminders.
CREATE TABLE reminder_settings (
    learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
    -- The language in which the learner is written to.
    language TEXT NOT NULL CHECK (language IN ('bg', 'en')),
    -- The address that the learner left; nothing is sent to it but its own confirmation until it is confirmed.
    address TEXT,
    confirmed_at_ms INTEGER,
    -- Whether reminders go to the address.
    by_mail INTEGER NOT NULL DEFAULT 1 CHECK (by_mail IN (0, 1)),
    -- Nothing is sent from this hour to that in the learner's time zone; equal hours mean that nothing is quiet.
    quiet_from_hour INTEGER NOT NULL DEFAULT 21 CHECK (quiet_from_hour BETWEEN 0 AND 23),
    quiet_until_hour INTEGER NOT NULL DEFAULT 8 CHECK (quiet_until_hour BETWEEN 0 AND 23),
    -- How often in a row the address refused, when it may be tried again, and whether it was given up.
    failures INTEGER NOT NULL DEFAULT 0,
    retry_after_ms INTEGER,
    parked_at_ms INTEGER,
    -- Whether the calendar feed is offered, and which of its addresses is valid: each revocation counts up.
    calendar_on INTEGER NOT NULL DEFAULT 0 CHECK (calendar_on IN (0, 1)),
    calendar_generation INTEGER NOT NULL DEFAULT 0,
    -- The server looks at the learner again at this moment; nothing can change the answer before.
    next_check_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reminder_settings_by_check ON reminder_settings (next_check_at_ms);

-- Browsers that asked for Web Push.
CREATE TABLE push_subscriptions (
    -- The address at the browser's push service.
    endpoint TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    language TEXT NOT NULL CHECK (language IN ('bg', 'en')),
    -- The browser's public key and the secret that messages to it are encrypted with (RFC 8291).
    p256dh BLOB NOT NULL,
    auth BLOB NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX push_subscriptions_by_learner ON push_subscriptions (learner_id);

-- Every reminder. A row is written before anything is sent, so that no crash can send it twice.
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'push')),
    -- The learner's day: at most one reminder a day.
    sent_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The items that were due, as a JSON list.
    items TEXT NOT NULL,
    -- 'claimed' until the outcome is known; after a crash it stays so and is not sent again. 'refused' was certainly not
    -- delivered, and may be tried again.
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'refused')),
    claimed_at_ms INTEGER NOT NULL,
    UNIQUE (learner_id, sent_on, channel)
) STRICT;

-- Links that work once. Only the hash of the secret in a link is kept.
CREATE TABLE one_time_links (
    secret_sha256 BLOB PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('confirm', 'sign_in', 'register', 'reset', 'invite')),
    learner_id INTEGER REFERENCES learners (id) ON DELETE CASCADE,
    -- The address that it was sent to.
    address TEXT,
    -- What it brings about, as JSON, where the purpose needs more.
    details TEXT,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_links_by_address ON one_time_links (address, created_at_ms);
CREATE INDEX one_time_links_by_learner ON one_time_links (learner_id);
