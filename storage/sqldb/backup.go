package sqldb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Backup writes a copy of a whole database, as of one moment, to a new file, and checks that the copy is sound; the bot may be
// running, in this process or another.
// It needs no key file, and the copy is of use only with the one the database was made with. Mark is the name under which the table
// meta of the copy notes that it is one.
func Backup(ctx context.Context, dsn, to, mark string) (err error) {
	db, err := openSource(dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := ownFile(to, os.O_CREATE|os.O_EXCL); err != nil {
		return fmt.Errorf("create the copy: %w", err)
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	if err == nil {
		err = finishBackup(ctx, to, mark)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", outOfSpace(err)), pathless(os.Remove(to)))
	}
	return nil
}

// outOfSpace turns what SQLite says of a full disk into what the system says of one.
func outOfSpace(err error) error {
	if e, ok := errors.AsType[sqlite3.Error](err); ok && e.Code == sqlite3.ErrFull {
		return syscall.ENOSPC
	}
	return err
}

// ErrNoFile means that there is no database yet, where the DSN says.
var ErrNoFile = errors.New("there is no database yet where storage.dsn says; it is made when the bot starts")

// ErrNotSQLite means that there is no file to copy.
var ErrNotSQLite = errors.New("only SQLite is copied by this command; for PostgreSQL use pg_dump -Fc (docs/operations.md says how)")

// openSource opens the database that is copied.
func openSource(dsn string) (Pool, error) {
	from, ok := Path(dsn)
	if !ok {
		return Pool{}, ErrNotSQLite
	}
	if _, err := os.Stat(from); errors.Is(err, os.ErrNotExist) {
		return Pool{}, ErrNoFile
	} else if err != nil {
		return Pool{}, fmt.Errorf("find the database: %w", pathless(err))
	}
	return openFile(from, "", 1)
}

// finishBackup notes in a copy that it is one, since who runs on it later has missed what came meanwhile, and checks it. The copy has
// no write-ahead log yet, and gets none from this.
func finishBackup(ctx context.Context, path, mark string) (err error) {
	db, err := openCopy(path, "rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES (?, CAST('' AS BLOB)) ON CONFLICT DO NOTHING`, mark); err != nil {
		return err
	}
	var found string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&found); err != nil {
		return fmt.Errorf("check the copy: %w", err)
	}
	if found != "ok" {
		return errors.New("the copy is damaged; look at the disk, and at the database itself")
	}
	return nil
}

// openCopy opens a file that nobody else has open.
func openCopy(path, mode string) (*sql.DB, error) {
	return sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode="+mode)
}

// SameDatabase says whether a file is a copy of the database that [Backup] marked: these entries of the table meta are the same in both.
// The last of them is the database's own. Where there is none, it is the moment at which the database was made, if goose noted that. Any
// other file is none, and is not changed.
func SameDatabase(ctx context.Context, dsn, path, mark string, names ...string) (same bool, err error) {
	db, err := openSource(dsn)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	here, err := identity(ctx, db, names)
	if err != nil {
		return false, fmt.Errorf("read the database: %w", err)
	}
	backup, err := openCopy(path, "ro&immutable=1")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	var marked bool
	err = backup.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM meta WHERE name = ?)`, mark).Scan(&marked)
	if err != nil || !marked {
		return false, ctx.Err() // it is something else
	}
	there, err := identity(ctx, backup, names)
	if err != nil {
		return false, ctx.Err()
	}
	return slices.EqualFunc(here, there, bytes.Equal), nil
}

// asker is a pool, or a database that is opened without one.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// identity is what tells a database from others: the values of these names, nil for those that are not there.
func identity(ctx context.Context, db asker, names []string) ([][]byte, error) {
	values := make([][]byte, len(names))
	for i, name := range names {
		err := db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, name).Scan(&values[i])
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	if last := &values[len(values)-1]; *last == nil {
		return values, madeAt(ctx, db, last)
	}
	return values, nil
}

// madeAt is the moment at which a database was made, as the migration 0033 notes it: there is none where goose has not run yet.
func madeAt(ctx context.Context, db asker, at *[]byte) error {
	var known bool
	err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'goose_db_version')`).Scan(&known)
	if err != nil || !known {
		return err
	}
	return db.QueryRowContext(ctx, `SELECT CAST(tstamp AS BLOB) FROM goose_db_version ORDER BY id LIMIT 1`).Scan(at)
}
