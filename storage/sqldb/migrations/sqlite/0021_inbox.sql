-- +goose Up
-- Updates that are confirmed to Telegram and not handled yet, see storage/inbox.go. A lane is a chat, as a number from which nobody
-- without the key can tell which. Owner is the process that handles a row, until taken (in milliseconds); 0 is nobody.
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    lane      INTEGER NOT NULL,
    owner     INTEGER NOT NULL,
    taken     INTEGER NOT NULL,
    sealed    BLOB    NOT NULL
);
CREATE INDEX inbox_lane ON inbox (lane, update_id);
