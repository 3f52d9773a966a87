package sqldb_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// What is deleted is free inside the file.
func TestDisk(t *testing.T) {
	db := openFruit(t)
	if db.Shared() {
		if free, size, err := db.Disk(); free != 0 || size != 0 || err != nil {
			t.Errorf("the disk of a server has %d of %d bytes, %v", free, size, err)
		}
		return
	}
	free, size, err := db.Disk()
	if err != nil || free <= 0 || size < free {
		t.Fatalf("%d of %d bytes, %v", free, size, err)
	}
	inside := func() (pages int64) {
		if err := db.Reader.QueryRowContext(t.Context(), `PRAGMA freelist_count`).Scan(&pages); err != nil {
			t.Fatal(err)
		}
		return pages
	}
	write(t, db, func(tx *sqldb.Tx) error {
		return tx.Exec(`INSERT INTO fruit (name) VALUES (?)`, strings.Repeat("fig", 1<<20))
	})
	write(t, db, func(tx *sqldb.Tx) error { return tx.Exec(`DELETE FROM fruit`) })
	if n := inside(); n < 700 {
		t.Errorf("%d pages are free inside", n)
	}
}
