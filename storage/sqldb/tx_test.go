package sqldb_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

func openFruit(t *testing.T) *sqldb.DB {
	t.Helper()
	db := open(t, dsn(t))
	write(t, db, func(tx *sqldb.Tx) error {
		return tx.Exec(`CREATE TABLE fruit (name TEXT PRIMARY KEY, eaten BIGINT NOT NULL DEFAULT 0)`)
	})
	return db
}

func write(t *testing.T, db *sqldb.DB, do func(*sqldb.Tx) error) {
	t.Helper()
	if err := db.WithTx(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

func TestLaterRunsInOrder(t *testing.T) {
	db := openFruit(t)
	write(t, db, func(tx *sqldb.Tx) error {
		var changed int64
		for _, name := range []string{"fig", "plum", "fig"} {
			tx.LaterCounted(&changed, "add a fruit", `INSERT INTO fruit (name) VALUES (?) ON CONFLICT DO NOTHING`, name)
		}
		tx.Later("eat", `UPDATE fruit SET eaten = eaten + 1 WHERE name = ?`, "fig")
		var eaten int64
		if err := tx.Row(`SELECT eaten FROM fruit WHERE name = ?`, "fig").Scan(&eaten); err != nil || eaten != 1 || changed != 2 {
			t.Errorf("eaten %d, changed %d, error %v", eaten, changed, err)
		}
		tx.Later("eat", `UPDATE fruit SET eaten = 5 WHERE name = ?`, "plum")
		if err := tx.Exec(`UPDATE fruit SET eaten = eaten * 2 WHERE name = ?`, "plum"); err != nil {
			return err
		}
		tx.Later("eat", `UPDATE fruit SET eaten = eaten + 1 WHERE name = ?`, "plum")
		return nil
	})
	var eaten int64
	if err := db.Reader.QueryRowContext(t.Context(), `SELECT eaten FROM fruit WHERE name = ?`, "plum").Scan(&eaten); err != nil || eaten != 11 {
		t.Errorf("eaten %d, error %v", eaten, err)
	}
}

// A statement that fails later says what was attempted, whichever call it goes with, and nothing is committed.
func TestLaterFails(t *testing.T) {
	db := openFruit(t)
	for name, then := range map[string]func(*sqldb.Tx) error{
		"the commit":    func(*sqldb.Tx) error { return nil },
		"flush":         func(tx *sqldb.Tx) error { return tx.Flush() },
		"a statement":   func(tx *sqldb.Tx) error { return tx.Exec(`UPDATE fruit SET eaten = 7`) },
		"an ignored":    func(tx *sqldb.Tx) error { _ = tx.Flush(); return nil },
		"a row":         func(tx *sqldb.Tx) error { _ = tx.Row(`SELECT 1`).Scan(new(int)); return tx.Flush() },
		"too many":      func(tx *sqldb.Tx) error { many(tx); return nil },
		"another fails": func(tx *sqldb.Tx) error { return errors.Join(tx.Flush(), tx.Exec(`UPDATE fruit SET eaten = 7`)) },
	} {
		t.Run(name, func(t *testing.T) {
			err := db.WithTx(t.Context(), func(tx *sqldb.Tx) error {
				tx.Later("add a fig", `INSERT INTO fruit (name) VALUES ('fig')`)
				tx.Later("add a fig again", `INSERT INTO fruit (name) VALUES ('fig')`)
				tx.Later("add a plum", `INSERT INTO fruit (name) VALUES ('plum')`)
				return then(tx)
			})
			if err == nil || !strings.Contains(err.Error(), "add a fig again: ") {
				t.Errorf("error %v", err)
			}
			var n int
			if err := db.Reader.QueryRowContext(t.Context(), `SELECT count(*) FROM fruit`).Scan(&n); err != nil || n != 0 {
				t.Errorf("%d rows, error %v", n, err)
			}
		})
	}
}

func many(tx *sqldb.Tx) {
	for range 100 {
		tx.Later("eat", `UPDATE fruit SET eaten = eaten + 1`)
	}
}

// PostgreSQL answers COMMIT with success and rolls back, if a statement failed.
func TestWhatFailedIsNotCalledCommitted(t *testing.T) {
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	db := openFruit(t)
	err := db.WithTx(t.Context(), func(tx *sqldb.Tx) error {
		_ = tx.Exec(`INSERT INTO nowhere VALUES (1)`)
		return nil
	})
	if err == nil {
		t.Error("it is called committed")
	}
	write(t, db, func(tx *sqldb.Tx) error { return tx.Exec(`INSERT INTO fruit (name) VALUES ('fig')`) }) // the connection is of use still
}
