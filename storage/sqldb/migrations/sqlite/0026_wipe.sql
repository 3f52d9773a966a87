-- +goose Up
-- What people were shown of their own reports and votes, see storage/shown.go. tag is one of many tags of the person, sealed says
-- which message it is, and ends is the last day, since 1970, for which the row is kept.
CREATE TABLE shown (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    tag    BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    ends   INTEGER NOT NULL
);
CREATE INDEX shown_of ON shown (tag, id);
CREATE INDEX shown_ends ON shown (ends, id);

-- When somebody wiped that last, sealed. The tag is theirs in all groups together.
CREATE TABLE wiped (
    tag    BLOB    PRIMARY KEY,
    sealed BLOB    NOT NULL,
    ends   INTEGER NOT NULL
) WITHOUT ROWID;
