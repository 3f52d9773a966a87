-- +goose Up
-- The files of a message that is evidence, sealed and padded. They go with it.
CREATE TABLE medium (
    case_id INTEGER NOT NULL REFERENCES evidence (case_id) ON DELETE CASCADE,
    part    INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (case_id, part)
) WITHOUT ROWID;
