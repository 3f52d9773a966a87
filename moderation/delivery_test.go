package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func TestCardShown(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.carried()
	m.now = m.now.Add(1234 * time.Millisecond)
	m.must(m.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: k.ID}, 77, 1))
	if k.Card != 77 || !k.CardEdited.Equal(m.now) || k.Verdict != moderation.Open {
		t.Errorf("case %+v", k.Case)
	}
	m.must(m.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: "ZZZZ"}, 78, 1))
	m.want()
}

func TestLostIsNotedOnce(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.Status(t.Context(), m.next(), club, moderation.Supergroup, all))
	for range 2 {
		m.must(m.court.Lost(t.Context(), club))
		if got := m.chats[club].Rights; got != away {
			t.Errorf("rights %+v", got)
		}
	}
}

func TestFailureIsToldForEachCase(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, id := range []string{"A", "B", "A"} {
		m.must(m.court.Failed(t.Context(), moderation.DeleteMessages{Waiting: moderation.Waiting{Chat: club}, Case: id}, moderation.TopicTooOld))
	}
	m.want("admins too_old", "admins too_old") // one for each case
}

func TestUnheard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before func(*fixture, *kept)
		want   bool
	}{
		"the card offers a way":             {nil, true},
		"but there is no card":              {func(_ *fixture, k *kept) { k.Appeared = time.Time{} }, false},
		"but they are written to privately": {func(m *fixture, _ *kept) { m.private[mallory] = true }, false},
		"but the card offers it already":    {func(_ *fixture, k *kept) { k.Unheard = true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			m.must(m.admin(k, moderation.Upheld))
			if test.before != nil {
				test.before(m, k)
			}
			m.carried()
			m.must(m.court.Unheard(t.Context(), club, k.ID))
			if got := m.carried(); (len(got) == 1 && got[0] == "card") != test.want || test.want && !k.Unheard {
				t.Errorf("to be done: %q, case %+v", got, k.Case)
			}
		})
	}
	m := newFixture(t)
	m.must(m.court.Unheard(t.Context(), club, "ZZZZ"))
	m.want()
}

// A ban is lifted when its time is over, and no other keeps the author out for longer.
func TestMayLift(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ladder string // of three offences, an hour between them
		later  time.Duration
		want   bool
	}{
		"a second too early":          {"warn, warn, ban 1h", time.Hour - time.Second, false},
		"in time":                     {"warn, warn, ban 1h", time.Hour, true},
		"an older ban lasts longer":   {"warn, ban 1d, ban 1h", time.Hour, false},
		"an older ban is over, too":   {"warn, ban 2h, ban 1h", time.Hour, true},
		"an older ban has no end":     {"ban, warn, ban 1h", 9000 * time.Hour, false},
		"older mutes keep nobody out": {"mute 365d, mute 365d, ban 1h", time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			ladder, err := ladder.ParseLadder(test.ladder)
			m.must(err)
			m.tune(func(p *moderation.Policy) { p.Ladder, p.Lapse = ladder, moderation.MaxLapse })
			var k *kept
			for message := range int64(3) {
				m.now = m.now.Add(time.Hour)
				k = m.reports(41+message, anna)
				m.must(m.admin(k, moderation.Upheld))
			}
			m.now = m.now.Add(test.later)
			if may, err := m.court.MayLift(t.Context(), club, k.ID); err != nil || may != test.want {
				t.Errorf("may be lifted: %v, %v; want %v", may, err, test.want)
			}
		})
	}
}

func TestDo(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.Do(t.Context(), club, []moderation.Effect{
		moderation.TellAdmin{Entry: moderation.Trouble{What: moderation.TopicFailed}, To: moderation.Person{ID: dora}},
		moderation.DrawCard{Case: "A"}, moderation.DrawCard{Case: "A"},
	}))
	m.must(m.court.Do(t.Context(), club, nil))
	m.want("admin dora failed", "card")
}
