-- +goose Up
-- How many bytes the files of evidence take, of each group that has any, and of all groups under 0. Whoever changes that locks
-- the row 0 first.
CREATE TABLE space (
    chat  BIGINT PRIMARY KEY,
    bytes BIGINT NOT NULL
);

INSERT INTO space (chat, bytes)
SELECT c.chat, sum(length(m.sealed)) FROM medium m JOIN cases c ON c.id = m.case_id GROUP BY c.chat;

INSERT INTO space (chat, bytes) SELECT 0, sum(bytes) FROM space HAVING count(*) > 0;

-- How many bytes of files were kept on a day for what somebody reported. The tag is theirs in all groups together. The number is
-- sealed: compared with the sizes of files it would say which cases have the same reporter.
CREATE TABLE allowance (
    tag    BYTEA PRIMARY KEY,
    day    BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

-- There was no space for a file of its evidence, and nobody has looked for some again.
ALTER TABLE cases ADD COLUMN unkept BIGINT NOT NULL DEFAULT 0;

-- The number of a group before it became a supergroup, 0 if it never did since this is noted.
ALTER TABLE chat ADD COLUMN former BIGINT NOT NULL DEFAULT 0;
