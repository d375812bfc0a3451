-- Attempts of the day before are forgotten with each new one.
CREATE INDEX attempts_by_age ON attempts (attempted_at_ms);
