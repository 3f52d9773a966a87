-- +goose Up
-- From here on goose notes in a table of its own which migrations have run. Releases before looked here, and refuse what is newer.
PRAGMA user_version = 20;
