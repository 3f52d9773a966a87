package storage

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
)

// A dialect is in what a kind of database differs. Queries are written once, in what all of them understand, with ? for
// values (or ?1, ?2 where one is used twice).
type dialect struct {
	name string // also of the folder of its migrations
	lock string // behind a query for a row that is about to be changed
	blob string // the type of bytes

	begin string // a transaction that writes

	// made is a query for a number that is another when the tables were made anew, as when a dump is restored; empty if
	// the database has none.
	made string

	// What kind of tables there are, see [migrate].
	prepare  func(context.Context, database) error
	shape    func(context.Context, transaction) (int, error)
	setShape func(context.Context, transaction, int) error

	numbered bool                 // values are $1, $2
	texts    sync.Map             // queries as the database wants them; there are as many as stand in this package
	again    func(err error) bool // whether a transaction failed only because of others beside it
}

// database is a pool of connections.
type database struct {
	*sql.DB
	in *dialect
}

func (d database) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return d.DB.ExecContext(ctx, d.in.text(query), d.in.values(args)...)
}

// QueryContext asks for rows. With SQLite, where that is a matter of microseconds, nobody watches whether ctx ends meanwhile:
// that costs more than most queries.
func (d database) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return d.DB.QueryContext(d.in.unwatched(ctx), d.in.text(query), d.in.values(args)...)
}

// QueryRowContext asks for one row, likewise.
func (d database) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return d.DB.QueryRowContext(d.in.unwatched(ctx), d.in.text(query), d.in.values(args)...)
}

func (d *dialect) unwatched(ctx context.Context) context.Context {
	if d.numbered {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

func (d database) begin(ctx context.Context, o *sql.TxOptions) (transaction, error) {
	tx, err := d.BeginTx(ctx, o)
	return transaction{tx, d.in}, err
}

// transaction is one of a [database].
type transaction struct {
	plain
	in *dialect
}

// plain is a transaction that is asked in the words of its database.
type plain interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	Commit() error
	Rollback() error
}

func (t transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.plain.ExecContext(ctx, t.in.text(query), t.in.values(args)...)
}

func (t transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.plain.QueryContext(ctx, t.in.text(query), t.in.values(args)...)
}

func (t transaction) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.plain.QueryRowContext(ctx, t.in.text(query), t.in.values(args)...)
}

// text is a query as the database wants it.
func (d *dialect) text(query string) string {
	if known, ok := d.texts.Load(query); ok {
		return known.(string)
	}
	text := signed(query)
	if d.numbered {
		text = number(query)
	}
	d.texts.Store(query, text)
	return text
}

// number writes ? as $1, $2 and so on, and ?1 as $1.
func number(query string) string {
	var b strings.Builder
	n := 0
	for {
		before, after, more := strings.Cut(query, "?")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		b.WriteByte('$')
		if after == "" || after[0] < '0' || after[0] > '9' {
			n++
			b.WriteString(strconv.Itoa(n))
		}
		query = after
	}
}

// signed writes +? for ?, which is the same. SQLite plans a query anew at each run if the plan might depend on a bare value
// (after a LIMIT, or beside a column without an index), which costs more than most queries: see
// https://www.sqlite.org/c3ref/prepare.html, on sqlite3_prepare_v2, and https://www.sqlite.org/queryplanner.html on unary plus.
func signed(query string) string { return strings.ReplaceAll(query, "?", "+?") }

// values are the values of a query as the database wants them: truth is 0 or 1 in all of them.
func (d *dialect) values(args []any) []any {
	if !d.numbered {
		return args
	}
	for i, a := range args {
		if truth, ok := a.(bool); ok {
			args[i] = 0
			if truth {
				args[i] = 1
			}
		}
	}
	return args
}
