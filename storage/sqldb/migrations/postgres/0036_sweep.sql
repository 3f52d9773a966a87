-- +goose Up
-- Cases of messages that went along with the message of another, or are copies of it: that other case.
ALTER TABLE cases ADD COLUMN copy_of TEXT NOT NULL DEFAULT '';
-- How many messages were removed along with that of a case.
ALTER TABLE cases ADD COLUMN along BIGINT NOT NULL DEFAULT 0;
-- Copies of a removed message that still come go too, for a day. What is looked for is a tag of what all copies have in common.
CREATE TABLE copy_watch (
    chat    BIGINT NOT NULL REFERENCES chat (id),
    tag     BYTEA NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    ends    BIGINT NOT NULL,
    PRIMARY KEY (chat, tag, case_id)
);
-- Until when a group has such rows; 0 if it never had any.
ALTER TABLE chat ADD COLUMN watched BIGINT NOT NULL DEFAULT 0;
