-- +goose Up
-- Members' quizzes, the last of each, sealed. Rows go when the next one may be taken anyway. day is when it
-- was last changed, in days since 1970.
CREATE TABLE quiz (
    chat   INTEGER NOT NULL REFERENCES chat (id),
    tag    BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    day    INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX quiz_day ON quiz (day);

-- When the author last passed a quiz about the rule of the case, 0 = never.
ALTER TABLE cases ADD COLUMN learned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_learned ON cases (chat, learned) WHERE learned > 0;

-- Whether they were told, when they joined, what holds in the group.
ALTER TABLE member ADD COLUMN welcomed INTEGER NOT NULL DEFAULT 0;
