package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Messages that cannot be flushed, or not all of them, are known all the same, also to a bot that was killed meanwhile; and
// what is removed stays removed.
func TestFlushMayFail(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	var seen []moderation.SeenMessage
	const groups = 600
	for group := range int64(groups) {
		for m := range int64(3) {
			s := d.wrote(anna, 41+m)
			s.Chat -= group
			seen = append(seen, s)
		}
	}
	d.observe(seen...)
	known := func(group int64, want ...int64) {
		t.Helper()
		sights, err := d.Recent(t.Context(), chess-group, 10)
		d.must(err)
		var got []int64
		for _, s := range sights {
			got = append(got, s.Message)
		}
		if !slices.Equal(got, want) {
			t.Errorf("of group %d messages %v are known; want %v", group, got, want)
		}
	}
	d.alter(`CREATE TRIGGER no BEFORE INSERT ON spot WHEN NEW.chat = 450 BEGIN SELECT raise(ABORT, 'no'); END`)
	if err := d.FlushLog(t.Context()); err == nil {
		t.Fatal("all is flushed")
	}
	down := d.number(`SELECT count(*) FROM spot`)
	if down == 0 || down == groups {
		t.Fatalf("%d groups are flushed; want some", down)
	}
	for _, group := range []int64{0, groups - 1} {
		d.decide(moderation.Key{Chat: chess - group}, moderation.Outcome{Removed: []int64{42}})
	}
	look := func() {
		t.Helper()
		known(0, 43, 41)
		known(groups-1, 43, 41)
		known(1, 43, 42, 41)
		known(groups-2, 43, 42, 41)
	}
	look()
	d.close()
	d.open()
	look()
	d.alter(`DROP TRIGGER no`)
	d.must(d.FlushLog(t.Context()))
	look()
	if n := d.number(`SELECT count(*) FROM spot`); n != groups {
		t.Errorf("%d groups are flushed; want all", n)
	}
	d.close()
	d.open()
	look()
}

// Who takes over from a process that wrote until its end knows what that wrote last.
func TestWhoComesNextKnowsTheLast(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	if _, mine, err := d.Poller(t.Context(), ""); err != nil || !mine {
		t.Fatalf("nobody has the database, but %t, %v", mine, err)
	}
	next := deskAt(t, d.path)
	next.open()
	if _, mine, err := next.Poller(t.Context(), ""); err != nil || mine {
		t.Fatalf("somebody has the database, but %t, %v", mine, err)
	}
	d.observe(d.wrote(anna, 41))
	d.close()
	if _, mine, err := next.Poller(t.Context(), ""); err != nil || !mine {
		t.Fatalf("nobody has the database any more, but %t, %v", mine, err)
	}
	later := next.wrote(anna, 42)
	later.Update += 100 // another than that of the first
	next.observe(later)
	next.must(next.FlushLog(t.Context()))
	sights, err := next.Recent(t.Context(), chess, 10)
	next.must(err)
	if len(sights) != 2 {
		t.Errorf("%d messages are known; want both", len(sights))
	}
}
