package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// One account reports everything that one person writes: three cards a day, and no more until somebody else reports too.
func TestOneReporterBringsThreeCardsADay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.ReportLimit = 100 })
	cards := func(message int64, who ...int64) bool { return m.reports(message, who...).CardWanted }
	for i := range int64(3) {
		m.now = m.now.Add(time.Hour)
		if !cards(41+i, anna) {
			t.Errorf("report %d brought no card", i)
		}
	}
	if cards(44, anna) {
		t.Error("the fourth brought a card")
	}
	m.must(m.undo(m.about(44), anna))
	m.withdraws(m.about(44))
	if cards(44, anna) {
		t.Error("taking it back and reporting again did")
	}
	if !cards(44, bob) {
		t.Error("with another's report it still has none")
	}
	other := m.reportOf(anna, 50)
	other.Target.Author.ID = gina
	_, err := m.court.Report(m.ctx, other)
	if m.must(err); !m.about(50).CardWanted {
		t.Error("what another wrote has none")
	}
	m.now = m.now.Add(22*time.Hour - time.Second)
	if cards(45, anna) {
		t.Error("a second less than a day after the first brought one")
	}
	m.now = m.now.Add(time.Second)
	if !cards(46, anna) {
		t.Error("a day after the first brought none")
	}
	if cards(47, anna) {
		t.Error("and the next did, two within a day after the second")
	}
}

// Who joins a case that has its card already uses none of theirs up.
func TestJoiningACaseBringsNoCard(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for i := range int64(4) {
		m.reports(41+i, bob, anna)
	}
	if got := len(m.brought[pairOf{club, anna, mallory}]); got != 1 { // the fourth, for which Bob's was one too many
		t.Errorf("%d cards are Anna's", got)
	}
}

// New members bring a case and no card, however many they are, and three reports an hour.
func TestNewMembersBringNoCard(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	newcomers := m.fresh(6)
	if k := m.reports(41, newcomers...); k.CardWanted || k.Votes != 6 {
		t.Errorf("case %+v", k.Case)
	}
	m.reports(42, newcomers[0])
	m.reports(43, newcomers[0])
	_, err := m.court.Report(m.ctx, m.reportOf(newcomers[0], 44))
	m.refusedAs(err, moderation.RefuseLimit)
	if !m.reports(41, anna).CardWanted {
		t.Error("a member's report brings none")
	}
}

// Ten minutes after its card each undecided case gets the same entry, whatever its ballots; one without a card gets none
// unless there are no cards in the group.
func TestEveryCardBringsAQuietEntry(t *testing.T) {
	t.Parallel()
	entries := func(m *fixture) (due []time.Duration) {
		for _, e := range m.effects {
			if e.Topic == moderation.TopicUndecided {
				due = append(due, e.Due.Sub(m.now))
			}
		}
		return due
	}
	for name, test := range map[string]struct {
		after int
		do    func(*fixture)
		want  []time.Duration
	}{
		"a member's report":               {1, func(m *fixture) { m.reports(41, anna) }, []time.Duration{10 * time.Minute}},
		"more ballots":                    {1, func(m *fixture) { m.reports(41, append(m.fresh(5), anna, bob)...) }, []time.Duration{10 * time.Minute}},
		"new members alone":               {1, func(m *fixture) { m.reports(41, m.fresh(5)...) }, nil},
		"too few for a card":              {2, func(m *fixture) { m.reports(41, anna) }, nil},
		"without cards, at ten minutes":   {0, func(m *fixture) { m.reports(41, anna) }, []time.Duration{10 * time.Minute}},
		"without cards, whoever reported": {0, func(m *fixture) { m.reports(41, m.fresh(1)...) }, []time.Duration{10 * time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.now = m.now.Add(3 * time.Minute)
			m.tune(func(p *moderation.Policy) { p.CardAfter = test.after })
			test.do(m)
			if test.after == 0 {
				m.now = noon.Add(10 * time.Minute)
				_, err := m.court.StartDue(m.ctx)
				m.must(err)
			}
			if got := entries(m); len(got) != len(test.want) || len(got) == 1 && got[0] != test.want[0] {
				t.Errorf("entries in %v, want %v", got, test.want)
			}
		})
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 0 })
	k := m.reports(41, anna)
	m.refusedAs(m.admin(k, moderation.Dismissed), moderation.RefuseNoCase)
	for range 2 { // as a delivery may be repeated
		if open, err := m.court.List(m.ctx, club, k.ID); !open || err != nil || k.Hidden() {
			t.Fatalf("open: %v, %v; case %+v", open, err, k.Case)
		}
	}
	m.must(m.admin(k, moderation.Dismissed))
	ended := m.state()
	if open, err := m.court.List(m.ctx, club, k.ID); open || err != nil || m.state() != ended {
		t.Errorf("open: %v, %v", open, err)
	}
	if open, err := m.court.List(m.ctx, club, "none"); open || err != nil {
		t.Errorf("of no case: open %v, %v", open, err)
	}
}

// Whoever reported hears the outcome, also after they changed their mind; who tapped the card does not.
func TestOutcomeGoesToWhoReported(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna, gina)
	m.must(m.undo(k, gina))
	m.must(m.vote(k, anna, moderation.Fine))
	m.must(m.vote(k, bob, moderation.Breaks))
	m.must(m.vote(k, carl, moderation.Breaks))
	m.must(m.vote(k, frank, moderation.Breaks))
	m.carried()
	m.must(m.vote(k, erin, moderation.Breaks))
	m.want("delete [41]", "notice mallory warn", "card", "card_gone in 10m", "outcome anna upheld warn", "admins decided")
}

// Who tapped the card first and then reports has reported.
func TestReportAfterATap(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Breaks))
	m.reports(41, bob)
	m.must(m.admin(k, moderation.Dismissed))
	m.want("card", "card_gone in 10m", "outcome anna dismissed", "outcome bob dismissed", "admins decided by Dora")
	if len(k.ballots) != 2 || m.buckets[member{club, bob}].Spent != 1 {
		t.Errorf("ballots %+v", k.ballots)
	}
}
