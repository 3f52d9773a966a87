// Package testdb gives tests SQLite databases that are migrated already. It migrates one and copies it, because hundreds of tests
// would spend a third of their time on migrations. It does not test migrations: tests of those start from nothing.
package testdb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// New writes a migrated database to path and returns its DSN.
func New(tb testing.TB, path string) string {
	tb.Helper()
	content, err := migrated()
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		tb.Fatalf("make a database: %v", err)
	}
	return "sqlite:" + path
}

// migrated is the content of a migrated file.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "ostrakon-testdb-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "migrated.db")
	if err := Migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Migrate makes the tables of an empty database of any kind, such as one that pgtest then lends to many tests.
func Migrate(dsn string) error {
	ctx := context.Background()
	db, err := sqldb.Open(ctx, dsn, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}
