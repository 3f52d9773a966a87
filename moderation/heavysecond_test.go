package moderation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// secondCase is the second upheld case within a day against an established member, which brings a mute; so many could be jurors.
func secondCase(t *testing.T, eligible int) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	m.members(eligible)
	m.settled(mallory)
	m.chats[club].Rights = moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	m.reports(41, anna, bob, carl)
	m.now = m.now.Add(day - time.Second)
	m.carried()
	k := m.reports(42, anna, bob, carl)
	if k.Penalty.String() != "mute 1h" || k.Jury != jury.Heavy || !k.Waits(m.now) {
		t.Fatalf("case %+v", k.Case)
	}
	return m, k
}

// The mute lasts until the jury speaks, three hours at most, and its rounds are short.
func TestSecondCaseInADay(t *testing.T) {
	t.Parallel()
	m, k := secondCase(t, 60)
	if !k.Until.Equal(m.now.Add(3*time.Hour)) || !m.records[member{club, mallory}].Held.Equal(m.now) {
		t.Errorf("case %+v, author %+v", k.Case, m.records[member{club, mallory}])
	}
	if words := m.carried(); !slices.Contains(words, "punish mute 1h for 3h more") || !slices.Contains(words, "notice mallory mute 1h for 3h more") {
		t.Errorf("done: %q", words)
	}
	m.passes(0, 1)
	m.sits(k, 0, 1, 2, 3, 4)
	m.passes(10*time.Minute-time.Second, 0)
	m.passes(time.Second, 1)
	m.sits(k, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	if !k.JuryDue.Equal(m.now.Add(10 * time.Minute)) {
		t.Errorf("case %+v", k.Case)
	}
}

// How the mute ends that lasts until a jury speaks.
func TestHowAHeldMuteEnds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		after time.Duration
		do    func(*fixture, *kept)
		until time.Duration // after the verdict
		words []string      // beside thanks
	}{
		"the jury confirms what it was": {20 * time.Minute, func(m *fixture, k *kept) { m.all(k, jury.Uphold) }, time.Hour,
			[]string{"shorten mute 1h for 40m more", "news mallory mute 1h for 40m more", "admins confirmed"}},
		"the jury confirms that it is over": {90 * time.Minute, func(m *fixture, k *kept) { m.all(k, jury.Uphold) }, 90 * time.Minute,
			[]string{"shorten mute 1h for 0s more", "news mallory mute 1h for 0s more", "admins confirmed"}},
		"the jury finds it fine": {20 * time.Minute, func(m *fixture, k *kept) { m.all(k, jury.Overturn) }, 3 * time.Hour,
			[]string{"free mute", "news mallory overturned mute 1h", "admins jury"}},
		"an admin drops what waits": {20 * time.Minute, func(m *fixture, k *kept) { m.must(m.dropPending(k, boss, "mute 1h")) }, time.Hour,
			[]string{"admins dropped by Dora", "shorten mute 1h for 40m more", "news mallory mute 1h for 40m more"}},
		"an admin confirms it": {20 * time.Minute, func(m *fixture, k *kept) { m.must(m.confirmPending(k, boss, "mute 1h")) }, time.Hour,
			[]string{"shorten mute 1h for 40m more", "news mallory mute 1h for 40m more", "admins confirmed by Dora"}},
		"an admin corrects the rule": {20 * time.Minute, func(m *fixture, k *kept) {
			_, err := m.court.Correct(m.ctx, m.of(k), boss, rulebook.Scam)
			m.must(err)
		}, time.Hour, nil},
		"nobody speaks": {3 * time.Hour, func(m *fixture, _ *kept) { m.looks(9 * time.Hour) }, 3 * time.Hour, []string{"admins dropped"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := secondCase(t, 60)
			m.looks(0)
			m.looks(test.after)
			m.carried()
			test.do(m, k)
			words := slices.DeleteFunc(m.carried(), func(w string) bool {
				return strings.HasPrefix(w, "thanks") || strings.HasPrefix(w, "card") || strings.HasPrefix(w, "outcome")
			})
			if test.words != nil && !slices.Equal(words, test.words) {
				t.Errorf("done: %q", words)
			}
			if !k.Until.Equal(k.Decided.Add(test.until)) || k.Jury != jury.NoJury || k.Waits(m.now) {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// A quiz halves what is left. Who passed it is muted for no longer than who did not, when the jury brings no more.
func TestQuizWhileAMuteIsHeld(t *testing.T) {
	t.Parallel()
	m, k := secondCase(t, 60)
	m.looks(0)
	k.Learned, k.Until = m.now, m.now.Add(90*time.Minute)
	m.must(m.dropPending(k, boss, "mute 1h"))
	if !k.Until.Equal(k.Decided.Add(time.Hour)) {
		t.Errorf("case %+v", k.Case)
	}
}

// Where no jury can be drawn the mute lasts no longer than votes alone may make it.
func TestSecondCaseWithoutAJury(t *testing.T) {
	t.Parallel()
	t.Run("as everybody can see", func(t *testing.T) {
		t.Parallel()
		m := newFixture(t)
		m.members(jury.FewestEligible - 1)
		m.settled(mallory)
		m.reports(41, anna, bob, carl)
		m.now = m.now.Add(day - time.Second)
		m.carried()
		k := m.reports(42, anna, bob, carl)
		m.passes(0, 0)
		if k.Penalty.String() != "mute 1h" || k.Waits(m.now) || k.Jury != jury.NoJury || !k.Until.Equal(k.Decided.Add(time.Hour)) {
			t.Errorf("case %+v", k.Case)
		}
	})
	t.Run("as is found when it is drawn", func(t *testing.T) {
		t.Parallel()
		m, k := secondCase(t, 20)
		m.pool[0].Admin = true
		if !k.Until.Equal(k.Decided.Add(3 * time.Hour)) {
			t.Fatalf("case %+v", k.Case)
		}
		m.carried()
		m.passes(0, 1)
		m.want("shorten mute 1h", "news mallory mute 1h")
		if k.Jury != jury.NoJury || !k.Until.Equal(k.Decided.Add(time.Hour)) {
			t.Errorf("case %+v", k.Case)
		}
	})
}

// It happens once a day: else three friends could keep somebody muted all day.
func TestMuteIsHeldOnceADay(t *testing.T) {
	t.Parallel()
	m, _ := secondCase(t, 60)
	m.now = m.now.Add(day - time.Second)
	third := m.reports(43, anna, bob, carl)
	if third.Jury != jury.Heavy || !third.Until.Equal(m.now.Add(time.Hour)) || third.Pending.String() != "mute 1d" {
		t.Errorf("case %+v", third.Case)
	}
	m.now = m.now.Add(time.Second)
	fourth := m.reports(44, anna, bob, carl)
	if !fourth.Until.Equal(m.now.Add(3 * time.Hour)) {
		t.Errorf("case %+v", fourth.Case)
	}
}

// Which second case is looked at by a jury.
func TestWhichSecondCaseHasAJury(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare func(*fixture)
		after   time.Duration
		jury    jury.Reason
		held    bool
	}{
		"one within a day": {func(*fixture) {}, day - time.Second, jury.Heavy, true},
		"one a day later":  {func(*fixture) {}, day, jury.NoJury, false},
		"one that brings a warning": {func(m *fixture) {
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("warn"), step("warn"), step("ban")} })
		}, time.Hour, jury.NoJury, false},
		"one where admins decide": {func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyAdmins }) }, time.Hour, jury.NoJury, false},
		"one where votes do":      {func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyVotes }) }, time.Hour, jury.NoJury, false},
		"one of a stranger":       {func(m *fixture) { delete(m.presence, member{club, mallory}) }, time.Hour, jury.NoJury, false},
		"one in a basic group":    {func(m *fixture) { m.chats[club].Kind = moderation.Basic }, time.Hour, jury.Heavy, true},
		"one after an overturned one": {func(m *fixture) {
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("mute 1h")} })
			m.must(m.overturn(m.about(41)))
		}, time.Hour, jury.NoJury, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.members(60)
			m.settled(mallory)
			m.reports(41, anna, bob, carl)
			test.prepare(m)
			m.now = m.now.Add(test.after)
			k := m.reports(42, anna, bob, carl)
			if k.Verdict != moderation.Upheld || k.Jury != test.jury || k.Until.Equal(m.now.Add(3*time.Hour)) != test.held || (k.jury != nil && k.jury.Round == jury.UrgentRound) != test.held {
				t.Errorf("case %+v, jury %+v", k.Case, k.jury)
			}
			if silenced := m.records[member{club, mallory}].Silenced; m.chats[club].Kind == moderation.Basic && !silenced.Equal(k.Until) {
				t.Errorf("silenced until %v", silenced)
			}
		})
	}
}

// In a basic group a mute that is eased is a silence that ends sooner.
func TestHeldMuteInABasicGroup(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.chats[club].Kind = moderation.Basic
	m.reports(41, anna, bob, carl)
	k := m.reports(42, anna, bob, carl)
	m.must(m.dropPending(k, boss, "mute 1h"))
	if silenced := m.records[member{club, mallory}].Silenced; !silenced.Equal(k.Decided.Add(time.Hour)) {
		t.Errorf("silenced until %v", silenced)
	}
}
