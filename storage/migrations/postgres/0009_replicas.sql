-- What several replicas need of each other.

-- Until when a row is somebody's who is delivering it, or a limit forbids it, in ms.
ALTER TABLE outbox ADD COLUMN taken BIGINT NOT NULL DEFAULT 0;

-- Telegram's limits, as far as they hold over all replicas: when the messages were sent that count against one, in ms, and
-- until when Telegram wants to hear nothing. chat is the group, or 0 for all.
CREATE TABLE pace (
    chat   BIGINT PRIMARY KEY,
    held   BIGINT NOT NULL DEFAULT 0,
    sent   BYTEA  NOT NULL,
    public BYTEA  NOT NULL
);
