-- +goose Up
-- When a practice began, so that one which nothing ended is forgotten. Of those that there are it is not known: they are as if they began now.
ALTER TABLE practice ADD COLUMN began BIGINT NOT NULL DEFAULT 0;
UPDATE practice SET began = CAST(extract(epoch FROM now()) AS BIGINT);
-- When its message was posted, 0 before that, so that a forward of it is found without opening those of all groups. NULL for what a
-- release before kept last.
ALTER TABLE practice ADD COLUMN posted BIGINT;
CREATE INDEX practice_posted ON practice (posted);
