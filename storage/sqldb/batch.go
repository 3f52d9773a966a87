package sqldb

import (
	"context"
	"database/sql/driver"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// send sends statements in one batch, and a question behind them if there is one. After a statement that fails nothing is done.
func (c *scrubbedConn) send(ctx context.Context, statements []statement, question *pgx.QueuedQuery) (tags []pgconn.CommandTag, err error) {
	if c.Conn.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	var batch pgx.Batch
	var failed error
	for _, s := range statements {
		batch.Queue(s.query, s.args...).Fn = func(results pgx.BatchResults) error {
			tag, err := results.Exec()
			if err != nil {
				failed = s.failed(c.scrub.clean(err))
				return err
			}
			s.changed(tag.RowsAffected())
			tags = append(tags, tag)
			return nil
		}
	}
	if question != nil {
		batch.QueuedQueries = append(batch.QueuedQueries, question)
	}
	err = c.scrub.clean(c.Conn.Conn().SendBatch(ctx, &batch).Close())
	if failed != nil {
		return nil, failed
	}
	return tags, err
}

// ask sends the leading statements and a question in one batch.
func (c *scrubbedConn) ask(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	leading := c.leading
	c.leading = nil
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	found := &answer{}
	_, err := c.send(ctx, leading, &pgx.QueuedQuery{SQL: query, Arguments: values, Fn: found.read})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// answer is the rows that a question in a batch brought. It implements [driver.Rows].
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

// Columns implements [driver.Rows].
func (a *answer) Columns() []string { return a.columns }

// Close implements [driver.Rows].
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
