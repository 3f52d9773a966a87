-- +goose Up
-- A group's rule book, sealed, since it is the group's own words; null until it writes one.
ALTER TABLE chat ADD COLUMN book BLOB;

-- The severity of the rule that the case is under, or was when it was decided. What an offence cost tells
-- it, unless there was less to take.
ALTER TABLE offence ADD COLUMN severity INTEGER NOT NULL DEFAULT 1;
UPDATE offence SET severity = CASE cost WHEN 10 THEN 1 WHEN 20 THEN 2 WHEN 40 THEN 3 ELSE min(steps, 3) END;

-- One cause more, so the table is made anew: SQLite changes no CHECK.
CREATE TABLE turn_new (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    chat   INTEGER NOT NULL REFERENCES chat (id),
    tag    BLOB    NOT NULL,
    day    INTEGER NOT NULL,
    points INTEGER NOT NULL,
    cause  TEXT    NOT NULL CHECK (cause IN ('upheld', 'overturned', 'pardoned', 'corrected', 'appointed', 'days')),
    short  TEXT    NOT NULL
);
INSERT INTO turn_new SELECT id, chat, tag, day, points, cause, short FROM turn;
DROP TABLE turn;
ALTER TABLE turn_new RENAME TO turn;
CREATE INDEX turn_of ON turn (chat, tag, id);
