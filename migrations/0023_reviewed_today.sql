-- What was rated on a day, for the limits and the summary of that day: found without reading the learner's whole log.
CREATE INDEX memories_by_last_day ON memories (learner_id, last_reviewed_on);
DROP INDEX memories_by_first_day;
