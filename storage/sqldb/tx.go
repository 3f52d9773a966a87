package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Tx is a transaction that may write, the context that it lives in, and the time at which it began.
type Tx struct {
	transaction
	Ctx context.Context
	Now time.Time

	// Lossy says that the transaction may be lost if the power goes or PostgreSQL crashes, until one is committed that may not.
	// Its caller does not wait for the disk then.
	Lossy bool

	committed []func()
}

// OnCommit has f run when the transaction was committed. With SQLite no other transaction begins before that.
func (t *Tx) OnCommit(f func()) { t.committed = append(t.committed, f) }

// Exec runs a statement that returns nothing.
func (t *Tx) Exec(query string, args ...any) error {
	_, err := t.ExecContext(t.Ctx, query, args...)
	return err
}

// Row runs a query for one row.
func (t *Tx) Row(query string, args ...any) *sql.Row {
	return t.QueryRowContext(t.Ctx, query, args...)
}

// Dialect is that of the database.
func (t *Tx) Dialect() *Dialect { return t.in }

// tries is how often a transaction is begun that others are in the way of.
const tries = 30

// WithTx runs do in one transaction and commits if it returns nil. If others were in its way it is run again, so that
// do must not rely on what it did the last time. It does not stop half way when ctx ends: a transaction takes a
// millisecond, and its caller counts on it.
func (db *DB) WithTx(ctx context.Context, do func(*Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	t, err := db.attempt(ctx, do)
	for try := 1; err != nil && try < tries && (errors.Is(err, ErrAgain) || db.Writer.in.again(err)); try++ {
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
	tx, err := db.Writer.beginHeld(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin a transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed { // also if there was a panic, or nobody could write any more
			_ = tx.Rollback() // of a connection that may be gone, which is the same
		}
	}()
	t := &Tx{transaction: tx, Ctx: ctx, Now: db.now().UTC()}
	err = do(t)
	if err == nil && t.Lossy && db.unsynced {
		// What is committed after it has it on the disk too. See https://www.postgresql.org/docs/current/wal-async-commit.html.
		err = t.Exec(`SET LOCAL synchronous_commit = off`)
	}
	if err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
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
	err = do(transaction{tx, db.Reader.in})
	_ = tx.Rollback() // nothing was written
	return err
}

// BetweenTxs runs do while no transaction is under way, with SQLite.
func (db *DB) BetweenTxs(do func()) {
	db.writing.Lock()
	defer db.writing.Unlock()
	do()
}

// transaction is a transaction that is asked in the words of all databases.
type transaction struct {
	plain
	in *Dialect
}

// plain is a transaction that is asked in the words of its database.
type plain interface {
	Querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	Commit() error
	Rollback() error
}

// ExecContext runs a statement.
func (t transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.plain.ExecContext(ctx, t.in.text(query), t.in.values(args)...)
}

// QueryContext asks for rows.
func (t transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.plain.QueryContext(ctx, t.in.text(query), t.in.values(args)...)
}

// QueryRowContext asks for one row.
func (t transaction) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.plain.QueryRowContext(ctx, t.in.text(query), t.in.values(args)...)
}

// held is a transaction on a connection that is kept for it, and that nothing interrupts. [sql.Tx] has a goroutine wait beside
// each transaction, and beside each query in it, for their contexts to end. To wake a core for those costs more than most
// queries.
//
// A connection is given back whatever happened. SQLite's is in no transaction then: if it could not roll back, there was none
// any more. PostgreSQL's may be; pgxpool looks, and closes it.
type held struct{ *sql.Conn }

// beginHeld begins one that writes.
func (p Pool) beginHeld(ctx context.Context) (transaction, error) {
	conn, err := p.Conn(ctx)
	if err != nil {
		return transaction{}, err
	}
	if _, err := conn.ExecContext(ctx, p.in.begin); err != nil {
		return transaction{}, errors.Join(err, conn.Close())
	}
	return transaction{held{conn}, p.in}, nil
}

// Commit commits. After an error nobody knows whether it did, unless the database says so, and it is to be rolled back: it may
// still be under way.
func (h held) Commit() error {
	if _, err := h.ExecContext(context.Background(), `COMMIT`); err != nil {
		return err
	}
	return h.Close()
}

// Rollback takes back what was done.
func (h held) Rollback() error {
	_, err := h.ExecContext(context.Background(), `ROLLBACK`)
	return errors.Join(err, h.Close())
}
