-- +goose Up
-- In which rows of arrival there are messages whose forwards show a second, in seconds since 1970; see
-- storage/messagelog/forwards.go. A number below 0 is a keyed hash of one.
CREATE TABLE arrival_time (
    at      BIGINT NOT NULL,
    arrival BIGINT NOT NULL,
    PRIMARY KEY (at, arrival)
);

-- Of what is kept already only the time of arrival is known. Nearly all came within two seconds.
INSERT INTO arrival_time (at, arrival) SELECT at, id FROM arrival UNION SELECT at - 1, id FROM arrival UNION SELECT at - 2, id FROM arrival;

-- By what a group is found to which a link leads, see storage/grouplink.go: its public name (what = 0), its channel (1), or the
-- public name of that (2). The tag is a keyed hash.
CREATE TABLE group_link (
    chat BIGINT NOT NULL REFERENCES chat (id),
    what BIGINT NOT NULL,
    tag  BYTEA NOT NULL,
    PRIMARY KEY (chat, what)
);
CREATE INDEX group_link_tag ON group_link (tag);
