package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Backup writes a copy of a whole database, as of one moment, to a new file; the bot may be running.
// It needs no key file, and the copy is of use only with the one the database was made with.
func Backup(ctx context.Context, dsn, to string) (err error) {
	from, ok := Path(dsn)
	if !ok {
		return errors.New("only SQLite is copied by this command; for PostgreSQL use pg_dump -Fc (docs/operations.md says how)")
	}
	if _, err := os.Stat(from); err != nil {
		return fmt.Errorf("find the database: %w", err)
	}
	db, err := openFile(from, "", 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := ownFile(to, os.O_CREATE|os.O_EXCL); err != nil {
		return fmt.Errorf("create the copy: %w", err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", err), os.Remove(to))
	}
	return nil
}
