-- +goose Up
-- Recent messages of all groups as they came, those of a commit in one row, and when that was: written one behind the other and
-- deleted in the same order. Rows that lay group by group stay as they are, before the others.
CREATE TABLE came (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    sealed BLOB    NOT NULL
);

-- In which rows of arrival a group has messages, and the first and the last of their numbers there.
CREATE TABLE spot (
    chat    INTEGER NOT NULL REFERENCES chat (id),
    arrival INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (chat, arrival)
) WITHOUT ROWID;

INSERT INTO spot (chat, arrival, first, last) SELECT chat, row_number() OVER (ORDER BY at, chat, last), first, last FROM stretch;
INSERT INTO came (id, at, sealed)
    SELECT s.arrival, t.at, t.sealed FROM spot s JOIN stretch t ON t.chat = s.chat AND t.last = s.last;
INSERT INTO meta (name, value) SELECT 'spotted', CAST(count(*) AS BLOB) FROM came HAVING count(*) > 0 OR EXISTS (SELECT 1 FROM arrival);
INSERT INTO came (id, at, sealed)
    SELECT id + (SELECT count(*) FROM stretch), CAST(strftime('%s', 'now') AS INTEGER), sealed FROM arrival;
DROP TABLE stretch;
DROP TABLE arrival;
ALTER TABLE came RENAME TO arrival;
