-- +goose Up
-- In which groups something is kept of a person, see storage/persongroup.go. slot is one of many tags of the person, mark a tag of
-- both, ref the group hidden by a keyed hash, and ends the last day, since 1970, for which the row is kept.
CREATE TABLE person_group (
    slot BYTEA NOT NULL,
    mark BYTEA NOT NULL,
    ref  BYTEA NOT NULL,
    ends BIGINT NOT NULL,
    PRIMARY KEY (slot, mark)
);

-- Of what is kept already nothing is known here. Up to this group everything is looked through when somebody asks.
INSERT INTO meta (name, value) SELECT 'groups before person_group', CAST(CAST(max(id) AS TEXT) AS BYTEA) FROM chat HAVING count(*) > 0;

-- The cases of a group whose ballots are still there.
CREATE INDEX case_ballots ON cases (chat) WHERE key IS NOT NULL;

-- What somebody may ask for once a day, and the day when they last did, since 1970. The tag is of both. Rows go when the day is over.
CREATE TABLE daily (
    tag BYTEA PRIMARY KEY,
    day BIGINT NOT NULL
);
