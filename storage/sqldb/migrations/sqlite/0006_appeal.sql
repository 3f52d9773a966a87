-- +goose Up
-- Appeals. What stands in cases says how one ended; the rest goes with the ballots.

ALTER TABLE cases ADD COLUMN judges     BLOB;                        -- the admins who acted in it, sealed
ALTER TABLE cases ADD COLUMN appeal     TEXT    NOT NULL DEFAULT '' CHECK (appeal IN ('', 'jury', 'admins', 'stands', 'granted', 'lapsed'));
ALTER TABLE cases ADD COLUMN appealed   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN appeal_due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_appeal ON cases (appeal_due) WHERE appeal IN ('jury', 'admins');
CREATE INDEX case_appealed ON cases (chat, appealed) WHERE appealed > 0;

-- Whom a case is about, by a tag that is the same in all groups, so that they find what concerns them.
ALTER TABLE cases ADD COLUMN subject BLOB;
CREATE INDEX case_subject ON cases (subject, id) WHERE subject IS NOT NULL;

-- The author's sentence and the jury, sealed under the key of the case.
CREATE TABLE appeal (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    sealed  BLOB    NOT NULL
);

-- About which case somebody was asked for their sentence last, sealed. day is when, since 1970.
CREATE TABLE asked (
    tag    BLOB PRIMARY KEY,
    sealed BLOB    NOT NULL,
    day    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX asked_day ON asked (day);

-- Who wrote something in the last days, so that juries can be drawn. The person is sealed; day is when they last did.
CREATE TABLE active (
    chat   INTEGER NOT NULL REFERENCES chat (id),
    tag    BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    day    INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX active_day ON active (day);
