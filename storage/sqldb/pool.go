package sqldb

import (
	"context"
	"database/sql"
)

// Querier is a transaction, or a pool of connections.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Pool is a pool of connections that is asked in the words of all databases.
type Pool struct {
	*sql.DB
	in *Dialect
}

// ExecContext runs a statement.
func (p Pool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return p.DB.ExecContext(ctx, p.in.text(query), p.in.values(args)...)
}

// QueryContext asks for rows. With SQLite, where that is a matter of microseconds, nobody watches whether ctx ends meanwhile:
// that costs more than most queries.
func (p Pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p.DB.QueryContext(p.in.unwatched(ctx), p.in.text(query), p.in.values(args)...)
}

// QueryRowContext runs a query for one row, outside of a transaction.
func (p Pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.DB.QueryRowContext(p.in.unwatched(ctx), p.in.text(query), p.in.values(args)...)
}

// Dialect returns the dialect of the database.
func (p Pool) Dialect() *Dialect { return p.in }
