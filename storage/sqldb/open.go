package sqldb

import (
	"context"
	"errors"
	"time"
)

// Open opens the connections that a DSN asks for. Now is the clock of the transactions.
func Open(ctx context.Context, dsn string, now func() time.Time) (*DB, error) {
	db := &DB{now: now}
	if err := db.connect(ctx, dsn); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (db *DB) connect(ctx context.Context, dsn string) error {
	if IsPostgres(dsn) {
		return db.openPostgres(ctx, dsn)
	}
	if err := CheckDSN(dsn); err != nil {
		return err
	}
	path, _ := Path(dsn)
	return db.openSQLite(path)
}
