package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
)

// Backup writes a copy of a whole database, as of one moment, to a new file; the bot may be running.
// It needs no key file, and the copy is of use only with the one the database was made with. Mark is the name under which the table
// meta of the copy notes that it is one.
func Backup(ctx context.Context, dsn, to, mark string) (err error) {
	from, ok := Path(dsn)
	if !ok {
		return errors.New("only SQLite is copied by this command; for PostgreSQL use pg_dump -Fc (docs/operations.md says how)")
	}
	if _, err := os.Stat(from); err != nil {
		return fmt.Errorf("find the database: %w", pathless(err))
	}
	db, err := openFile(from, "", 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := ownFile(to, os.O_CREATE|os.O_EXCL); err != nil {
		return fmt.Errorf("create the copy: %w", err)
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	if err == nil {
		err = markBackup(ctx, to, mark)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", err), pathless(os.Remove(to)))
	}
	return nil
}

// markBackup notes in a copy that it is one: who runs on it later has missed what came meanwhile. It has
// no write-ahead log yet, and gets none from this.
func markBackup(ctx context.Context, path, mark string) (err error) {
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES (?, CAST('' AS BLOB)) ON CONFLICT DO NOTHING`, mark)
	return err
}
