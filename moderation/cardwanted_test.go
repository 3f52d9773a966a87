package moderation_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The owner changes a setting and reports with accounts of their own. What they see must not depend on whether somebody else
// had reported while the setting was another, and nobody was shown that.
func TestSettingsTellOfNoReport(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		set  func(*moderation.Policy)
		by   []int64
		want string
	}{
		"a card":         {func(p *moderation.Policy) { p.CardAfter = 1 }, []int64{dora}, "open, card in 10m0s at most, until 36h2m0s"},
		"within a delay": {func(p *moderation.Policy) { p.CardAfter, p.CardDelay = 1, 20*time.Second }, []int64{dora}, "open, card in 20s at most, until 36h2m0s"},
		"without a card": {func(p *moderation.Policy) { p.CardAfter = 0 }, []int64{dora}, "open, entry 14m0s later, since 0s, until 36h4m0s"},
		"and once more":  {func(p *moderation.Policy) { p.CardAfter = 0 }, []int64{dora, dora}, "open, entry 14m0s later, since 0s, until 36h4m0s"},
		"a threshold":    {func(p *moderation.Policy) { p.CardAfter, p.Threshold = 1, 2 }, []int64{dora, erin}, "upheld"},
		"and a quorum":   {func(p *moderation.Policy) { p.Threshold, p.Quorum = 2, 2 }, []int64{dora, erin}, "upheld"},
	} {
		for _, reported := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reported %v", name, reported), func(t *testing.T) {
				t.Parallel()
				m := delayed(t, newFixture(t), 10*time.Minute)
				m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold, p.Window = 20, 50, 36*time.Hour })
				if reported { // by who has no voice: with one, the verdict would tell
					m.reports(41, m.fresh(1)...)
				}
				m.now = m.now.Add(66 * time.Minute)
				m.startsDue()
				m.tune(test.set)
				m.effects = nil
				if got := m.seenOf(m.reports(41, test.by...)); got != test.want {
					t.Errorf("it is %s, want %s", got, test.want)
				}
			})
		}
	}
}

func (r *fixture) startsDue() {
	r.t.Helper()
	_, err := r.court.StartDue(r.ctx)
	r.must(err)
}

// seenOf is what others than its reporters are shown of a case that was reported now.
func (r *fixture) seenOf(k *kept) string {
	r.t.Helper()
	if k.Verdict.Final() {
		return string(k.Verdict)
	}
	now := r.now
	if due := r.due(moderation.EffectCard); !due.IsZero() {
		if !due.After(now) || due.After(now.Add(k.CardDelay)) {
			r.t.Errorf("the card comes at %v", due)
		}
		r.now = now.Add(2 * time.Minute)
		r.appears(k)
		return fmt.Sprintf("%s, card in %v at most, until %v", k.Verdict, k.CardDelay, k.Deadline.Sub(now))
	}
	r.now = now.Add(4 * time.Minute) // a full ten minutes
	r.startsDue()
	return fmt.Sprintf("%s, entry %v later, since %v, until %v", k.Verdict, r.due(moderation.EffectAdmins).Sub(now), k.Opened.Sub(now), k.Deadline.Sub(now))
}

// Only a report brings a card, once enough have been made: neither a setting, nor a vote, nor one that is taken back, nor the
// end of a pause.
func TestOnlyAReportBringsACard(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold = 20, 50 })
	k := m.reports(41, anna, bob, carl)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 1 })
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.vote(k, bob, moderation.Breaks))
	m.must(m.undo(k, carl))
	m.must(m.pause(time.Hour))
	m.now = m.now.Add(time.Hour)
	m.resumed(1)
	if k.CardWanted {
		t.Errorf("case %+v", k.Case)
	}
	m.tune(func(p *moderation.Policy) { p.CardAfter = 2 })
	if m.reports(41, bob); !k.CardWanted { // again
		t.Errorf("case %+v", k.Case)
	}
}

// A report in a pause brings the card after it, by what was set when it was made.
func TestReportInAPauseBringsACard(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.pause(time.Hour))
	brings := m.reports(41, anna)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 20 })
	m.reports(41, bob)
	none := m.reports(42, anna, bob)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 1 })
	if brings.Carded() {
		t.Error("it appeared in the pause")
	}
	m.now = m.now.Add(time.Hour)
	if m.resumed(1); !brings.Carded() || none.CardWanted {
		t.Errorf("cases %+v\n%+v", brings.Case, none.Case)
	}
}

// Somebody reports what an author writes, three times, and a fourth message: by whether that brings a card they must not learn that
// the card of one of the three was wanted before, though it had not appeared.
func TestFourthCardTellsOfNoReport(t *testing.T) {
	t.Parallel()
	for _, victims := range [][]int64{nil, {bob}} {
		m := delayed(t, newFixture(t), time.Minute)
		m.tune(func(p *moderation.Policy) { p.ReportLimit = 100 })
		m.reports(41, victims...)
		for message := range int64(3) {
			m.reports(41+message, anna)
		}
		if m.reports(44, anna).CardWanted {
			t.Errorf("after %d reports of others the fourth brings a card", len(victims))
		}
	}
}
