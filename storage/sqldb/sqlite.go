package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/pressly/goose/v3"
)

// sqliteDialect is for SQLite: one connection writes, so that nothing has to be locked or done again.
var sqliteDialect = Dialect{
	name: "sqlite", Blob: "BLOB", again: func(error) bool { return false },
	goose: goose.DialectSQLite3, shape: sqliteShape, lockMigrations: "SELECT 1", unlockMigrations: "SELECT 1", // nobody else is there
	migrated: `SELECT count(*) > 0 FROM sqlite_master WHERE name = '` + goose.DefaultTablename + `'`,
}

// logPages is how long the write-ahead log becomes before it is folded into the database, in pages of 4 KiB: 16 MiB. What is
// written over and over is then folded once.
const logPages = 4096

func (db *DB) openSQLite(path string) error {
	if err := ownFile(path, os.O_CREATE); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	db.path = path
	var err error
	if db.Writer, err = openFile(path, "_txlock=immediate", 1); err != nil {
		return err
	}
	if _, err := db.Writer.ExecContext(context.Background(), fmt.Sprintf(`PRAGMA wal_autocheckpoint = %d`, logPages)); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	db.Reader, err = openFile(path, "_query_only=on", 4)
	return err
}

// ownFile sees to it that a file is there and, if it is new, that nobody else can read it.
func ownFile(path string, flags int) error {
	f, err := os.OpenFile(path, os.O_RDWR|flags, 0o600)
	if err != nil {
		return pathless(err)
	}
	return pathless(f.Close())
}

// openFile opens one pool of connections. What the pragmas are for:
//   - WAL: readers do not wait for the writer.
//   - synchronous NORMAL: a commit survives a killed process. That it survives a power cut too is seen to by [syncs].
//   - secure_delete: what is deleted is overwritten, sealed though it is.
func openFile(path, extra string, conns int) (Pool, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_journal_mode=WAL&_synchronous=NORMAL&_secure_delete=on&_foreign_keys=on&_busy_timeout=5000&_cache_size=-8000&_stmt_cache_size=256&" + extra
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return Pool{}, fmt.Errorf("open the database: %w", err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return Pool{db, &sqliteDialect}, nil
}

// foldEvery is after how many commits the log is folded beside the writer: at most a few thousand pages.
const foldEvery = 256

// sync notes a commit, and returns when it is on the disk unless it is lossy.
func (db *DB) sync(lossy bool) error {
	if db.Shared() {
		return nil
	}
	n := db.syncs.committed()
	if n%foldEvery == 0 {
		db.fold()
	}
	if lossy {
		return nil
	}
	return db.syncs.wait(db.path, n)
}

// fold begins to fold the log into the database on another connection, which is in no commit's way. What the writer itself
// still has to fold when the log is long is little then; all of it would hold up every commit for some 20 ms.
func (db *DB) fold() {
	if !db.folding.TryLock() {
		return
	}
	db.background.Go(func() {
		defer db.folding.Unlock()
		// If it fails the writer does it, and says what is wrong.
		_, _ = db.Reader.ExecContext(context.Background(), `PRAGMA wal_checkpoint(PASSIVE)`)
	})
}

// TruncateLog folds the write-ahead log, which may still hold what was deleted, into the database and cuts it to nothing.
func (db *DB) TruncateLog(ctx context.Context) error {
	if db.Shared() {
		return nil
	}
	db.folding.Lock()
	defer db.folding.Unlock()
	var busy, pages, moved int
	err := db.Writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = errors.New("a reader is in the way; it will be done next time")
	}
	if err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return nil
}

// How many migrations had run was SQLite's user_version before goose.
func sqliteShape(ctx context.Context, in Querier) (n int64, err error) {
	err = in.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&n)
	return n, err
}
