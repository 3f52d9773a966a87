-- +goose Up
-- How far the removal and the penalty are that a case brought: empty if nothing was noted, else done, waits, or why it never was.
ALTER TABLE cases ADD COLUMN removal   TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN put       TEXT NOT NULL DEFAULT '';
-- Where the case stands in the log channel while something waits, in JSON, sealed.
ALTER TABLE cases ADD COLUMN log_entry BYTEA;
