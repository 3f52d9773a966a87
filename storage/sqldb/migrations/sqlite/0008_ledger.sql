-- +goose Up
-- The ledger: the hashes of a Merkle tree, in the order of tlog.StoredHashIndex. They say nothing to anybody.
CREATE TABLE ledger_hash (
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL
);

-- What entries of the ledger say, with their salts, sealed. Those of ballots are with the ballots instead. concerns is
-- who may be given it; case_id is null for what is about no case.
CREATE TABLE ledger_opening (
    entry    INTEGER PRIMARY KEY,
    case_id  INTEGER REFERENCES cases (id),
    concerns TEXT    NOT NULL CHECK (concerns IN ('author', 'group')),
    sealed   BLOB    NOT NULL
);
CREATE INDEX ledger_opening_of ON ledger_opening (case_id) WHERE case_id IS NOT NULL;
