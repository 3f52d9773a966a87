-- +goose Up
-- What admins need: a log channel, digests, penalties by hand and their reversal, and the evidence.

ALTER TABLE chat ADD COLUMN log         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN log_lost    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN link_code   TEXT    NOT NULL DEFAULT '';
ALTER TABLE chat ADD COLUMN link_ends   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN digest_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN digest_due  INTEGER NOT NULL DEFAULT 0;
CREATE INDEX chat_digest ON chat (digest_due) WHERE is_member = 1;
CREATE INDEX chat_code ON chat (link_code) WHERE link_code <> '';

-- until is the end of the penalty, 0 = none.
ALTER TABLE cases ADD COLUMN hand        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN handed      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN until       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN reversed    TEXT    NOT NULL DEFAULT '' CHECK (reversed IN ('', 'overturned', 'pardoned'));
ALTER TABLE cases ADD COLUMN reversed_at INTEGER NOT NULL DEFAULT 0;
UPDATE cases SET until = decided + deed_for WHERE deed_for > 0;
CREATE INDEX case_decided ON cases (chat, decided) WHERE verdict <> 'open';

-- What a case is about, sealed with the key file. Rows go after the retention.
CREATE TABLE evidence (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    sealed  BLOB    NOT NULL
);

-- Who is an admin where, so that somebody finds the groups they can set up.
CREATE TABLE admin (
    tag  BLOB    NOT NULL,
    chat INTEGER NOT NULL REFERENCES chat (id),
    PRIMARY KEY (tag, chat)
) WITHOUT ROWID;
CREATE INDEX admin_of ON admin (chat);

-- Whom an @username means, as far as they wrote in the group. The user is sealed. day is when they
-- were last seen under it, in days since 1970.
CREATE TABLE handle (
    chat   INTEGER NOT NULL REFERENCES chat (id),
    tag    BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    day    INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX handle_day ON handle (day);

-- How many reports there were against admins, a day each, and tags by which one that is made twice
-- counts once. Of who made them, nothing else is kept, and the tags go after a week.
CREATE TABLE complaint (
    chat  INTEGER NOT NULL REFERENCES chat (id),
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (chat, day)
) WITHOUT ROWID;
CREATE TABLE complained (
    chat INTEGER NOT NULL REFERENCES chat (id),
    tag  BLOB    NOT NULL,
    day  INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
