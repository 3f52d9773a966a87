package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// migrate brings the database to the present shape, a file a transaction, in the order of their
// numbers. How many have run is SQLite's user_version. A database from a newer version is refused.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	var done int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&done); err != nil {
		return fmt.Errorf("read the database's version: %w", err)
	}
	if done > len(files) {
		return fmt.Errorf("it was made by a newer version of Ostrakon (shape %d, this one knows %d): run that version", done, len(files))
	}
	for i, name := range files[done:] {
		if err := migrateOne(ctx, db, name, done+i+1); err != nil {
			return fmt.Errorf("run %s: %w", name, err)
		}
	}
	return nil
}

func migrateOne(ctx context.Context, db *sql.DB, name string, version int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	// A pragma takes no parameters; version is our own number.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
