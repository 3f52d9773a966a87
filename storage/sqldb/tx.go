package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Tx is a transaction that may write, the context that it lives in, and the time at which it began.
type Tx struct {
	conn connTx
	in   *Dialect
	Ctx  context.Context
	Now  time.Time

	// Lossy says that the transaction may be lost if the power goes or PostgreSQL crashes, until one is committed that may not.
	// Its caller does not wait for the disk then.
	Lossy bool

	waiting   []statement
	committed []func()
}

// OnCommit has f run when the transaction was committed. With SQLite no other transaction begins before that.
func (t *Tx) OnCommit(f func()) { t.committed = append(t.committed, f) }

// Later has a statement run before the next of the transaction, or before the commit. PostgreSQL gets both in one batch, so that
// nobody waits for the answer to each. An error is that of the call with which it goes, and says what was attempted (doing).
func (t *Tx) Later(doing, query string, args ...any) { t.LaterCounted(nil, doing, query, args...) }

// LaterCounted is like [Tx.Later]. When the statement was run, the number of rows that it changed is added to n.
func (t *Tx) LaterCounted(n *int64, doing, query string, args ...any) {
	t.waiting = append(t.waiting, statement{doing: doing, query: t.in.text(query), args: t.in.values(slices.Clone(args)), count: n})
	if len(t.waiting) >= waitingAtMost {
		_ = t.Flush() // the next call returns its error
	}
}

// waitingAtMost is how many statements wait at most.
const waitingAtMost = 64

// Flush runs the statements that wait.
func (t *Tx) Flush() error { return t.conn.flush(t.Ctx, t.flush()) }

// flush returns the statements that wait, for the call with which they go.
func (t *Tx) flush() []statement {
	waiting := t.waiting
	t.waiting = nil
	return waiting
}

// Exec runs a statement that returns nothing.
func (t *Tx) Exec(query string, args ...any) error {
	_, err := t.ExecContext(t.Ctx, query, args...)
	return err
}

// Row runs a query for one row.
func (t *Tx) Row(query string, args ...any) *sql.Row {
	return t.QueryRowContext(t.Ctx, query, args...)
}

// Dialect returns the dialect of the database.
func (t *Tx) Dialect() *Dialect { return t.in }

// tries is how often a transaction is begun that others are in the way of.
const tries = 30

// How long a transaction waits that others were in the way of, the first time and at most.
const (
	firstPause   = time.Millisecond
	longestPause = 200 * time.Millisecond
)

// WithTx runs do in one transaction and commits if it returns nil. If others were in its way it is run again, so that
// do must not rely on what it did the last time. It does not stop half way when ctx ends: a transaction takes a
// millisecond, and its caller counts on it.
func (db *DB) WithTx(ctx context.Context, do func(*Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	t, err := db.attempt(ctx, do)
	pauses := backoff.ExponentialBackOff{
		InitialInterval: firstPause, MaxInterval: longestPause, Multiplier: backoff.DefaultMultiplier, RandomizationFactor: backoff.DefaultRandomizationFactor,
	}
	for try := 1; err != nil && try < tries; try++ {
		switch {
		case errors.Is(err, ErrAgain):
		case db.Writer.in.again(err):
			time.Sleep(pauses.NextBackOff())
		default:
			return err
		}
		t, err = db.attempt(ctx, do)
	}
	if err != nil {
		return err
	}
	return db.sync(t.Lossy)
}

func (db *DB) attempt(ctx context.Context, do func(*Tx) error) (*Tx, error) {
	if !db.Shared() {
		db.writing.Lock()
		defer db.writing.Unlock()
	}
	conn, err := db.Writer.begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin a transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed { // also if there was a panic, or nobody could write any more
			_ = conn.rollback() // of a connection that may be gone, which is the same
		}
	}()
	t := &Tx{conn: conn, in: db.Writer.in, Ctx: ctx, Now: db.now().UTC()}
	if err := do(t); err != nil {
		return nil, err
	}
	if t.Lossy && db.unsynced {
		// What is committed after it has it on the disk too. See https://www.postgresql.org/docs/current/wal-async-commit.html.
		t.Later("wait for no disk", `SET LOCAL synchronous_commit = off`)
	}
	if err := conn.commit(ctx, t.flush()); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	committed = true
	for _, f := range t.committed {
		f()
	}
	return t, nil
}

// ReadTx runs do in a transaction that only reads.
func (db *DB) ReadTx(ctx context.Context, do func(Querier) error) error {
	tx, err := db.Reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	err = do(readOnly{tx, db.Reader.in})
	_ = tx.Rollback() // nothing was written
	return err
}

// ExecContext runs a statement.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.conn.exec(ctx, t.flush(), statement{query: t.in.text(query), args: t.in.values(args)})
}

// QueryContext asks for rows.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.conn.query(ctx, t.flush(), statement{query: t.in.text(query), args: t.in.values(args)})
}

// QueryRowContext asks for one row.
func (t *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.conn.row(ctx, t.flush(), statement{query: t.in.text(query), args: t.in.values(args)})
}

// readOnly is a transaction that only reads, in the words of all databases.
type readOnly struct {
	*sql.Tx
	in *Dialect
}

// QueryContext asks for rows.
func (r readOnly) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.Tx.QueryContext(ctx, r.in.text(query), r.in.values(args)...)
}

// QueryRowContext asks for one row.
func (r readOnly) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return r.Tx.QueryRowContext(ctx, r.in.text(query), r.in.values(args)...)
}
