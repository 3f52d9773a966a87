package transfer

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

func few(string) int { return 3 }

func untold(int64, int64) {}

// same fails if a database does not hold these rows.
func same(t *testing.T, dsn string, want map[string][]string) {
	t.Helper()
	got := contents(t, dsn)
	for table, rows := range want {
		if !slices.Equal(got[table], rows) {
			t.Errorf("the table %s has changed:\n%q\nwant\n%q", table, got[table], rows)
		}
	}
}

// A database is copied to another one, and from there back. Nothing of it changes, and new rows get new numbers.
func TestCopyKeepsEverything(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			source, there, back := filled(t, "key", few), empty(t, kind), empty(t, "sqlite")
			want := contents(t, source)
			told := int64(0)
			c, err := Copy(t.Context(), source, there, func(rows, of int64) {
				if rows < told || rows > of {
					t.Errorf("%d rows of %d after %d", rows, of, told)
				}
				told = rows
			})
			if err != nil {
				t.Fatal(err)
			}
			if c.Rows != told || c.Entries != entries || c.Root == "" {
				t.Errorf("copied are %+v, told were %d rows", c, told)
			}
			second, err := Copy(t.Context(), there, back, untold)
			if err != nil || second != c {
				t.Errorf("there it was %+v, back it is %+v, %v", c, second, err)
			}
			for _, dsn := range []string{there, back} {
				same(t, dsn, want)
				run(t, dsn, `INSERT INTO arrival (at, sealed) SELECT at, sealed FROM arrival WHERE id = 1`)
				run(t, dsn, `INSERT INTO turn (chat, tag, day, points, cause, short) SELECT chat, tag, day, points, cause, short FROM turn WHERE id = 1`)
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
			source, there := filled(t, "key", func(table string) int {
				if slices.Contains([]string{"member", "handled", "medium", "evidence", "cases", "chat"}, table) {
					return 2*copyAtOnce + 200 // more than go at once, in tables of all kinds of keys
				}
				return 3
			}), empty(t, kind)
			want := contents(t, source)
			interrupted := 0
			for {
				ctx, stop := context.WithCancel(t.Context())
				steps := 0
				_, err := Copy(ctx, source, there, func(int64, int64) {
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
				if err := runBot(t, there); err == nil || !strings.Contains(err.Error(), "run `ostrakon copy` again") {
					t.Fatalf("a bot runs on half a copy: %v", err)
				}
			}
			if got := contents(t, there); interrupted < 10 || !maps.EqualFunc(got, want, slices.Equal) {
				t.Errorf("after %d interruptions it is another", interrupted)
			}
		})
	}
}

// runBot opens a database as a bot does.
func runBot(t *testing.T, dsn string) error {
	t.Helper()
	s, err := storage.Open(t.Context(), storage.Options{
		DSN: dsn, KeyFile: filepath.Join(scratch.Dir(t), "key"), Defaults: moderation.DefaultPolicy(), Now: time.Now,
	})
	if err != nil {
		return err
	}
	return s.Close()
}

func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	source, full := filled(t, "key", few), filled(t, "another key", few)
	refused := func(from, to string, words string) {
		t.Helper()
		if _, err := Copy(t.Context(), from, to, untold); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("copied, or refused with %v; want %q", err, words)
		}
	}
	refused(source, full, "not empty")
	refused(empty(t, kind()), empty(t, kind()), "nothing to copy")
	there := empty(t, kind())
	if _, err := Copy(t.Context(), source, there, func(rows, of int64) {
		if rows == of {
			run(t, source, `INSERT INTO private (tag) VALUES (?)`, []byte("7654321"))
		}
	}); err == nil || !strings.Contains(err.Error(), "somebody wrote meanwhile") {
		t.Errorf("nobody saw that it changed: %v", err)
	}
	refused(full, there, "another database")
	bot := open(t, source)
	defer bot.Close()
	if bot.Shared() {
		return // there is no file that is locked
	}
	if alone, err := bot.LockFile(); err != nil || !alone {
		t.Fatalf("no bot runs: %t, %v", alone, err)
	}
	refused(source, empty(t, kind()), "stop it first")
}

// What is copied is all there is, but for the tables that say which migrations have run.
func TestCopyKnowsAllTables(t *testing.T) {
	t.Parallel()
	db := open(t, empty(t, kind()))
	defer db.Close()
	list := `SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('goose_db_version', 'shape')`
	if db.Shared() {
		list = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name NOT IN ('goose_db_version', 'shape')`
	}
	rows, err := db.Reader.QueryContext(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables, known []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	for _, c := range copied {
		known = append(known, c.table)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(tables)
	slices.Sort(known)
	if !slices.Equal(known, tables) {
		t.Errorf("copied are %q; there are %q", known, tables)
	}
}
