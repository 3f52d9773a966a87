package storage_test

import (
	"context"
	"database/sql"
	"regexp"
	"strconv"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// rawDB is a database that is opened beside a store, without its settings. A value of a query is a ? on both databases.
type rawDB struct {
	*sql.DB
	numbered bool
}

func openRaw(dsn string) (rawDB, error) {
	if path, ok := sqldb.Path(dsn); ok {
		db, err := sql.Open("sqlite3", path)
		return rawDB{db, false}, err
	}
	db, err := sql.Open("pgx", dsn)
	return rawDB{db, true}, err
}

var mark = regexp.MustCompile(`\?`)

func (db rawDB) text(query string) string {
	if !db.numbered {
		return query
	}
	n := 0
	return mark.ReplaceAllStringFunc(query, func(string) string {
		n++
		return "$" + strconv.Itoa(n)
	})
}

// ExecContext runs a statement.
func (db rawDB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return db.DB.ExecContext(ctx, db.text(query), args...)
}

// QueryContext asks for rows.
func (db rawDB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return db.DB.QueryContext(ctx, db.text(query), args...)
}

// QueryRowContext asks for one row.
func (db rawDB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return db.DB.QueryRowContext(ctx, db.text(query), args...)
}
