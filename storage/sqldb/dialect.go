package sqldb

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
)

// A Dialect hides what SQLite and PostgreSQL do differently. Queries are written once, in what all of them understand, with ? for
// values (or ?1, ?2 where one is used twice).
type Dialect struct {
	name string // also of the folder of its migrations
	Lock string // behind a query for a row that is about to be changed
	Blob string // the type of bytes

	batches bool // statements can be sent together, see [Tx.Later]

	// Made is a query for a number that is another when the tables were made anew, as when a dump is restored; empty if
	// the database has none.
	Made string

	// What migrations need, see [takeover].
	goose            goose.Dialect
	shape            func(context.Context, Querier) (int64, error) // how many had run before goose counted them
	migrated         string                                        // asks whether goose has been here
	lockMigrations   string                                        // waits until no other replica migrates
	unlockMigrations string

	numbered bool                 // values are $1, $2
	texts    sync.Map             // queries as the database wants them; there are as many as stand in this package
	again    func(err error) bool // whether a transaction failed only because of others beside it
}

func (d *Dialect) unwatched(ctx context.Context) context.Context {
	if d.numbered {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// text is a query as the database wants it.
func (d *Dialect) text(query string) string {
	if known, ok := d.texts.Load(query); ok {
		return known.(string)
	}
	text := signed(query)
	if d.numbered {
		text = numbered(query)
	}
	d.texts.Store(query, text)
	return text
}

// numbered writes ? as $1, $2 and so on, and ?1 as $1.
func numbered(query string) string {
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

// signed writes +? for ?, which is the same. SQLite plans a query anew at each run if the plan might depend on a bare value, as
// after a LIMIT or beside a column without an index. That costs more than most queries. See
// https://www.sqlite.org/c3ref/prepare.html, on sqlite3_prepare_v2, and https://www.sqlite.org/queryplanner.html on unary plus.
func signed(query string) string { return strings.ReplaceAll(query, "?", "+?") }

// values are the values of a query as the database wants them: truth is 0 or 1 in all of them.
func (d *Dialect) values(args []any) []any {
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
