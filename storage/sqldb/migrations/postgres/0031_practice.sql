-- +goose Up
-- The practice of a group, if there was one within the hour: JSON, sealed, see moderation.Practice.
CREATE TABLE practice (
    chat   BIGINT PRIMARY KEY REFERENCES chat (id),
    sealed BYTEA NOT NULL
);
