-- +goose Up
-- Entries of the ledger wait for the end of their half hour and are appended in the order of place, which is drawn at random:
-- else the number of an entry would tell when it was made.
CREATE TABLE ledger_pending (
    period BIGINT NOT NULL, -- half hours since 1970
    place  BIGINT NOT NULL,
    leaf   BYTEA NOT NULL,
    PRIMARY KEY (period, place)
);

-- Where entries went of which no opening is in ledger_opening: those of ballots.
CREATE TABLE ledger_place (
    place BIGINT PRIMARY KEY,
    entry BIGINT NOT NULL
);

-- An opening in ledger_opening whose entry waits has minus its place in place of its number.
