package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// joins has somebody join, a while ago, and says how they are welcomed.
func (r *fixture) joins(who int64, ago time.Duration) []queuedEffect {
	r.t.Helper()
	before := len(r.effects)
	at := r.now.Add(-ago)
	r.must(r.court.Joined(r.ctx, r.next(), club, moderation.Supergroup, []moderation.Person{{ID: who, Language: "es"}}, at))
	return r.effects[before:]
}

func TestWelcomeOnceForEver(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.chats[club].Rights = moderation.Rights{Member: true, Admin: true}
	got := r.joins(anna, time.Second)
	if len(got) != 1 {
		t.Fatalf("effects %+v", got)
	}
	e := got[0]
	late := r.now.Add(moderation.WelcomeWithin - time.Second)
	if e.Kind != moderation.EffectWelcome || e.To != (moderation.Person{ID: anna, Language: "es"}) || !e.Until.Equal(late) || e.Class() != moderation.Personal {
		t.Errorf("effect %+v", e)
	}
	for range 3 {
		r.now = r.now.Add(100 * day)
		if got := r.joins(anna, 0); len(got) != 0 {
			t.Errorf("when they come back: %+v", got)
		}
	}
}

func TestNoWelcome(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(r *fixture)
		ago    time.Duration
		want   int
	}{
		"just in time":   {func(*fixture) {}, moderation.WelcomeWithin, 1},
		"late":           {func(*fixture) {}, moderation.WelcomeWithin + time.Second, 0},
		"off":            {func(r *fixture) { r.tune(func(p *moderation.Policy) { p.Quiz = false }) }, 0, 0},
		"no admin":       {func(r *fixture) { r.chats[club].Rights.Admin = false }, 0, 0},
		"welcomed":       {func(r *fixture) { r.records[member{club, anna}] = moderation.Record{Welcomed: true} }, 0, 0},
		"many wait":      {func(r *fixture) { r.wait(20) }, 0, 0},
		"nearly as many": {func(r *fixture) { r.wait(19) }, 0, 1},
	} {
		r := newFixture(t)
		r.chats[club].Rights = moderation.Rights{Member: true, Admin: true}
		test.change(r)
		if got := r.joins(anna, test.ago); len(got) != test.want {
			t.Errorf("%s: %+v; want %d", name, got, test.want)
		}
		if welcomed := r.records[member{club, anna}].Welcomed; welcomed != (test.want == 1 || name == "welcomed") {
			t.Errorf("%s: welcomed is %v", name, welcomed)
		}
	}
}

// wait has so many news for single persons wait.
func (r *fixture) wait(n int) {
	for range n {
		r.must(r.court.Do(r.ctx, club, []moderation.Effect{moderation.SendOutcome{Case: "7KQ2"}}))
	}
}
