-- +goose Up
-- Recent messages, those of a group that were put down together in one row: the numbers of the first and the last, and when the
-- last of them was written. Rows of one group have no numbers in common. What was kept one by one stays as it is.
CREATE TABLE stretch (
    chat   INTEGER NOT NULL REFERENCES chat (id),
    last   INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (chat, last)
) WITHOUT ROWID;
INSERT INTO stretch (chat, last, first, at, sealed) SELECT chat, message, message, at, sealed FROM sighting;
DROP TABLE sighting;

-- Messages of all groups as they came, until they are put down in stretch.
CREATE TABLE arrival (
    id     INTEGER PRIMARY KEY,
    sealed BLOB    NOT NULL
);
