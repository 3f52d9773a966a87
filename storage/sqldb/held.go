package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// held is a transaction on a connection that is kept for it, and that nothing interrupts. [sql.Tx] has a goroutine wait beside
// each transaction, and beside each query in it, for their contexts to end. To wake a core for those costs more than most
// queries.
//
// A connection is given back whatever happened. SQLite's is in no transaction then: if it could not roll back, there was none
// any more. PostgreSQL's may be; pgxpool looks, and closes it.
type held interface {
	Querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)

	// commit runs the last statements and commits. After an error nobody knows whether it did, unless the database says so, and
	// it is to be rolled back: it may still be under way.
	commit(ctx context.Context, last []statement) error
	rollback() error
}

// statement is a statement that returns nothing, in the words of its database.
type statement struct {
	query string
	args  []any
}

// hold begins a transaction that writes.
func (p Pool) hold(ctx context.Context) (held, error) {
	conn, err := p.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if p.in.batches {
		return &heldPostgres{Conn: conn}, nil
	}
	if _, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return heldSQLite{conn}, nil
}

type heldSQLite struct{ *sql.Conn }

func (h heldSQLite) commit(ctx context.Context, last []statement) error {
	for _, s := range append(last, statement{query: `COMMIT`}) {
		if _, err := h.ExecContext(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return h.Close()
}

func (h heldSQLite) rollback() error {
	_, err := h.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, h.Close())
}

// heldPostgres is one of PostgreSQL's. To ask and wait takes longer than most statements do, and wakes both sides. So the BEGIN
// goes to the server together with the first statement, and the last statements together with the COMMIT: see
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING.
type heldPostgres struct {
	*sql.Conn
	begun  bool
	failed error // why it did not begin
}

// ExecContext runs a statement, and begins the transaction with it if it is the first.
func (h *heldPostgres) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if h.failed != nil || h.begun {
		return h.exec(ctx, query, args)
	}
	h.begun = true
	tags, err := h.send(ctx, statement{query: `BEGIN`}, statement{query, args})
	if err != nil {
		h.failed = err
		return nil, err
	}
	return driver.RowsAffected(tags[1].RowsAffected()), nil
}

func (h *heldPostgres) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	if h.failed != nil {
		return nil, h.failed
	}
	return h.Conn.ExecContext(ctx, query, args...)
}

// QueryContext asks for rows.
func (h *heldPostgres) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := h.begin(ctx); err != nil {
		return nil, err
	}
	return h.Conn.QueryContext(ctx, query, args...)
}

// QueryRowContext asks for one row. A connection on which nothing could begin is closed, which the row tells.
func (h *heldPostgres) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	_ = h.begin(ctx) // nothing is committed if that failed
	return h.Conn.QueryRowContext(ctx, query, args...)
}

func (h *heldPostgres) begin(ctx context.Context) error {
	if !h.begun {
		h.begun = true
		_, h.failed = h.Conn.ExecContext(ctx, `BEGIN`)
	}
	return h.failed
}

// commit ends the transaction. One in which nothing was done is not even begun.
func (h *heldPostgres) commit(ctx context.Context, last []statement) error {
	switch {
	case h.failed != nil:
		return h.failed
	case !h.begun && len(last) == 0:
		return h.Close()
	case !h.begun:
		h.begun = true
		last = append([]statement{{query: `BEGIN`}}, last...)
	}
	tags, err := h.send(ctx, append(last, statement{query: `COMMIT`})...)
	if err != nil {
		return err
	}
	if tags[len(tags)-1].String() != `COMMIT` {
		return pgx.ErrTxCommitRollback
	}
	return h.Close()
}

func (h *heldPostgres) rollback() error {
	if !h.begun {
		return h.Close()
	}
	_, err := h.Conn.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, h.Close())
}

// send sends statements in one batch. Of those after one that fails nothing is done.
func (h *heldPostgres) send(ctx context.Context, statements ...statement) (tags []pgconn.CommandTag, err error) {
	raw := h.Raw(func(conn any) error {
		c, ok := conn.(*shroudedConn)
		if !ok {
			return fmt.Errorf("a connection to PostgreSQL is a %T", conn)
		}
		var batch pgx.Batch
		for _, s := range statements {
			batch.Queue(s.query, s.args...).Fn = func(results pgx.BatchResults) error {
				tag, err := results.Exec()
				if err != nil {
					return fmt.Errorf("%.40s…: %w", s.query, err)
				}
				tags = append(tags, tag)
				return nil
			}
		}
		err = c.hide.over(c.Conn.Conn().SendBatch(ctx, &batch).Close())
		return nil
	})
	return tags, errors.Join(raw, err)
}
