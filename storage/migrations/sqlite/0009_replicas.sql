-- What several replicas need of each other. A database of SQLite has one, and leaves this alone.

-- Until when a row is somebody's who is delivering it, or a limit forbids it, in ms.
ALTER TABLE outbox ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;

-- Telegram's limits, as far as they hold over all replicas: when the messages were sent that count against one, in ms, and
-- until when Telegram wants to hear nothing. chat is the group, or 0 for all.
CREATE TABLE pace (
    chat   INTEGER PRIMARY KEY,
    held   INTEGER NOT NULL DEFAULT 0,
    sent   BLOB    NOT NULL,
    public BLOB    NOT NULL
);
