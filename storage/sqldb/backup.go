package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
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

// SameMeta says whether a file is a copy that [Backup] marked, in which the entry name of the table meta is as in the database. It
// says false of any other file, and changes none.
func SameMeta(ctx context.Context, dsn, path, mark, name string) (same bool, err error) {
	db, err := openSource(dsn)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var here, there []byte
	if err := db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, name).Scan(&here); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("read the database: %w", err)
	}
	backup, err := openCopy(path, "ro&immutable=1")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	var marked bool
	row := backup.QueryRowContext(ctx, `SELECT (SELECT value FROM meta WHERE name = ?), EXISTS (SELECT 1 FROM meta WHERE name = ?)`, name, mark)
	if err := row.Scan(&there, &marked); err != nil {
		return false, ctx.Err() // it is something else
	}
	return marked && string(here) == string(there), nil
}
