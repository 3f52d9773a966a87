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
//
// Statements that wait ([Tx.Later]) are given to the next call, which runs them first, in order.
type held interface {
	runner

	flush(ctx context.Context, waiting []statement) error

	// commit runs the last statements and commits. After an error nobody knows whether it did, unless the database says so, and
	// it is to be rolled back: it may still be under way.
	commit(ctx context.Context, waiting []statement) error
	rollback() error
}

// runner runs a statement behind those that wait.
type runner interface {
	exec(ctx context.Context, waiting []statement, s statement) (sql.Result, error)
	query(ctx context.Context, waiting []statement, s statement) (*sql.Rows, error)
	row(ctx context.Context, waiting []statement, s statement) *sql.Row
}

// statement is a statement in the words of its database.
type statement struct {
	doing string // what is attempted, for the error; empty if the caller says that
	query string
	args  []any
	count *int64 // what the number of rows that it changed is added to; may be nil
}

// failed is the error of a statement that says what was attempted.
func (s statement) failed(err error) error {
	if err == nil || s.doing == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.doing, err)
}

// changed adds up how many rows it changed.
func (s statement) changed(n int64) {
	if s.count != nil {
		*s.count += n
	}
}

// hold begins a transaction that writes.
func (p Pool) hold(ctx context.Context) (held, error) {
	conn, err := p.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if p.in.batches {
		return &heldPostgres{conn: conn}, nil
	}
	if _, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &heldSQLite{conn: conn}, nil
}

// heldSQLite is a transaction of SQLite. There is nobody to wait for, so that statements run one by one.
type heldSQLite struct {
	conn   *sql.Conn
	failed error // of a statement that waited
}

func (h *heldSQLite) exec(ctx context.Context, waiting []statement, s statement) (sql.Result, error) {
	if err := h.flush(ctx, waiting); err != nil {
		return nil, err
	}
	return h.conn.ExecContext(ctx, s.query, s.args...)
}

func (h *heldSQLite) query(ctx context.Context, waiting []statement, s statement) (*sql.Rows, error) {
	if err := h.flush(ctx, waiting); err != nil {
		return nil, err
	}
	return h.conn.QueryContext(ctx, s.query, s.args...)
}

func (h *heldSQLite) row(ctx context.Context, waiting []statement, s statement) *sql.Row {
	_ = h.flush(ctx, waiting) // nothing is committed if that failed
	return h.conn.QueryRowContext(ctx, s.query, s.args...)
}

func (h *heldSQLite) flush(ctx context.Context, waiting []statement) error {
	for _, s := range waiting {
		if h.failed != nil {
			break
		}
		res, err := h.conn.ExecContext(ctx, s.query, s.args...)
		if err == nil && s.count != nil {
			var n int64
			n, err = res.RowsAffected()
			s.changed(n)
		}
		h.failed = s.failed(err)
	}
	return h.failed
}

func (h *heldSQLite) commit(ctx context.Context, waiting []statement) error {
	if err := h.flush(ctx, append(waiting, statement{query: `COMMIT`})); err != nil {
		return err
	}
	return h.conn.Close()
}

func (h *heldSQLite) rollback() error {
	_, err := h.conn.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, h.conn.Close())
}

// heldPostgres is one of PostgreSQL's. To ask and wait takes longer than most statements do, and wakes both sides. So the BEGIN
// and the statements that wait go to the server in one batch with the next statement, question or COMMIT: see
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING.
type heldPostgres struct {
	conn   *sql.Conn
	begun  bool
	failed error // why it cannot go on
}

// first returns what is to be sent before the next statement.
func (h *heldPostgres) first(waiting []statement) []statement {
	if h.begun {
		return waiting
	}
	h.begun = true
	return append([]statement{{doing: "begin a transaction", query: `BEGIN`}}, waiting...)
}

func (h *heldPostgres) exec(ctx context.Context, waiting []statement, s statement) (sql.Result, error) {
	if h.failed != nil {
		return nil, h.failed
	}
	leading := h.first(waiting)
	if len(leading) == 0 {
		return h.conn.ExecContext(ctx, s.query, s.args...)
	}
	tags, err := h.send(ctx, append(leading, s))
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(tags[len(tags)-1].RowsAffected()), nil
}

func (h *heldPostgres) query(ctx context.Context, waiting []statement, s statement) (*sql.Rows, error) {
	if err := h.lead(waiting); err != nil {
		return nil, err
	}
	rows, err := h.conn.QueryContext(ctx, s.query, s.args...)
	h.failed = err
	return rows, err
}

// row asks for one row. A connection that cannot be used is closed, which the row tells.
func (h *heldPostgres) row(ctx context.Context, waiting []statement, s statement) *sql.Row {
	led := h.lead(waiting) // nothing is committed if that failed
	row := h.conn.QueryRowContext(ctx, s.query, s.args...)
	if led == nil {
		h.failed = row.Err()
	}
	return row
}

// lead has the next question sent in one batch behind the statements that wait.
func (h *heldPostgres) lead(waiting []statement) error {
	if h.failed != nil {
		return h.failed
	}
	leading := h.first(waiting)
	if len(leading) == 0 {
		return nil
	}
	h.failed = h.conn.Raw(func(conn any) error {
		c, ok := conn.(*shroudedConn)
		if !ok {
			return fmt.Errorf("a connection to PostgreSQL is a %T", conn)
		}
		c.leading = leading
		return nil
	})
	return h.failed
}

func (h *heldPostgres) flush(ctx context.Context, waiting []statement) error {
	if h.failed != nil || len(waiting) == 0 {
		return h.failed
	}
	_, err := h.send(ctx, h.first(waiting))
	return err
}

// commit ends the transaction. One in which nothing was done is not even begun.
func (h *heldPostgres) commit(ctx context.Context, waiting []statement) error {
	if h.failed != nil {
		return h.failed
	}
	if !h.begun && len(waiting) == 0 {
		return h.conn.Close()
	}
	tags, err := h.send(ctx, append(h.first(waiting), statement{query: `COMMIT`}))
	if err != nil {
		return err
	}
	if tags[len(tags)-1].String() != `COMMIT` {
		return pgx.ErrTxCommitRollback
	}
	return h.conn.Close()
}

func (h *heldPostgres) rollback() error {
	if !h.begun {
		return h.conn.Close()
	}
	_, err := h.conn.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, h.conn.Close())
}

// send sends statements in one batch.
func (h *heldPostgres) send(ctx context.Context, statements []statement) (tags []pgconn.CommandTag, err error) {
	raw := h.conn.Raw(func(conn any) error {
		c, ok := conn.(*shroudedConn)
		if !ok {
			return fmt.Errorf("a connection to PostgreSQL is a %T", conn)
		}
		tags, err = c.send(ctx, statements, nil)
		return nil
	})
	h.failed = errors.Join(raw, err)
	return tags, h.failed
}
