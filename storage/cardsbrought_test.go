package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestCardsThatWereBrought(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	key := moderation.Key{Chat: chess, Message: 41, Actor: anna, Author: mallory}
	want := moderation.CardsBrought{}
	for i := range moderation.MaxCards {
		want = append(want, d.now().Add(time.Duration(i)*time.Minute))
		d.decide(key, moderation.Outcome{ActorChanges: moderation.ActorChanges{Brought: &want}})
		if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM brought`); n != 1 {
			t.Errorf("%d different lengths", n)
		}
		other := moderation.CardsBrought{d.now()}
		d.decide(moderation.Key{Chat: chess, Message: 41, Actor: bob, Author: mallory}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Brought: &other}})
	}
	d.close()
	d.open()
	equal := func(a, b time.Time) bool { return a.Equal(b) }
	if got := d.docket(key).Brought; !slices.EqualFunc(got, want, equal) {
		t.Errorf("kept %v; want %v", got, want)
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM brought`); n != 1 {
		t.Errorf("%d different lengths; how often somebody reported is told by it", n)
	}
	for name, k := range map[string]moderation.Key{
		"another reporter": {Chat: chess, Message: 41, Actor: carl, Author: mallory}, "another author": {Chat: chess, Message: 41, Actor: anna, Author: carl},
		"the other way":  {Chat: chess, Message: 41, Actor: mallory, Author: anna},
		"another group":  {Chat: chess - 1, Message: 41, Actor: anna, Author: mallory},
		"no message":     {Chat: chess, Actor: anna, Author: mallory},
		"nobody reports": {Chat: chess, Message: 41, Author: mallory},
	} {
		if got := d.docket(k).Brought; len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// One member brings three cards against another within a day; they go on reporting, and it counts.
func TestFourthCardIsNotBrought(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	var ids []string
	for m := range int64(4) {
		ids = append(ids, d.report(anna, 41+m))
	}
	for i, id := range ids {
		if c := d.cs(id); c.CardWanted != (i < 3) {
			t.Errorf("case %d: %+v", i, c)
		}
	}
	key := moderation.Key{Chat: chess, Message: 44, Actor: anna, Author: mallory}
	if got := d.docket(key); len(got.Brought) != 3 || len(got.Ballots) != 1 || !got.Ballots[0].NoCard || !got.Ballots[0].Reported {
		t.Errorf("brought %v, ballots %+v", got.Brought, got.Ballots)
	}
	key.Message = 41
	if got := d.docket(key); got.Brought != nil {
		t.Errorf("about a case that has its card: %v", got.Brought)
	}
	d.report(bob, 44)
	if c := d.cs(ids[3]); !c.CardWanted {
		t.Errorf("reported by another too: %+v", c)
	}
	d.pass(day)
	if c := d.cs(d.report(anna, 45)); !c.CardWanted {
		t.Errorf("the next day: %+v", c)
	}
}

func TestCardsThatWereBroughtAreForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report(anna, 41)
	for _, c := range []struct {
		after time.Duration
		want  int64
	}{{day, 1}, {2 * day, 0}} {
		d.must(d.Forget(t.Context(), noon.Add(c.after)))
		if n := d.number(`SELECT count(*) FROM brought`); n != c.want {
			t.Errorf("after %s there are %d; want %d", c.after, n, c.want)
		}
	}
}
