-- +goose Up
-- What tells this database from others with the same key file, see storage/backup.go. A new one gets it with its key. One of a release
-- before gets the moment at which it was made, or at which goose took it over, since its copies have that too.
INSERT INTO meta (name, value)
    SELECT 'id', (SELECT convert_to(CAST(tstamp AS TEXT), 'UTF8') FROM goose_db_version ORDER BY id LIMIT 1) WHERE EXISTS (SELECT 1 FROM meta WHERE name = 'key');
