-- +goose Up
-- From here on goose notes in a table of its own which migrations have run. Releases before looked here, and refuse what is newer.
CREATE TABLE IF NOT EXISTS shape (one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL);
INSERT INTO shape (one, number) VALUES (1, 20) ON CONFLICT (one) DO UPDATE SET number = excluded.number;
