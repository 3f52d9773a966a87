package storage_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Whatever is in a book is there again: all of it, in its order, in the group alone whose it is.
func TestBooksAreKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.enter(chess - 5)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringN(1, 30, -1)
		book := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rulebook.Rule {
			return rulebook.Rule{
				ID: rulebook.RuleID(words.Draw(t, "id")), Severity: rapid.IntRange(1, 3).Draw(t, "severity"),
				Name: words.Draw(t, "name"), Why: words.Draw(t, "sentence"), Removed: rapid.Bool().Draw(t, "removed"),
				Sweep:  rapid.SampledFrom([]rulebook.Sweep{rulebook.SweepByDefault, rulebook.SweepOn, rulebook.SweepOff}).Draw(t, "sweep"),
				Breaks: rapid.SliceOfN(words, 1, 5).Draw(t, "breaks"), Fine: rapid.SliceOfN(words, 1, 5).Draw(t, "fine"),
			}
		}), 1, 80).Draw(t, "book")
		c := d.docket(moderation.Key{Chat: chess}).Chat
		c.Book = book
		d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &c})
		got, err := d.Chat(d.t.Context(), chess)
		if err != nil || !reflect.DeepEqual(got.Book, rulebook.Book(book)) {
			t.Fatalf("kept %+v, %v\nwant %+v", got.Book, err, book)
		}
		if other, err := d.Chat(d.t.Context(), chess-5); err != nil || other.Book != nil {
			t.Fatalf("another group has %+v, %v", other.Book, err)
		}
	})
}

// A book's length is even, so that it says little of what is in it, and it can be taken away again.
func TestBookIsSealed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	sizes := map[int]bool{}
	for _, why := range []string{"None.", "Advertising is not welcome in this group.", strings.Repeat("Advertising is not welcome. ", 9)} {
		c := d.docket(moderation.Key{Chat: chess}).Chat
		c.Book = rulebook.Book{{ID: rulebook.Spam, Severity: 1, Why: why}}
		d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &c})
		var sealed []byte
		d.must(d.sql().QueryRowContext(t.Context(), `SELECT book FROM chat WHERE number = ?`, chess).Scan(&sealed))
		if bytes.Contains(sealed, []byte("Advertising")) {
			t.Error("the book can be read without the key")
		}
		sizes[len(sealed)] = true
	}
	if len(sizes) != 1 {
		t.Errorf("books have the lengths %v", sizes)
	}
	c := d.docket(moderation.Key{Chat: chess}).Chat
	c.Book = nil
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &c})
	if n := d.number(`SELECT count(*) FROM chat WHERE book IS NOT NULL`); n != 0 {
		t.Errorf("%d groups have a book", n)
	}
}

// What the shape before rule books held of standings is there afterwards, and an offence's severity is what
// its cost tells.
func TestStandingsOutliveTheRuleBook(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	db := d.sql()
	run := func(query string) {
		t.Helper()
		_, err := db.ExecContext(t.Context(), query)
		d.must(err)
	}
	for _, name := range []string{"0002_admins", "0003_fairness"} {
		text, err := os.ReadFile("sqldb/migrations/sqlite/" + name + ".sql")
		d.must(err)
		run(string(text))
	}
	run(`PRAGMA user_version = 3`)
	run(`UPDATE offence SET steps = 4, cost = 40 WHERE case_id = 1`)
	run(`UPDATE offence SET steps = 2, cost = 7 WHERE case_id = 2`)
	for i, cause := range []string{"upheld", "days", "overturned", "pardoned", "appointed"} {
		run(fmt.Sprintf(`INSERT INTO turn (chat, tag, day, points, cause, short) VALUES (3, x'00', %d, %d, '%s', 'AAAA')`, 100+i, i-2, cause))
	}
	d.open()
	want := []int{3, 2}
	for i, o := range d.history() {
		if o.Severity != want[i] {
			t.Errorf("%+v, want severity %d", o, want[i])
		}
	}
	rows, err := d.sql().QueryContext(t.Context(), `SELECT day || ' ' || points || ' ' || cause FROM turn ORDER BY id`)
	d.must(err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var turn string
		d.must(rows.Scan(&turn))
		got = append(got, turn)
	}
	d.must(rows.Err())
	if !slices.Equal(got, []string{"100 -2 upheld", "101 -1 days", "102 0 overturned", "103 1 pardoned", "104 2 appointed"}) {
		t.Errorf("the turns are %q", got)
	}
}

// A corrected offence is kept with all that changed, and so is the turn that it was.
func TestCorrectionsAreKept(t *testing.T) {
	t.Parallel()
	d := sentenced(t)
	c := d.cs("BBBB")
	c.Rule = rulebook.Violence
	turn := standing.Change{Day: 9, Points: -20, Cause: standing.CauseCorrected, Case: "BBBB"}
	d.decide(moderation.Key{Chat: chess, Case: "BBBB"}, moderation.Outcome{
		Case: &c, AuthorChanges: moderation.AuthorChanges{Offence: &moderation.Offence{Case: "BBBB", Steps: 4, Severity: 3, Cost: 40}, Turns: []standing.Change{turn}},
	})
	docket := d.docket(moderation.Key{Chat: chess, Author: mallory, Want: moderation.Want{Turns: true}})
	o, turns := docket.History[1], read(d, docket.Turns)
	if o.Steps != 4 || o.Severity != 3 || o.Cost != 40 || d.cs("BBBB").Rule != rulebook.Violence || turns[0] != turn {
		t.Errorf("kept %+v, %+v", o, turns)
	}
}
