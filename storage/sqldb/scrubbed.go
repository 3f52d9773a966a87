package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openScrubbed is a pool as database/sql wants it, whose errors hold no part of the DSN.
func openScrubbed(pool *pgxpool.Pool, scrub *scrubber) *sql.DB {
	db := sql.OpenDB(scrubbedConnector{stdlib.GetPoolConnector(pool), scrub})
	db.SetMaxIdleConns(0) // the pool keeps them
	return db
}

type scrubbedConnector struct {
	driver.Connector
	scrub *scrubber
}

// Connect implements [driver.Connector].
func (s scrubbedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, s.scrub.clean(err)
	}
	c, ok := conn.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("a connection of pgx is a %T", conn)
	}
	return &scrubbedConn{Conn: c, scrub: s.scrub}, nil
}

// scrubbedConn is a connection to PostgreSQL whose errors are told in our words.
type scrubbedConn struct {
	*stdlib.Conn
	scrub   *scrubber
	leading []statement // to be sent in one batch with the next question
}

// ExecContext implements [driver.ExecerContext].
func (c *scrubbedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	res, err := c.Conn.ExecContext(ctx, query, args)
	return res, c.scrub.clean(err)
}

// QueryContext implements [driver.QueryerContext].
func (c *scrubbedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(c.leading) > 0 {
		return c.ask(ctx, query, args)
	}
	rows, err := c.Conn.QueryContext(ctx, query, args)
	if r, ok := rows.(*stdlib.Rows); ok {
		return scrubbedRows{r, c.scrub}, c.scrub.clean(err)
	}
	return rows, c.scrub.clean(err)
}

// BeginTx implements [driver.ConnBeginTx].
func (c *scrubbedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, o)
	if err != nil {
		return nil, c.scrub.clean(err)
	}
	return scrubbedTx{tx, c.scrub}, nil
}

// Ping implements [driver.Pinger].
func (c *scrubbedConn) Ping(ctx context.Context) error { return c.scrub.clean(c.Conn.Ping(ctx)) }

// scrubbedRows are rows whose errors are told in our words.
type scrubbedRows struct {
	*stdlib.Rows
	scrub *scrubber
}

// Next implements [driver.Rows].
func (r scrubbedRows) Next(into []driver.Value) error { return r.scrub.clean(r.Rows.Next(into)) }

// Close implements [driver.Rows].
func (r scrubbedRows) Close() error { return r.scrub.clean(r.Rows.Close()) }

// scrubbedTx is a transaction whose errors are told in our words.
type scrubbedTx struct {
	driver.Tx
	scrub *scrubber
}

// Commit implements [driver.Tx].
func (t scrubbedTx) Commit() error { return t.scrub.clean(t.Tx.Commit()) }

// Rollback implements [driver.Tx].
func (t scrubbedTx) Rollback() error { return t.scrub.clean(t.Tx.Rollback()) }
