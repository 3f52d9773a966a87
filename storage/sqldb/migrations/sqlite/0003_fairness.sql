-- +goose Up
-- What deciding fairly takes: standings, and what is remembered of ballots when they are destroyed. Days
-- are since 1970, UTC: no finer time is kept of what members did.

-- Points of standing missing, the day that is to be counted yet, and the last with an upheld case.
ALTER TABLE member ADD COLUMN lost  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN wrote INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN fell  INTEGER NOT NULL DEFAULT 0;

-- What the case took of its author's standing.
ALTER TABLE offence ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;

-- Why a standing changed. short is the case, empty if it was none.
CREATE TABLE turn (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    chat   INTEGER NOT NULL REFERENCES chat (id),
    tag    BLOB    NOT NULL,
    day    INTEGER NOT NULL,
    points INTEGER NOT NULL,
    cause  TEXT    NOT NULL CHECK (cause IN ('upheld', 'overturned', 'pardoned', 'appointed', 'days')),
    short  TEXT    NOT NULL
);
CREATE INDEX turn_of ON turn (chat, tag, id);

-- Why a case ended as it did, sealed.
ALTER TABLE cases ADD COLUMN reasons BLOB;

-- Final cases of the group, as many as are remembered.
ALTER TABLE chat ADD COLUMN settled     REAL    NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN settled_day INTEGER NOT NULL DEFAULT 0;

-- How often a member's ballots were right, and not on what. All sums are what was left of them on day.
CREATE TABLE track (
    chat        INTEGER NOT NULL REFERENCES chat (id),
    tag         BLOB    NOT NULL,
    day         INTEGER NOT NULL,
    were_right  REAL    NOT NULL,
    were_wrong  REAL    NOT NULL,
    voted       REAL    NOT NULL,
    cases_before REAL   NOT NULL,
    latest      REAL    NOT NULL,
    missed      REAL    NOT NULL,
    noted       INTEGER NOT NULL,
    pauses      INTEGER NOT NULL,
    pause_until INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX track_day ON track (day);

-- How often two members voted alike, and not on what. The tag is of both.
CREATE TABLE alike (
    chat INTEGER NOT NULL REFERENCES chat (id),
    tag  BLOB    NOT NULL,
    day  INTEGER NOT NULL,
    sum  REAL    NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX alike_day ON alike (day);
