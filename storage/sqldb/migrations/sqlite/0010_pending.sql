-- +goose Up
-- Entries of the ledger wait for the end of their half hour and are appended in the order of place, which is drawn at random:
-- else the number of an entry would tell when it was made.
CREATE TABLE ledger_pending (
    period INTEGER NOT NULL, -- half hours since 1970
    place  INTEGER NOT NULL,
    leaf   BLOB NOT NULL,
    PRIMARY KEY (period, place)
) WITHOUT ROWID;

-- Where entries went of which no opening is in ledger_opening: those of ballots.
CREATE TABLE ledger_place (
    place INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL
);

-- An opening in ledger_opening whose entry waits has minus its place in place of its number.
