package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openPipes is a pool as database/sql wants it, of connections that are [pipe]s.
func openPipes(pool *pgxpool.Pool, hide *shroud) *sql.DB {
	db := sql.OpenDB(pipes{stdlib.GetPoolConnector(pool), hide})
	db.SetMaxIdleConns(0) // the pool keeps them
	return db
}

type pipes struct {
	driver.Connector
	hide *shroud
}

// Connect implements [driver.Connector].
func (p pipes) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, p.hide.over(err)
	}
	c, ok := conn.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("a connection of pgx is a %T", conn)
	}
	return &pipe{Conn: c, hide: p.hide}, nil
}

// pipe is a connection to PostgreSQL. To ask and wait takes longer than most statements do, and wakes both sides. So what is
// executed between a BEGIN and its COMMIT waits until something is asked, and goes there with the question: the statements of
// a transaction that only write go with its COMMIT. One that fails is heard of then, and nothing after it was done. See
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING.
type pipe struct {
	*stdlib.Conn
	hide    *shroud // over all errors
	inside  bool    // a transaction, which may not have begun there yet
	waiting []*late // its statements that were not sent
	failed  error   // why it cannot go on
}

// late is a statement that returns no rows, and its result, which is not there yet while it waits.
type late struct {
	pipe  *pipe
	query string
	args  []any
	tag   pgconn.CommandTag
}

// LastInsertId implements [driver.Result]. PostgreSQL has no such thing.
func (*late) LastInsertId() (int64, error) { return 0, errors.ErrUnsupported }

// RowsAffected implements [driver.Result].
func (l *late) RowsAffected() (int64, error) {
	err := l.pipe.hide.over(l.pipe.send(context.Background()))
	return l.tag.RowsAffected(), err
}

// ExecContext implements [driver.ExecerContext].
func (p *pipe) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	res, err := p.exec(ctx, query, args)
	return res, p.hide.over(err)
}

func (p *pipe) exec(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	switch {
	case query == "ROLLBACK":
		return driver.ResultNoRows, p.rollback(ctx)
	case p.failed != nil:
		return nil, p.failed
	case query == "BEGIN":
		p.inside = true
	case !p.inside:
		return p.Conn.ExecContext(ctx, query, args)
	case query == "COMMIT":
		return driver.ResultNoRows, p.commit(ctx)
	}
	l := &late{pipe: p, query: query, args: plainValues(args)}
	p.waiting = append(p.waiting, l)
	if len(p.waiting) < waitingAtMost {
		return l, nil
	}
	return l, p.send(ctx)
}

// BeginTx implements [driver.ConnBeginTx].
func (p *pipe) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := p.Conn.BeginTx(ctx, o)
	if err != nil {
		return nil, p.hide.over(err)
	}
	return shroudedTx{tx, p.hide}, nil
}

// Ping implements [driver.Pinger].
func (p *pipe) Ping(ctx context.Context) error { return p.hide.over(p.Conn.Ping(ctx)) }

// shrouded are rows whose errors are told in our words.
type shrouded struct {
	*stdlib.Rows
	hide *shroud
}

// Next implements [driver.Rows].
func (r shrouded) Next(into []driver.Value) error { return r.hide.over(r.Rows.Next(into)) }

// Close implements [driver.Rows].
func (r shrouded) Close() error { return r.hide.over(r.Rows.Close()) }

// shroudedTx is a transaction whose errors are told in our words.
type shroudedTx struct {
	driver.Tx
	hide *shroud
}

// Commit implements [driver.Tx].
func (t shroudedTx) Commit() error { return t.hide.over(t.Tx.Commit()) }

// Rollback implements [driver.Tx].
func (t shroudedTx) Rollback() error { return t.hide.over(t.Tx.Rollback()) }

// waitingAtMost is how many statements wait.
const waitingAtMost = 64

// QueryContext implements [driver.QueryerContext].
func (p *pipe) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := p.query(ctx, query, args)
	if r, ok := rows.(*stdlib.Rows); ok {
		return shrouded{r, p.hide}, p.hide.over(err)
	}
	return rows, p.hide.over(err)
}

func (p *pipe) query(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if p.failed != nil {
		return nil, p.failed
	}
	if len(p.waiting) == 0 {
		return p.Conn.QueryContext(ctx, query, args)
	}
	found := &answer{}
	return found, p.send(ctx, &pgx.QueuedQuery{SQL: query, Arguments: plainValues(args), Fn: found.read})
}

// send sends what waits, and something behind it.
func (p *pipe) send(ctx context.Context, last ...*pgx.QueuedQuery) error {
	if p.failed != nil {
		return p.failed
	}
	if p.Conn.Conn().IsClosed() {
		return driver.ErrBadConn
	}
	batch := &pgx.Batch{}
	for _, l := range p.waiting {
		queued := batch.Queue(l.query, l.args...)
		queued.Fn = func(results pgx.BatchResults) (err error) {
			if l.tag, err = results.Exec(); err != nil {
				err = fmt.Errorf("%.40s…: %w", l.query, err)
			}
			return err
		}
	}
	batch.QueuedQueries = append(batch.QueuedQueries, last...)
	p.waiting = nil
	if batch.Len() > 0 {
		p.failed = p.Conn.Conn().SendBatch(ctx, batch).Close()
	}
	return p.failed
}

// commit ends a transaction. One in which nothing was done is not even begun.
func (p *pipe) commit(ctx context.Context) error {
	if len(p.waiting) == 1 && !p.begun() {
		p.inside, p.waiting = false, nil
		return nil
	}
	end := &late{pipe: p, query: "COMMIT"}
	p.waiting = append(p.waiting, end)
	if err := p.send(ctx); err != nil {
		return err
	}
	p.inside = false
	if end.tag.String() != end.query {
		return pgx.ErrTxCommitRollback
	}
	return nil
}

// rollback ends a transaction, if it was begun.
func (p *pipe) rollback(ctx context.Context) error {
	p.inside, p.waiting, p.failed = false, nil, nil
	if !p.begun() {
		return nil
	}
	_, err := p.Conn.ExecContext(ctx, "ROLLBACK", nil)
	return err
}

// begun says whether the server is in a transaction.
func (p *pipe) begun() bool { return p.Conn.Conn().PgConn().TxStatus() != 'I' }

func plainValues(args []driver.NamedValue) []any {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	return values
}

// answer is rows that were read. It implements [driver.Rows].
type answer struct {
	columns []string
	rows    [][]any
}

func (a *answer) read(results pgx.BatchResults) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for _, f := range rows.FieldDescriptions() {
		a.columns = append(a.columns, f.Name)
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		a.rows = append(a.rows, values)
	}
	return rows.Err()
}

func (a *answer) Columns() []string { return a.columns }

func (a *answer) Close() error { return nil }

// Next implements [driver.Rows].
func (a *answer) Next(into []driver.Value) (err error) {
	if len(a.rows) == 0 {
		return io.EOF
	}
	for i, v := range a.rows[0] {
		if into[i], err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
			return err
		}
	}
	a.rows = a.rows[1:]
	return nil
}
