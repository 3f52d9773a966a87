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

// connTx is a transaction on a connection that is kept for it, and that nothing interrupts. [sql.Tx] has a goroutine wait beside
// each transaction, and beside each query in it, for their contexts to end. To wake a core for those costs more than most
// queries.
//
// A connection is given back whatever happened. SQLite's is in no transaction then: if it could not roll back, there was none
// any more. PostgreSQL's may be; pgxpool looks, and closes it.
//
// Statements that wait ([Tx.Later]) are given to the next call, which runs them first, in order.
type connTx interface {
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

// begin begins a transaction that writes.
func (p Pool) begin(ctx context.Context) (connTx, error) {
	conn, err := p.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if p.in.batches {
		return &postgresTx{conn: conn}, nil
	}
	if _, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &sqliteTx{conn: conn}, nil
}

// sqliteTx is a transaction of SQLite. There is nobody to wait for, so that statements run one by one.
type sqliteTx struct {
	conn   *sql.Conn
	failed error // of a statement that waited
}

func (t *sqliteTx) exec(ctx context.Context, waiting []statement, s statement) (sql.Result, error) {
	if err := t.flush(ctx, waiting); err != nil {
		return nil, err
	}
	return t.conn.ExecContext(ctx, s.query, s.args...)
}

func (t *sqliteTx) query(ctx context.Context, waiting []statement, s statement) (*sql.Rows, error) {
	if err := t.flush(ctx, waiting); err != nil {
		return nil, err
	}
	return t.conn.QueryContext(ctx, s.query, s.args...)
}

func (t *sqliteTx) row(ctx context.Context, waiting []statement, s statement) *sql.Row {
	_ = t.flush(ctx, waiting) // nothing is committed if that failed
	return t.conn.QueryRowContext(ctx, s.query, s.args...)
}

func (t *sqliteTx) flush(ctx context.Context, waiting []statement) error {
	for _, s := range waiting {
		if t.failed != nil {
			break
		}
		res, err := t.conn.ExecContext(ctx, s.query, s.args...)
		if err == nil && s.count != nil {
			var n int64
			n, err = res.RowsAffected()
			s.changed(n)
		}
		t.failed = s.failed(err)
	}
	return t.failed
}

func (t *sqliteTx) commit(ctx context.Context, waiting []statement) error {
	if err := t.flush(ctx, append(waiting, statement{query: `COMMIT`})); err != nil {
		return err
	}
	return t.conn.Close()
}

func (t *sqliteTx) rollback() error {
	_, err := t.conn.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, t.conn.Close())
}

// postgresTx is one of PostgreSQL's. To ask and wait takes longer than most statements do, and wakes both sides. So the BEGIN
// and the statements that wait go to the server in one batch with the next statement, question or COMMIT: see
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING.
type postgresTx struct {
	conn   *sql.Conn
	begun  bool
	failed error // why it cannot go on
}

// first returns what is to be sent before the next statement.
func (t *postgresTx) first(waiting []statement) []statement {
	if t.begun {
		return waiting
	}
	t.begun = true
	return append([]statement{{doing: "begin a transaction", query: `BEGIN`}}, waiting...)
}

func (t *postgresTx) exec(ctx context.Context, waiting []statement, s statement) (sql.Result, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	leading := t.first(waiting)
	if len(leading) == 0 {
		return t.conn.ExecContext(ctx, s.query, s.args...)
	}
	tags, err := t.send(ctx, append(leading, s))
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(tags[len(tags)-1].RowsAffected()), nil
}

func (t *postgresTx) query(ctx context.Context, waiting []statement, s statement) (*sql.Rows, error) {
	if err := t.lead(waiting); err != nil {
		return nil, err
	}
	rows, err := t.conn.QueryContext(ctx, s.query, s.args...)
	t.failed = err
	return rows, err
}

// row asks for one row. A connection that cannot be used is closed, which the row tells.
func (t *postgresTx) row(ctx context.Context, waiting []statement, s statement) *sql.Row {
	led := t.lead(waiting) // nothing is committed if that failed
	row := t.conn.QueryRowContext(ctx, s.query, s.args...)
	if led == nil {
		t.failed = row.Err()
	}
	return row
}

// lead has the next question sent in one batch behind the statements that wait.
func (t *postgresTx) lead(waiting []statement) error {
	if t.failed != nil {
		return t.failed
	}
	leading := t.first(waiting)
	if len(leading) == 0 {
		return nil
	}
	t.failed = t.conn.Raw(func(conn any) error {
		c, ok := conn.(*scrubbedConn)
		if !ok {
			return fmt.Errorf("a connection to PostgreSQL is a %T", conn)
		}
		c.leading = leading
		return nil
	})
	return t.failed
}

func (t *postgresTx) flush(ctx context.Context, waiting []statement) error {
	if t.failed != nil || len(waiting) == 0 {
		return t.failed
	}
	_, err := t.send(ctx, t.first(waiting))
	return err
}

// commit ends the transaction. One in which nothing was done is not even begun.
func (t *postgresTx) commit(ctx context.Context, waiting []statement) error {
	if t.failed != nil {
		return t.failed
	}
	if !t.begun && len(waiting) == 0 {
		return t.conn.Close()
	}
	tags, err := t.send(ctx, append(t.first(waiting), statement{query: `COMMIT`}))
	if err != nil {
		return err
	}
	if tags[len(tags)-1].String() != `COMMIT` {
		return pgx.ErrTxCommitRollback
	}
	return t.conn.Close()
}

func (t *postgresTx) rollback() error {
	if !t.begun {
		return t.conn.Close()
	}
	_, err := t.conn.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, t.conn.Close())
}

// send sends statements in one batch.
func (t *postgresTx) send(ctx context.Context, statements []statement) (tags []pgconn.CommandTag, err error) {
	raw := t.conn.Raw(func(conn any) error {
		c, ok := conn.(*scrubbedConn)
		if !ok {
			return fmt.Errorf("a connection to PostgreSQL is a %T", conn)
		}
		tags, err = c.send(ctx, statements, nil)
		return nil
	})
	t.failed = errors.Join(raw, err)
	return tags, t.failed
}
