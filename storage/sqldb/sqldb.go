// Package sqldb opens SQLite or PostgreSQL and runs transactions on it, with the same queries for both.
//
// It promises that a transaction is on the disk before its caller hears of it, unless the caller said that it may be lost. A
// transaction which failed because of others beside it is run again. The database has the present tables before anybody reads it.
// No error holds a part of the DSN.
//
// It knows no table by name, but for those that say which migrations have run, and nothing of what is stored.
package sqldb

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is an open database.
type DB struct {
	Writer Pool // with SQLite, one connection
	Reader Pool // with PostgreSQL, the same as Writer

	now      func() time.Time
	pool     *pgxpool.Pool // behind Writer and Reader with PostgreSQL, else nil
	unsynced bool          // with PostgreSQL: a transaction may say that it need not wait for the disk

	// With SQLite.
	path       string
	lock       *os.File   // held by the process that locked the database
	writing    sync.Mutex // held from the beginning of a transaction until its OnCommit functions have run
	syncs      syncs
	folding    sync.Mutex // see [DB.fold]
	background sync.WaitGroup
}

// Close closes the database.
func (db *DB) Close() error {
	db.background.Wait()
	var err error
	for _, p := range []*sql.DB{db.Reader.DB, db.Writer.DB} {
		if p != nil {
			err = errors.Join(err, p.Close())
		}
	}
	if db.pool != nil {
		db.pool.Close()
	}
	err = errors.Join(err, db.syncs.close())
	if db.lock != nil {
		err = errors.Join(err, unlock(db.lock))
	}
	if err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// File is SQLite's file; "" with PostgreSQL.
func (db *DB) File() string { return db.path }

// Shared says whether other processes may work on the same database.
func (db *DB) Shared() bool { return db.pool != nil }
