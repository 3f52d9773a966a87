package storage_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestForget(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query string        // counts what is there
		keeps time.Duration // for so long
		slack time.Duration // and not much longer
	}{
		"recent messages":  {`SELECT count(*) FROM arrival`, moderation.MaxAge, time.Second},
		"report buckets":   {`SELECT count(*) FROM bucket`, moderation.BucketRefill, time.Second},
		"marks of updates": {`SELECT count(*) FROM handled`, day, 3 * time.Hour},
		"silences":         {`SELECT count(*) FROM member WHERE silenced <> 0`, 10 * time.Minute, time.Second},
		"usernames":        {`SELECT count(*) FROM handle`, 90 * day, day},
		"complaints' tags": {`SELECT count(*) FROM complained`, 7 * day, day},
		"complaints":       {`SELECT count FROM complaint`, 365 * day, 0},
		"admins":           {`SELECT count(*) FROM admin`, 365 * day, 0},
		"evidence":         {`SELECT count(*) FROM evidence`, 365 * day, 0}, // goes elsewhere
		"quizzes":          {`SELECT count(*) FROM quiz`, moderation.PassedFor, day},
		"cases":            {`SELECT count(*) FROM cases`, 365 * day, 0},
		"ballots":          {`SELECT count(*) FROM ballot`, 365 * day, 0},
		"members":          {`SELECT count(*) FROM member`, 365 * day, 0},
		"offences":         {`SELECT count(*) FROM offence`, 365 * day, 0},
		"what waits":       {`SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 0 END FROM outbox`, 365 * day, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.observe(d.named(anna, 40, "Anna"))
			d.complain(anna, 39)
			d.must(d.court.Administered(t.Context(), chess, []int64{carl}))
			d.decide(moderation.Key{Chat: chess}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Silence: &moderation.Silence{Author: carl, Until: d.now().Add(10 * time.Minute)}}})
			d.uphold(d.report(anna, 41))
			d.sit(mallory, d.punish(chess, 42))
			d.must(d.FlushLog(t.Context()))
			had := d.number(c.query)
			if had == 0 {
				t.Fatal("there is nothing to forget")
			}
			d.must(d.Forget(t.Context(), d.now().Add(c.keeps)))
			if got := d.number(c.query); got != had {
				t.Errorf("%d are kept for %s; want %d", got, c.keeps, had)
			}
			if c.slack == 0 {
				return
			}
			d.must(d.Forget(t.Context(), d.now().Add(c.keeps+c.slack)))
			if got := d.number(c.query); got != 0 {
				t.Errorf("%d are kept for %s more", got, c.slack)
			}
		})
	}
}

// Who was silenced is silent no longer, and is a newcomer still.
func TestForgettingASilenceKeepsTheMember(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Record{Joined: d.now(), Messages: 3}
	silenced := want
	silenced.Silenced = d.now().Add(time.Hour)
	key := moderation.Key{Chat: chess, Actor: bob}
	d.decide(key, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &silenced}})
	d.must(d.Forget(t.Context(), d.now().Add(2*time.Hour)))
	if got := d.docket(key).Record; got != want {
		t.Errorf("record %+v; want %+v", got, want)
	}
}

// However much is old, all of it goes, and nothing else: in groups where all is, where some is, and where nothing is.
func TestForgetMoreThanGoesAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	write := func(group int64, from, to int64) {
		var seen []moderation.SeenMessage
		for m := from; m <= to; m++ {
			s := d.wrote(anna, m)
			s.Chat, s.At, s.Update = chess-group, d.now(), d.next()
			seen = append(seen, s)
		}
		d.observe(seen...)
	}
	for group := range int64(4) {
		write(group, 1, 400)
	}
	d.pass(moderation.MaxAge)
	for group := range int64(6) {
		write(2*group, 401, 500)
	}
	d.must(d.Forget(t.Context(), d.now().Add(time.Hour)))
	n := 0
	for group := range int64(11) {
		left, err := d.Recent(t.Context(), chess-group, 1000)
		d.must(err)
		n += len(left)
	}
	if n != 600 {
		t.Errorf("%d recent messages are left, want 600", n)
	}
	if n := d.number(`SELECT count(*) FROM handled`); n != 600 {
		t.Errorf("%d marks are left, want 600", n)
	}
}

// The same messages again, some with new ones: each is noted once.
func TestObserveWhatWasSeen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second, third := d.wrote(anna, 1), d.wrote(bob, 2), d.wrote(carl, 3)
	d.observe(first, second, first)
	d.decide(moderation.Key{Chat: chess, Actor: anna}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: d.now()}}})
	d.observe(second, third, first, third)
	if got := d.recent(10); len(got) != 3 {
		t.Errorf("recent are %v, want three", got)
	}
	if got := d.docket(moderation.Key{Chat: chess, Actor: anna}).Record.Messages; got != 0 {
		t.Errorf("a message that was noted before counts: %d", got)
	}
	newcomer := d.wrote(anna, 4)
	newcomer.Counts = true
	later := newcomer
	later.Message, later.Update = 5, d.next()
	d.observe(newcomer, later, newcomer)
	if got := d.docket(moderation.Key{Chat: chess, Actor: anna}).Record.Messages; got != 2 {
		t.Errorf("%d messages count, want 2", got)
	}
}
