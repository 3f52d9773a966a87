-- +goose Up
-- Updates that are confirmed to Telegram and not handled yet, see storage/inbox.go. A lane is a chat, as a number from which nobody
-- without the key can tell which. Owner is the process that handles a row, until taken (in milliseconds); 0 is nobody.
CREATE TABLE inbox (
    update_id BIGINT PRIMARY KEY,
    lane      BIGINT NOT NULL,
    owner     BIGINT NOT NULL,
    taken     BIGINT NOT NULL,
    sealed    BYTEA NOT NULL
);
CREATE INDEX inbox_lane ON inbox (lane, update_id);
