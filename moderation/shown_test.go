package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// wipes has somebody wipe what they were shown, and lets a second pass.
func (r *fixture) wipes(who int64) {
	r.t.Helper()
	r.must(r.court.AskWipe(r.ctx, r.next(), moderation.Person{ID: who, Language: "es"}, moderation.Shown{}))
	r.now = r.now.Add(time.Second)
}

// Who wiped is answered as if they had no ballot, and it counts as before.
func TestWipedBallotCountsUnseen(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna, bob)
	m.wipes(anna)
	if !slices.ContainsFunc(m.inQueue(), func(e moderation.Effect) bool {
		w, ok := e.(moderation.WipeShown)
		return ok && w.To == moderation.Person{ID: anna, Language: "es"}
	}) {
		t.Errorf("nothing is wiped: %+v", m.inQueue())
	}
	m.refusedAs(m.undo(k, anna), moderation.RefuseNoBallot)
	m.refusedAs(m.court.Categorize(m.ctx, m.next(), club, k.ID, anna, rulebook.Spam), moderation.RefuseNoBallot)
	m.must(m.undo(k, bob))
	if got := m.votes(41); !slices.Equal(got, []int64{anna}) || k.Votes != 1 || k.Breaks != 1 {
		t.Errorf("votes by %v, %d of %d", got, k.Breaks, k.Votes)
	}
}

// A report of a message whose report was wiped is a first one. It is counted once, and brings no second card.
func TestReportAfterAWipe(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	brought := len(m.brought[pairOf{club, anna, mallory}])
	m.wipes(anna)
	got, err := m.court.Report(m.ctx, m.reportOf(anna, 41))
	m.must(err)
	if want := (moderation.Receipt{Case: k.ID, Open: true}); got != want {
		t.Errorf("answered %+v, want %+v", got, want)
	}
	if k.Votes != 1 || len(k.ballots) != 1 || len(m.brought[pairOf{club, anna, mallory}]) != brought {
		t.Errorf("%d votes, %d ballots, cards %v", k.Votes, len(k.ballots), m.brought)
	}
	if got, err = m.court.Report(m.ctx, m.reportOf(anna, 41)); err != nil || !got.Again {
		t.Errorf("reported again: %+v, %v", got, err)
	}
	m.must(m.undo(k, anna))
}

// A vote of somebody who wiped their report is a first one, and they hear no more of that report. If they report again they do.
func TestVoteAfterAWipe(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		then func(m *fixture, k *kept)
		told []int64
	}{
		"nothing else": {func(*fixture, *kept) {}, []int64{bob}},
		"another vote": {func(m *fixture, k *kept) { m.must(m.vote(k, anna, moderation.Fine)) }, []int64{bob}},
		"a report": {func(m *fixture, _ *kept) {
			_, err := m.court.Report(m.ctx, m.reportOf(anna, 41))
			m.must(err)
		}, []int64{anna, bob}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna, bob)
			m.wipes(anna)
			m.must(m.vote(k, anna, moderation.Breaks))
			m.must(m.vote(k, anna, moderation.Breaks))
			test.then(m, k)
			if k.Votes != 2 {
				t.Errorf("%d votes", k.Votes)
			}
			m.carried()
			m.must(m.admin(k, moderation.Dismissed))
			var told []int64
			for _, e := range m.inQueue() {
				if o, ok := e.(moderation.SendOutcome); ok {
					told = append(told, o.To.ID)
				}
			}
			slices.Sort(told)
			if !slices.Equal(told, test.told) {
				t.Errorf("told are %v, want %v", told, test.told)
			}
		})
	}
}

// Whoever wiped that they were asked to judge is answered as if they had not been.
func TestJurorWhoWiped(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 20, "mute 1h")
	m.must(m.appeal(k))
	m.wipes(juror(0))
	m.refusedAs(m.rule(k, juror(0), jury.Uphold), moderation.RefuseUnknown)
	m.must(m.rule(k, juror(1), jury.Uphold))
}

// It is so also if clocks stood still since they were asked, and when another jury judges by now.
func TestJurorWhoWipedLongAgo(t *testing.T) {
	t.Parallel()
	t.Run("before a pause ended", func(t *testing.T) {
		t.Parallel()
		m, _, k := reopened(t, 30)
		m.must(m.pause(day))
		m.wipes(juror(0))
		m.clocks(25)
		if k.Jury != jury.Reopened {
			t.Fatalf("case %+v", k.Case)
		}
		m.refusedAs(m.rule(k, juror(0), jury.Uphold), moderation.RefuseUnknown)
		m.must(m.rule(k, juror(1), jury.Uphold))
	})
	t.Run("before another jury judged", func(t *testing.T) {
		t.Parallel()
		m, k := heavyJury(t)
		m.all(k, jury.Uphold)
		m.must(m.appeal(k))
		m.refusedAs(m.rule(k, juror(0), jury.Uphold), moderation.RefuseAppealOver)
		m.wipes(juror(0))
		m.refusedAs(m.rule(k, juror(0), jury.Uphold), moderation.RefuseUnknown)
	})
}

// What was done after a wipe is not wiped by it, nor is what nobody wiped.
func TestIsWiped(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		did, wiped time.Time
		want       bool
	}{
		"never":               {noon, time.Time{}, false},
		"never, not dated":    {time.Time{}, time.Time{}, false},
		"before":              {noon.Add(-time.Second), noon, true},
		"in the same second":  {noon, noon, true},
		"after":               {noon.Add(time.Second), noon, false},
		"by an older release": {time.Time{}, noon, true},
	} {
		if got := moderation.IsWiped(test.did, test.wiped); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Who voted on a dismissed message and wiped that is answered like anybody who reports it again. They bring no jury by it: they
// still have no voice in the second case.
func TestReopeningAfterAWipe(t *testing.T) {
	t.Parallel()
	m, old := dismissed(t)
	m.members(30)
	m.unchanged(moderation.RefuseVotedBefore, func() error { return m.reportSaying(bob, 41, moderation.Evidence{}) })
	m.wipes(bob)
	m.wipes(carl)
	k := m.reports(41, bob)
	if k == old || k.Reopens != old.ID || len(k.ballots) != 1 {
		t.Fatalf("case %+v", k.Case)
	}
	m.reports(41, bob, carl, dora)
	if k.Votes != 3 || k.Appeal != moderation.NoAppeal {
		t.Errorf("three, of whom one had no vote in it, open it again: %+v", k.Case)
	}
	m.reports(41, erin)
	if k.Appeal != moderation.BeforeJury {
		t.Errorf("two who had no vote in it do not open it again: %+v", k.Case)
	}
}
