-- +goose Up
-- Found at each start: cases from before their author could be found by a tag. Once all have one, nothing is in it.
CREATE INDEX case_unnamed ON cases (id) WHERE subject IS NULL;
