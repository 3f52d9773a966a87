package storage_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// pool is who could be drawn, in the order of chance.
func (d *desk) pool(chat int64) []moderation.Candidate {
	d.t.Helper()
	return read(d, d.docket(moderation.Key{Chat: chat, Want: moderation.Want{Pool: true}}).Pool).Candidates
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

// known makes established members of all who wrote.
func (d *desk) known() {
	d.t.Helper()
	d.must(d.FlushLog(d.t.Context()))
	d.alter(`UPDATE active SET days = 3, first = first - 10 WHERE days < 3`)
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
	d.could(chess) // nobody is established
	d.known()
	d.could(chess, anna)
	d.could(chess-1, bob)
	unasked(d, d.docket(moderation.Key{Chat: chess}).Pool)
	d.pass(6 * day)
	d.observe(another)
	d.known()
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
	d.known()
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
	d.known()
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
