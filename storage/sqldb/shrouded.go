package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openShrouded is a pool as database/sql wants it, whose errors hold no part of the DSN.
func openShrouded(pool *pgxpool.Pool, hide *shroud) *sql.DB {
	db := sql.OpenDB(shroudedConnector{stdlib.GetPoolConnector(pool), hide})
	db.SetMaxIdleConns(0) // the pool keeps them
	return db
}

type shroudedConnector struct {
	driver.Connector
	hide *shroud
}

// Connect implements [driver.Connector].
func (s shroudedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, s.hide.over(err)
	}
	c, ok := conn.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("a connection of pgx is a %T", conn)
	}
	return &shroudedConn{Conn: c, hide: s.hide}, nil
}

// shroudedConn is a connection to PostgreSQL whose errors are told in our words.
type shroudedConn struct {
	*stdlib.Conn
	hide    *shroud
	leading []statement // to be sent in one batch with the next question
}

// ExecContext implements [driver.ExecerContext].
func (c *shroudedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	res, err := c.Conn.ExecContext(ctx, query, args)
	return res, c.hide.over(err)
}

// QueryContext implements [driver.QueryerContext].
func (c *shroudedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(c.leading) > 0 {
		return c.ask(ctx, query, args)
	}
	rows, err := c.Conn.QueryContext(ctx, query, args)
	if r, ok := rows.(*stdlib.Rows); ok {
		return shroudedRows{r, c.hide}, c.hide.over(err)
	}
	return rows, c.hide.over(err)
}

// BeginTx implements [driver.ConnBeginTx].
func (c *shroudedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, o)
	if err != nil {
		return nil, c.hide.over(err)
	}
	return shroudedTx{tx, c.hide}, nil
}

// Ping implements [driver.Pinger].
func (c *shroudedConn) Ping(ctx context.Context) error { return c.hide.over(c.Conn.Ping(ctx)) }

// shroudedRows are rows whose errors are told in our words.
type shroudedRows struct {
	*stdlib.Rows
	hide *shroud
}

// Next implements [driver.Rows].
func (r shroudedRows) Next(into []driver.Value) error { return r.hide.over(r.Rows.Next(into)) }

// Close implements [driver.Rows].
func (r shroudedRows) Close() error { return r.hide.over(r.Rows.Close()) }

// shroudedTx is a transaction whose errors are told in our words.
type shroudedTx struct {
	driver.Tx
	hide *shroud
}

// Commit implements [driver.Tx].
func (t shroudedTx) Commit() error { return t.hide.over(t.Tx.Commit()) }

// Rollback implements [driver.Tx].
func (t shroudedTx) Rollback() error { return t.hide.over(t.Tx.Rollback()) }
