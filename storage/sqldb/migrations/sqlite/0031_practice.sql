-- +goose Up
-- The practice of a group, if there was one within the hour: JSON, sealed, see moderation.Practice.
CREATE TABLE practice (
    chat   INTEGER PRIMARY KEY REFERENCES chat (id),
    sealed BLOB NOT NULL
);
