-- +goose Up
-- What several replicas need of each other. A database of SQLite has one, and leaves this alone.

-- Until when a row is somebody's who is delivering it, or a limit forbids it, in ms.
ALTER TABLE outbox ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;

-- Telegram's limits, as far as they hold over all replicas. chat is the group by its number at Telegram, or 0 for all of them; at
-- is when it was last written; held, in ms, until when Telegram wants to hear nothing; state is the bot's own (bot/pace.go).
CREATE TABLE pace (
    chat  INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    held  INTEGER NOT NULL,
    state BLOB NOT NULL
);
CREATE INDEX pace_held ON pace (held);
