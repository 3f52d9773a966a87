package storage_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// pool is who could be drawn, in the order of chance.
func (d *desk) pool(chat int64) []moderation.Candidate {
	d.t.Helper()
	return read(d, d.docket(moderation.Key{Chat: chat, Want: moderation.Want{Pool: true}}).Pool)
}

// drawn are their numbers.
func (d *desk) drawn(chat int64) []int64 {
	d.t.Helper()
	var who []int64
	for _, c := range d.pool(chat) {
		who = append(who, c.Person.ID)
	}
	return who
}

// could compares who could be drawn with who should.
func (d *desk) could(chat int64, want ...int64) {
	d.t.Helper()
	got := d.drawn(chat)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		d.t.Errorf("%v could be drawn; want %v", got, want)
	}
}

func TestWhoCouldBeDrawn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	yesterdays, elsewhere, command, machine, another := d.wrote(anna, 41), d.wrote(bob, 42), d.wrote(carl, 43), d.wrote(boss, 44), d.wrote(mallory, 45)
	elsewhere.Chat, command.Counts, machine.Author.Bot = chess-1, false, true
	d.observe(yesterdays, elsewhere, command, machine)
	d.could(chess, anna)
	d.could(chess-1, bob)
	unasked(d, d.docket(moderation.Key{Chat: chess}).Pool)
	d.pass(6 * day)
	d.observe(another)
	d.could(chess, anna, mallory)
	d.pass(12*time.Hour - time.Second) // the last second of the week's last day
	d.could(chess, anna, mallory)
	d.must(d.Forget(t.Context(), d.now()))
	d.could(chess, anna, mallory)
	d.pass(time.Second)
	d.could(chess, mallory)
	d.could(chess - 1)
	d.pass(day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM active WHERE length(sealed) > 0`); n != 1 {
		t.Errorf("%d are named; want the one who wrote within the week", n)
	}
}

// A candidate is told with all that is needed to see whether they may judge.
func TestCandidatesAreWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	s := d.wrote(bob, 41)
	s.Author.Language = "es"
	d.observe(s)
	d.must(d.court.Private(t.Context(), d.next(), bob, true))
	d.must(d.court.Administered(t.Context(), chess, []int64{bob}))
	record := moderation.Record{
		Joined: d.now().Add(-time.Hour), Messages: 4, Silenced: d.now().Add(time.Hour),
		Conduct: standing.Conduct{Lost: 30, Wrote: moderation.DayOf(d.now()), Fell: moderation.DayOf(d.now())},
	}
	d.decide(moderation.Key{Chat: chess, Actor: bob}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &record}})
	d.decide(moderation.Key{Chat: chess, Author: bob}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Conduct: &record.Conduct}})
	want := moderation.Candidate{Person: moderation.Person{ID: bob, Language: "es", Private: true}, Record: record, Admin: true}
	whole(t, want)
	whole(t, want.Person)
	for range 2 {
		if got := d.pool(chess); len(got) != 1 || got[0] != want {
			t.Errorf("candidates %+v\nwant %+v", got, want)
		}
		d.close()
		d.open()
	}
	d.must(d.court.Administered(t.Context(), chess-1, []int64{anna}))
	s = d.wrote(anna, 42)
	d.observe(s)
	for _, c := range d.pool(chess) {
		if c.Person.ID == anna && c.Admin {
			t.Errorf("an admin of another group is one here: %+v", c)
		}
	}
}

// Chance makes the order: over many draws everybody is first about as often as anybody else.
func TestDrawsAreFair(t *testing.T) {
	t.Parallel()
	const many, draws = 10, 600
	d := newDesk(t)
	d.active(chess, many)
	first, last, orders := map[int64]int{}, map[int64]int{}, map[[many]int64]bool{}
	for range draws {
		order := [many]int64(d.drawn(chess))
		first[order[0]]++
		last[order[many-1]]++
		orders[order] = true
	}
	if len(orders) < draws*9/10 {
		t.Errorf("%d orders in %d draws", len(orders), draws)
	}
	for i := range int64(many) {
		// 60 are to be expected; these limits are more than five standard deviations away.
		if f, l := first[bob+i], last[bob+i]; f < 20 || f > 100 || l < 20 || l > 100 {
			t.Errorf("%d was first %d times and last %d times of %d", bob+i, f, l, draws)
		}
	}
}

// However many wrote, so many are looked at, and everybody may be among them.
func TestAtMostTwoHundredAreLookedAt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 230)
	seen := map[int64]int{}
	for range 40 {
		who := d.drawn(chess)
		if slices.Sort(who); len(slices.Compact(who)) != 200 {
			t.Fatalf("%d different were drawn", len(slices.Compact(who)))
		}
		for _, id := range who {
			seen[id]++
		}
	}
	if len(seen) != 230 {
		t.Errorf("%d of 230 were ever drawn", len(seen))
	}
}

// Most messages of a day write nothing about who is active.
func TestActivityIsWrittenOnceADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.written(d.wrote(anna, 41))
	if _, err := d.sql().ExecContext(t.Context(), `CREATE TABLE touched (n INTEGER)`); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"INSERT", "UPDATE"} {
		d.alter(`CREATE TRIGGER touched_` + what + ` AFTER ` + what + ` ON active BEGIN INSERT INTO touched VALUES (1); END`)
	}
	wrote := func(want int64, seen ...moderation.SeenMessage) {
		t.Helper()
		before := d.number(`SELECT count(*) FROM touched`)
		d.written(seen...)
		if n := d.number(`SELECT count(*) FROM touched`) - before; n != want {
			t.Errorf("written %d times; want %d", n, want)
		}
	}
	wrote(0, d.wrote(anna, 42), d.wrote(anna, 43))
	wrote(1, d.wrote(bob, 44), d.wrote(bob, 45), d.wrote(anna, 46))
	elsewhere := d.wrote(anna, 47)
	elsewhere.Chat = chess - 1
	wrote(1, elsewhere)
	d.pass(12 * time.Hour)
	wrote(1, d.wrote(anna, 48), d.wrote(anna, 49))
	if n := d.number(`SELECT count(*) FROM active`); n != 3 {
		t.Errorf("%d rows; want one for each member and group", n)
	}
	d.could(chess, anna, bob)
}

// What failed was not written, so that it is the next time.
func TestActivityThatWasNotKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.alter(`CREATE TRIGGER refused AFTER INSERT ON active BEGIN SELECT raise(ABORT, 'no'); END`)
	s := d.wrote(anna, 41)
	err := d.court.Observe(t.Context(), []moderation.SeenMessage{s}) // which with SQLite leaves it to later
	if err = errors.Join(err, d.FlushLog(t.Context())); err == nil {
		t.Fatal("kept")
	}
	d.alter(`DROP TRIGGER refused`)
	d.written(s)
	d.could(chess, anna)
}

// Many in one transaction, all of whom say something again.
func TestActivityOfMany(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const many = 1500
	for range 2 {
		var seen []moderation.SeenMessage
		for i := range int64(many) {
			seen = append(seen, d.wrote(bob+i, 41+i))
		}
		d.written(seen...)
	}
	if n := d.number(`SELECT count(*) FROM active`); n != many {
		t.Errorf("%d rows; want %d", n, many)
	}
}

// Who wrote in both of two groups that become one is a candidate, and one juror at most.
func TestMigrationMergesWhoIsActive(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 12)
	d.enter(super)
	d.active(super, 12)
	d.migrate()
	id := d.reportIn(super, anna, 99)
	_, err := d.court.Decide(t.Context(), moderation.Key{Update: d.next(), Chat: super, Case: id}, admin(boss), moderation.Upheld)
	d.must(err)
	who := d.drawn(super)
	slices.Sort(who)
	if got := slices.Compact(who); len(got) != 12 {
		t.Errorf("%d could be drawn; want twelve", len(got))
	}
	if c := d.contest(super, id); c.Appeal != moderation.BeforeAdmins {
		t.Errorf("twelve became a jury: %+v", c)
	}
}
