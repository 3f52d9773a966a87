package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// present is when somebody wrote in the group.
func (d *desk) present(who int64) moderation.Presence {
	d.t.Helper()
	return d.docket(moderation.Key{Chat: chess, Author: who}).Presence
}

func TestDaysOnWhichSomebodyWrote(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*desk, ...moderation.SeenMessage){
		"waiting": (*desk).observe, "put down": (*desk).written,
		"started anew": func(d *desk, seen ...moderation.SeenMessage) {
			d.observe(seen...)
			d.close()
			d.open()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			first := moderation.DayOf(d.now())
			if got := d.present(anna); got != (moderation.Presence{}) {
				t.Errorf("before: %+v", got)
			}
			for i, want := range []int{1, 2, 3, 3} {
				write(d, d.wrote(anna, int64(41+2*i)), d.wrote(anna, int64(42+2*i)), d.wrote(bob, int64(91+i)))
				write(d, d.wrote(anna, int64(141+i)))
				if got := d.present(anna); got != (moderation.Presence{First: first, Days: want}) {
					t.Errorf("after %d days: %+v", i+1, got)
				}
				d.pass(3 * day)
			}
			elsewhere := d.docket(moderation.Key{Chat: chess - 1, Author: anna}).Presence
			if elsewhere != (moderation.Presence{}) {
				t.Errorf("in another group: %+v", elsewhere)
			}
		})
	}
}

// The row outlives the week by two years, without the person and the very day.
func TestWhoWroteIsRememberedCoarsely(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := moderation.DayOf(d.now())
	d.written(d.wrote(anna, 41))
	d.pass(day)
	d.written(d.wrote(anna, 42), d.wrote(bob, 43))
	last := moderation.DayOf(d.now())
	d.must(d.Forget(t.Context(), d.now().Add(7*day)))
	if n := d.number(`SELECT count(*) FROM active WHERE day = ? AND length(sealed) > 0`, last); n != 2 {
		t.Errorf("%d are named within the week; want 2", n)
	}
	d.pass(8 * day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM active WHERE length(sealed) = 0 AND day = ?`, last-last%91); n != 2 {
		t.Errorf("%d lost what is needed no more; want 2", n)
	}
	d.could(chess)
	if got := d.present(anna); got != (moderation.Presence{First: first, Days: 2}) {
		t.Errorf("known is %+v", got)
	}
	d.written(d.wrote(anna, 44)) // she is back
	if got := d.present(anna); got != (moderation.Presence{First: first, Days: 3}) {
		t.Errorf("then %+v", got)
	}
	d.could(chess, anna)
	d.pass(500 * day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM active`); n != 2 {
		t.Errorf("%d are known after 500 days; want 2", n)
	}
	d.written(d.wrote(anna, 45))
	d.pass(215 * day)
	d.must(d.Forget(t.Context(), d.now()))
	if a, b := d.present(anna), d.present(bob); a != (moderation.Presence{First: first, Days: 3}) || b != (moderation.Presence{}) {
		t.Errorf("known are %+v and %+v; want Anna alone", a, b)
	}
}

// blind is a group in which the bot may have missed who joined.
func blind(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.enter(chess)
	d.set(chess, func(c *moderation.Chat) { c.Since, c.GapEnded = noon.Add(-30*day), noon.Add(-day) })
	return d
}

func (d *desk) record(who int64) moderation.Record {
	d.t.Helper()
	return d.docket(moderation.Key{Chat: chess, Actor: who}).Record
}

// Whoever is first seen after a gap counts as having joined then; whoever wrote before it does not.
func TestFirstSeenAfterAGap(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*desk, ...moderation.SeenMessage){"waiting": (*desk).observe, "put down": (*desk).written} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.enter(chess)
			write(d, d.wrote(anna, 41))
			d.set(chess, func(c *moderation.Chat) { c.GapEnded = noon })
			if name == "put down" { // and nothing is remembered
				d.close()
				d.open()
			}
			d.pass(time.Minute)
			joined := d.now()
			command := d.wrote(carl, 42)
			command.Counts = false
			write(d, d.wrote(anna, 43), d.wrote(bob, 44), d.wrote(bob, 45), command)
			d.pass(time.Minute)
			write(d, d.wrote(bob, 46), d.wrote(anna, 47))
			if got := d.record(anna); got != (moderation.Record{}) {
				t.Errorf("Anna, who wrote before: %+v", got)
			}
			if got := d.record(bob); got != (moderation.Record{Joined: joined, Presumed: true, Messages: 3}) {
				t.Errorf("Bob, who is new: %+v", got)
			}
			if got := d.record(carl); got != (moderation.Record{}) {
				t.Errorf("Carl, who did not count: %+v", got)
			}
			d.pass(8 * day)
			write(d, d.wrote(boss, 48))
			if got := d.record(boss); got != (moderation.Record{}) {
				t.Errorf("when the gap is forgotten: %+v", got)
			}
		})
	}
}

// In a group that the bot does not watch now, likewise; in one that it watches, nobody who writes is taken to be new.
func TestFirstSeenUnwatched(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.observe(d.wrote(anna, 41))
	d.must(d.court.Status(t.Context(), d.next(), chess, "", moderation.Rights{Member: true}))
	d.observe(d.wrote(bob, 42))
	if a, b := d.record(anna), d.record(bob); !a.Joined.IsZero() || !b.Joined.Equal(noon) {
		t.Errorf("records %+v, %+v", a, b)
	}
}

func TestActorWhoIsFirstSeen(t *testing.T) {
	t.Parallel()
	d := blind(t)
	unknown := func(who int64) bool {
		t.Helper()
		return d.docket(moderation.Key{Chat: chess, Actor: who}).Unknown
	}
	if !unknown(anna) {
		t.Error("somebody who was never seen is known")
	}
	command := d.wrote(carl, 39)
	command.Counts = false
	d.observe(d.wrote(anna, 40), command)
	if unknown(anna) || !unknown(carl) {
		t.Error("who wrote is known, and whose message does not count is not")
	}
	d.decide(moderation.Key{Chat: chess, Actor: carl}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: noon}}})
	if unknown(carl) {
		t.Error("who was seen joining is known")
	}
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: d.report(boss, 41), Voter: person(bob), Side: moderation.Fine}))
	for _, who := range []int64{boss, bob} {
		if got := d.record(who); !got.Joined.Equal(noon) || unknown(who) {
			t.Errorf("%s, who reports or votes, is seen now: %+v", names[who], got)
		}
	}
	d.set(chess, func(c *moderation.Chat) { c.GapEnded = noon.Add(-8 * day) })
	if unknown(mallory) {
		t.Error("in a group that is watched nobody is unknown")
	}
}

// Who has been forgotten is seen anew.
func TestForgottenAreFirstSeenAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.observe(d.wrote(anna, 41))
	_, err := d.court.Forget(t.Context(), d.Store, anna, "")
	d.must(err)
	if n := d.number(`SELECT count(*) FROM active`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	d.set(chess, func(c *moderation.Chat) { c.GapEnded = noon })
	d.observe(d.wrote(anna, 42))
	if got := d.record(anna); !got.Joined.Equal(noon) {
		t.Errorf("record %+v", got)
	}
}

// writers is how many a decision is told of.
func (d *desk) writers(key moderation.Key) int {
	d.t.Helper()
	key.Chat = chess
	return d.docket(key).Chat.Size.Writers
}

func TestHowManyWrite(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	report := moderation.Key{Message: 7, Actor: carl, Author: mallory}
	for m := range int64(4) {
		d.observe(d.wrote(anna, 40+10*m), d.wrote(bob+m, 41+10*m))
		if got := d.writers(report); got != int(m)+2 {
			t.Errorf("on day %d of the first week %d write; want %d", m, got, m+2)
		}
		d.pass(day)
	}
	d.pass(2 * day)
	d.observe(d.wrote(bob, 81))
	d.pass(day)
	for n, want := range []int{1, 1, 1, 0} { // Anna, until it is a week ago; Bob wrote on two days only
		if got := d.writers(report); got != want {
			t.Errorf("on day %d after the first week %d write; want %d", n, got, want)
		}
		d.pass(day)
	}
}

// It is counted once a day, kept when something was decided, and asked for by nobody else. In the first week it is counted each time,
// until there are enough for a jury.
func TestHowManyWriteIsCountedOnceADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.observe(d.wrote(anna, 41))
	for name, key := range map[string]moderation.Key{
		"no actor": {Message: 7}, "no case": {Actor: anna}, "bare": {Case: "X", Actor: anna, Want: moderation.Want{Bare: true}},
	} {
		if got := d.writers(key); got != 0 {
			t.Errorf("%s: %d were counted", name, got)
		}
	}
	no := errors.New("no")
	_, err := d.Update(t.Context(), moderation.Key{Chat: chess, Message: 7, Actor: anna}, func(got moderation.Docket) (moderation.Outcome, error) {
		if got.Chat.Size.Writers != 1 {
			t.Errorf("%d write", got.Chat.Size.Writers)
		}
		return moderation.Outcome{}, no
	})
	if !errors.Is(err, no) || d.number(`SELECT writers_day FROM chat`) != 0 {
		t.Errorf("kept: %v", err)
	}
	id := d.report(anna, 42)
	d.observe(d.wrote(bob, 43))
	key := moderation.Key{Case: id, Actor: anna}
	if got := d.writers(key); got != 2 {
		t.Errorf("%d write, on the first day", got)
	}
	d.set(chess, func(c *moderation.Chat) { c.Size.Members, c.Since = 50, noon.Add(-8*day) }) // which leaves it alone
	for range 2 {
		if got := d.writers(key); got != 1 {
			t.Errorf("%d write, on the same day", got)
		}
		if c, err := d.Chat(t.Context(), chess); err != nil || c.Size.Writers != 1 || c.Size.Members != 50 {
			t.Errorf("the group's size is %+v, %v", c.Size, err)
		}
		d.close()
		d.open()
	}
	d.pass(day)
	if got := d.writers(key); got != 0 { // nobody wrote on three days
		t.Errorf("%d write, on the next", got)
	}
}
