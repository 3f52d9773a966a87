-- +goose Up
-- Recent messages, those of a group that were put down together in one row: the numbers of the first and the last, and when the
-- last of them was written. Rows of one group have no numbers in common. What was kept one by one stays as it is.
CREATE TABLE stretch (
    chat   BIGINT NOT NULL REFERENCES chat (id),
    last   BIGINT NOT NULL,
    first  BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    sealed BYTEA  NOT NULL,
    PRIMARY KEY (chat, last)
);
INSERT INTO stretch (chat, last, first, at, sealed) SELECT chat, message, message, at, sealed FROM sighting;
DROP TABLE sighting;

-- Messages of all groups as they came, until they are put down in stretch. A database that was copied from SQLite may have some.
CREATE TABLE arrival (
    id     BIGINT PRIMARY KEY,
    sealed BYTEA  NOT NULL
);
