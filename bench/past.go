package main

import (
	"context"
	"fmt"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

// fillPast gives a database of SQLite what so many ballots of long ago leave behind, three to a case, in the groups that it
// knows. That is decided cases with their sealed reasons, offences, and the ledger's hashes and openings. The ballots
// themselves are destroyed a week after a verdict. Sealed bytes and hashes are random bytes of their lengths, since nothing
// reads them.
func fillPast(ctx context.Context, dir string, ballots int) error {
	if ballots == 0 {
		return nil
	}
	db, err := openSQL("sqlite:" + filepath.Join(dir, "ostrakon.db"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	cases := ballots / 3
	entries := int64(ballots + 2*cases) // of a case also its beginning and its end
	first, last := int64(0), tlog.StoredHashCount(entries)
	const numbers = `WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) `
	for _, step := range []string{
		`PRAGMA synchronous = OFF`,
		`BEGIN`,
		fmt.Sprintf(numbers, 1, cases) + `INSERT INTO cases (id, chat, short, anchor, is_album, message, thread, sent, author_tag, author, subject, verdict, rule,
			votes, breaks, opened, deadline, decided, card_wanted, appeared, card, reasons)
			SELECT i, (SELECT min(id) FROM chat) + 1 + i % ((SELECT count(*) FROM chat) - 1), 'P' || i, CAST('p' || i AS BLOB), 0, i, 0, 1700000000,
			randomblob(16), randomblob(120), randomblob(16), iif(i % 2, 'dismissed', 'upheld'), iif(i % 2, '', 'spam'), 3, 3 * (1 - i % 2),
			1700000000 + i, 1700086400 + i, 1700003600 + i, 1, 1700000060 + i, i, randomblob(540) FROM n`,
		`INSERT INTO offence (case_id, chat, tag, steps, severity, cost, at) SELECT id, chat, author_tag, 1, 1, 1, decided FROM cases WHERE verdict = 'upheld'`,
		fmt.Sprintf(numbers, first, last-1) + `INSERT INTO ledger_hash (id, hash) SELECT i, randomblob(32) FROM n`,
		fmt.Sprintf(numbers, 1, cases) + `INSERT INTO ledger_opening (entry, case_id, concerns, sealed) SELECT 5 * i - 5, i, 'group', randomblob(540) FROM n`,
		fmt.Sprintf(numbers, 1, cases) + `INSERT INTO ledger_opening (entry, case_id, concerns, sealed) SELECT 5 * i - 1, i, 'group', randomblob(540) FROM n`,
		fmt.Sprintf(numbers, 0, ballots-1) + `INSERT INTO ledger_place (place, entry) SELECT abs(random()), i FROM n`,
		fmt.Sprintf(`UPDATE meta SET value = CAST('%d' AS BLOB) WHERE name IN ('ledger size', 'ledger shown')`, entries),
		`COMMIT`,
	} {
		if _, err := db.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("fill a database with the past: %w", err)
		}
	}
	return nil
}
