package storage

import (
	"context"
	"database/sql"
	"errors"
)

// held is a transaction on a connection that is kept for it, and that nothing interrupts. [sql.Tx] has a goroutine wait beside
// each transaction, and beside each query in it, for their contexts to end. To wake a core for those costs more than most
// queries.
//
// A connection is given back whatever happened. SQLite's is in no transaction then: if it could not roll back, there was none
// any more. PostgreSQL's may be; pgxpool looks, and closes it.
type held struct{ *sql.Conn }

// beginHeld begins one that writes.
func (d database) beginHeld(ctx context.Context) (transaction, error) {
	conn, err := d.Conn(ctx)
	if err != nil {
		return transaction{}, err
	}
	if _, err := conn.ExecContext(ctx, d.in.begin); err != nil {
		return transaction{}, errors.Join(err, conn.Close())
	}
	return transaction{held{conn}, d.in}, nil
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
