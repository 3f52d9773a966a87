package storage_test

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// trouble is something that happens to a database and passes.
type trouble struct{ begin, end func(*desk) }

// pragma is a trouble that is made by settings.
func pragma(begin, end string) trouble {
	set := func(text string) func(*desk) {
		return func(d *desk) { d.must(d.Trouble(d.t.Context(), text)) }
	}
	return trouble{set(begin), set(end)}
}

// locked is a trouble that another process makes.
func locked() trouble {
	var other *sql.Conn
	tell := func(d *desk, text string) {
		_, err := other.ExecContext(d.t.Context(), text)
		d.must(err)
	}
	return trouble{
		begin: func(d *desk) {
			var err error
			other, err = d.sql().Conn(d.t.Context())
			d.must(err)
			tell(d, `BEGIN IMMEDIATE`)
			d.must(d.Trouble(d.t.Context(), `busy_timeout = 1`))
		},
		end: func(d *desk) {
			tell(d, `ROLLBACK`)
			d.must(other.Close())
		},
	}
}

func TestTroubleIsSaidAndGoesBy(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	for name, tr := range map[string]trouble{
		"no room":           pragma(`max_page_count = 1`, `max_page_count = 100000`), // as many as there are
		"not to be written": pragma(`query_only = on`, `query_only = off`),
		"locked":            locked(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			id := d.report(anna, 41)
			tr.begin(d)
			before := d.dump()
			if err := d.large(); !errors.Is(err, moderation.ErrUnavailable) {
				t.Errorf("Observe = %v; want ErrUnavailable", err)
			}
			if got := d.dump(); !slices.Equal(got, before) {
				t.Errorf("half done: %q", added(before, got))
			}
			if c, err := d.Case(t.Context(), chess, id); err != nil || c.Message != 41 {
				t.Errorf("not even read: %+v, %v", c, err)
			}
			tr.end(d)
			d.must(d.large())
			if got := d.recent(1); !slices.Equal(got, []int64{300}) {
				t.Errorf("kept are %v", got)
			}
		})
	}
}

// large notes so much that it takes new pages.
func (d *desk) large() error {
	var seen []moderation.SeenMessage
	for m := range int64(300) {
		s := d.wrote(bob, m+1)
		s.Said.Text = strings.Repeat("a", 200)
		seen = append(seen, s)
	}
	return d.court.Observe(d.t.Context(), seen)
}

// What is asked wrongly does not become right by asking again.
func TestOtherErrorsAreNoTrouble(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.alter(`DROP TABLE spot; DROP TABLE arrival`)
	if err := d.large(); err == nil || errors.Is(err, moderation.ErrUnavailable) {
		t.Errorf("Observe = %v; want an error that stays", err)
	}
	d.close()
	if err := d.Ping(t.Context()); err == nil {
		t.Error("a closed database answers")
	}
}
