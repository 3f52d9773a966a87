package storage_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/transfer"
)

// elsewhere is a desk at an empty database of the same kind, or of the other one.
func (d *desk) elsewhere(kind string) *desk {
	d.t.Helper()
	path := filepath.Join(scratch.Dir(d.t), "other.db")
	other := &desk{t: d.t, path: path, clock: newClock(d.now()), update: d.update, opts: d.opts}
	other.opts.Now = other.now
	other.opts.DSN = "sqlite:" + path
	if kind == "postgres" {
		other.opts.DSN = cluster.Schema(d.t)
	}
	return other
}

func (d *desk) copyTo(ctx context.Context, other *desk, tell func(rows, of int64)) (transfer.Copied, error) {
	d.t.Helper()
	return transfer.Copy(ctx, d.opts.DSN, other.opts.DSN, tell)
}

// contents is all that a database says, table by table, in whatever it was said.
func (d *desk) contents() map[string][]string {
	d.t.Helper()
	all := map[string][]string{}
	for _, r := range d.rows() {
		if r.table == "sqlite_sequence" || r.table == "shape" {
			continue
		}
		line := ""
		for _, v := range r.values {
			line += fmt.Sprintf("%x|", fmt.Sprint(stringOf(v)))
		}
		all[r.table] = append(all[r.table], line)
	}
	for _, lines := range all {
		slices.Sort(lines)
	}
	return all
}

func stringOf(v any) any {
	if raw, ok := v.([]byte); ok {
		return string(raw)
	}
	return v
}

// kinds are where a copy may go in this run.
func kinds() []string {
	if cluster == nil {
		return []string{"sqlite"}
	}
	return []string{"sqlite", "postgres"}
}

// A month is copied there, and from there on, and back; nothing of it changes, and life goes on.
func TestCopyKeepsEverything(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			month(d)
			open := d.report(carl, 7001)
			want := d.contents()
			d.close()
			there, back := d.elsewhere(kind), d.elsewhere("sqlite")
			told := int64(0)
			c, err := d.copyTo(t.Context(), there, func(rows, of int64) {
				if rows < told || rows > of {
					t.Errorf("%d rows of %d after %d", rows, of, told)
				}
				told = rows
			})
			d.must(err)
			if c.Rows != told || c.Entries < 10 || c.Root == "" {
				t.Errorf("copied are %+v, told were %d rows", c, told)
			}
			second, err := there.copyTo(t.Context(), back, func(int64, int64) {})
			d.must(err)
			if second != c {
				t.Errorf("there it was %+v, back it is %+v", c, second)
			}
			for name, at := range map[string]*desk{"there": there, "back": back} {
				if got := at.contents(); !maps.EqualFunc(got, want, slices.Equal) {
					for table, lines := range want {
						if !slices.Equal(got[table], lines) {
							t.Errorf("%s: the table %s has changed:\n%q\n%q", name, table, got[table], lines)
						}
					}
				}
				at.open()
				at.uphold(open)
				at.report(bob, 7002) // numbers go on
				if _, err := at.Chat(t.Context(), chess); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// A copy that is interrupted again and again arrives; until then no bot runs on it.
func TestCopyGoesOn(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			month(d)
			var seen []moderation.SeenMessage
			for m := range int64(1200) { // more than go at once, in tables of all kinds of keys
				s := d.wrote(anna+m, 9000+m)
				s.Handle = fmt.Sprint("somebody", m)
				seen = append(seen, s)
			}
			d.observe(seen...)
			want := d.contents()
			d.close()
			there := d.elsewhere(kind)
			interrupted := 0
			for {
				ctx, stop := context.WithCancel(t.Context())
				steps := 0
				_, err := d.copyTo(ctx, there, func(int64, int64) {
					if steps++; steps == 2 {
						stop()
					}
				})
				stop()
				if err == nil {
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				interrupted++
				if err := there.tryOpen(); err == nil || !strings.Contains(err.Error(), "run `ostrakon copy` again") {
					t.Fatalf("a bot runs on half a copy: %v", err)
				}
			}
			if got := there.contents(); interrupted < 10 || !maps.EqualFunc(got, want, slices.Equal) {
				t.Errorf("after %d interruptions it is another", interrupted)
			}
		})
	}
}

func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	d, full := newDesk(t), newDesk(t)
	month(d)
	empty := func() *desk { return d.elsewhere(kinds()[len(kinds())-1]) }
	refused := func(from, to *desk, words string) {
		t.Helper()
		if _, err := from.copyTo(t.Context(), to, func(int64, int64) {}); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("copied, or refused with %v; want %q", err, words)
		}
	}
	full.report(anna, 1)
	full.close()
	d.close()
	refused(d, full, "not empty")
	refused(empty(), empty(), "nothing to copy")
	// Somebody writes meanwhile.
	there := empty()
	stopped := false
	_, err := d.copyTo(t.Context(), there, func(rows, _ int64) {
		if !stopped {
			stopped = true
			d.alter(`INSERT INTO private (tag) VALUES ('1234567')`)
		}
	})
	if err != nil {
		t.Logf("seen at once: %v", err) // it may have come early enough to be copied
	}
	there = empty()
	if _, err := d.copyTo(t.Context(), there, func(rows, of int64) {
		if rows == of {
			d.alter(`INSERT INTO private (tag) VALUES ('7654321')`)
		}
	}); err == nil || !strings.Contains(err.Error(), "somebody wrote meanwhile") {
		t.Errorf("nobody saw that it changed: %v", err)
	}
	refused(full, there, "another database")
	if cluster == nil {
		d.open()
		_, mine, err := d.Poller(t.Context(), "bot")
		if d.must(err); !mine {
			t.Fatal("no bot runs")
		}
		refused(d, empty(), "stop it first")
	}
}

// What is copied is all there is.
func TestCopyKnowsAllTables(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tables := slices.DeleteFunc(d.tables(), func(name string) bool {
		return name == "sqlite_sequence" || name == "shape"
	})
	if known := slices.Sorted(slices.Values(transfer.Tables())); !slices.Equal(known, tables) {
		t.Errorf("copied are %q; there are %q", known, tables)
	}
}
