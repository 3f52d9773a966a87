package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// sqliteDialect is SQLite's: one connection writes, so that nothing has to be locked or done again.
var sqliteDialect = dialect{
	name: "sqlite", blob: "BLOB", again: func(error) bool { return false }, begin: "BEGIN IMMEDIATE",
	prepare: func(context.Context, database) error { return nil }, shape: sqliteShape, setShape: setSQLiteShape,
}

// Path is the file that a DSN of SQLite names; it says false of others.
func Path(dsn string) (path string, ok bool) {
	path, ok = strings.CutPrefix(dsn, "sqlite:")
	return path, ok && path != ""
}

// logPages is how long the write-ahead log becomes before it is folded into the database, in pages of 4 KiB: 16 MiB. What is
// written over and over is then folded once.
const logPages = 4096

func (s *Store) openSQLite(path string) error {
	if err := ownFile(path, os.O_CREATE); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	s.path = path
	var err error
	if s.writer, err = openFile(path, "_txlock=immediate", 1); err != nil {
		return err
	}
	if _, err := s.writer.ExecContext(context.Background(), fmt.Sprintf(`PRAGMA wal_autocheckpoint = %d`, logPages)); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	s.reader, err = openFile(path, "_query_only=on", 4)
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
//   - synchronous NORMAL: a commit survives a killed process. That it survives a power cut too is seen to by [flushes].
//   - secure_delete: what is deleted is overwritten, sealed though it is.
func openFile(path, extra string, conns int) (database, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_journal_mode=WAL&_synchronous=NORMAL&_secure_delete=on&_foreign_keys=on&_busy_timeout=5000&_cache_size=-8000&_stmt_cache_size=256&" + extra
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return database{}, fmt.Errorf("open the database: %w", err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return database{db, &sqliteDialect}, nil
}

// passingSQLite are the results of SQLite that say nothing about what was asked, and will be different
// once the disk is there, has room and may be written.
var passingSQLite = map[sqlite3.ErrNo]bool{
	sqlite3.ErrBusy: true, sqlite3.ErrLocked: true, sqlite3.ErrFull: true, sqlite3.ErrIoErr: true,
	sqlite3.ErrReadonly: true, sqlite3.ErrCantOpen: true, sqlite3.ErrNomem: true,
}

// foldEvery is after how many commits the log is folded beside the writer: at most a few thousand pages.
const foldEvery = 256

// committed notes a commit, and returns when it is on the disk unless it is frail.
func (s *Store) committed(frail bool) error {
	if s.shared() {
		return nil
	}
	n := s.flushes.committed()
	if n%foldEvery == 0 {
		s.fold()
	}
	if frail {
		return nil
	}
	return s.flushes.wait(s.path, n)
}

// fold begins to fold the log into the database on another connection, which is in no commit's way. What the writer itself
// still has to fold when the log is long is little then; all of it would hold up every commit for some 20 ms.
func (s *Store) fold() {
	if !s.folding.TryLock() {
		return
	}
	s.background.Go(func() {
		defer s.folding.Unlock()
		// If it fails the writer does it, and says what is wrong.
		_, _ = s.reader.ExecContext(context.Background(), `PRAGMA wal_checkpoint(PASSIVE)`)
	})
}

// truncateLog folds the write-ahead log, which may still hold what was deleted, into the database and cuts it to nothing.
func (s *Store) truncateLog(ctx context.Context) error {
	if s.writer.in != &sqliteDialect {
		return nil
	}
	s.folding.Lock()
	defer s.folding.Unlock()
	var busy, pages, moved int
	err := s.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = errors.New("a reader is in the way; it will be done next time")
	}
	if err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return nil
}
