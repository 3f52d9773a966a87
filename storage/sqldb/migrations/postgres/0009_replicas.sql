-- +goose Up
-- What several replicas need of each other.

-- Until when a row is somebody's who is delivering it, or a limit forbids it, in ms.
ALTER TABLE outbox ADD COLUMN taken BIGINT NOT NULL DEFAULT 0;

-- Telegram's limits, as far as they hold over all replicas. chat is the group by its number at Telegram, or 0 for all of them; at
-- is when it was last written; held, in ms, until when Telegram wants to hear nothing; state is the bot's own (bot/pace.go).
CREATE TABLE pace (
    chat  BIGINT PRIMARY KEY,
    at    BIGINT NOT NULL,
    held  BIGINT NOT NULL,
    state BYTEA NOT NULL
);
CREATE INDEX pace_held ON pace (held);
