package storage

import (
	"database/sql"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Moved to sqldb: all of this goes when its users follow.

type querier = sqldb.Querier

var repeated = sqldb.Repeat

func (u *unit) padded(values []any, width int, do func(n int, args []any) error) error {
	return sqldb.Padded(values, width, do)
}

type pile[K comparable] struct{ sqldb.Bulk[K] }

func newPile[K comparable](insert, row, conflict string) pile[K] {
	return pile[K]{sqldb.NewBulk[K](insert, row, conflict)}
}

func (p *pile[K]) add(u *unit, key K, values ...any) error { return p.Add(u.Tx, key, values...) }

func (p *pile[K]) write(u *unit) error { return p.Write(u.Tx) }

func (u *unit) exec(query string, args ...any) error { return u.Exec(query, args...) }

func (u *unit) row(query string, args ...any) *sql.Row { return u.Row(query, args...) }

func (s *Store) shared() bool { return s.db.Shared() }

// IsPostgres is [sqldb.IsPostgres].
func IsPostgres(dsn string) bool { return sqldb.IsPostgres(dsn) }

// Path is [sqldb.Path].
func Path(dsn string) (path string, ok bool) { return sqldb.Path(dsn) }

// CheckDSN is [sqldb.CheckDSN].
func CheckDSN(dsn string) error { return sqldb.CheckDSN(dsn) }
