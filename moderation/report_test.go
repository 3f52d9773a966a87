package moderation_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestReportIsRefused(t *testing.T) {
	t.Parallel()
	type report = moderation.Report
	role := func(role moderation.Role) func(*fixture, *report) {
		return func(_ *fixture, r *report) { r.Target.Role = role }
	}
	for name, test := range map[string]struct {
		change func(*fixture, *report)
		want   moderation.Code
	}{
		"of a service message":       {role(moderation.RoleService), moderation.RefuseService},
		"of the bot":                 {role(moderation.RoleBot), moderation.RefuseBot},
		"of the group's channel":     {role(moderation.RoleLinked), moderation.RefuseLinked},
		"by somebody from outside":   {func(_ *fixture, r *report) { r.Reporter.Present = false }, moderation.RefuseOutsider},
		"of oneself":                 {func(_ *fixture, r *report) { r.Target.Author.ID = anna }, moderation.RefuseSelf},
		"of oneself, being an admin": {func(_ *fixture, r *report) { r.Target.Author.ID, r.Target.Role = anna, moderation.RoleAdmin }, moderation.RefuseSelf},
		"of the channel known as the group's": {func(m *fixture, r *report) {
			m.chats[club].Linked = -555
			r.Target.Author = moderation.Author{ID: -555, Channel: true}
		}, moderation.RefuseLinked},
		"of what is 48 h old": {func(m *fixture, r *report) { r.Target.SentAt = m.now.Add(-moderation.MaxAge) }, moderation.RefuseOld},
		"by who joined later": {func(m *fixture, r *report) {
			m.records[member{club, anna}] = moderation.Record{Joined: r.Target.SentAt.Add(time.Second)}
		}, moderation.RefuseLate},
		"of what is decided":        {func(m *fixture, _ *report) { m.must(m.admin(m.reports(41, bob), moderation.Dismissed)) }, moderation.RefuseDecided},
		"of what is decided by now": {func(m *fixture, _ *report) { m.reports(41, bob).Deadline = m.now }, moderation.RefuseDecided},
		"of too much": {func(m *fixture, _ *report) {
			m.tune(func(p *moderation.Policy) { p.ReportLimit = 1 })
			m.reports(40, anna)
		}, moderation.RefuseLimit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			r := m.reportOf(anna, 41)
			test.change(m, &r)
			before, bucket, against := m.votes(41), m.buckets[member{club, anna}], len(m.against)
			m.carried()
			_, err := m.court.Report(t.Context(), r)
			m.refusedAs(err, test.want)
			m.want()
			if got := m.votes(41); !slices.Equal(got, before) {
				t.Errorf("votes were %v, are %v", before, got)
			}
			if got := m.buckets[member{club, anna}]; got != bucket || len(m.against) != against {
				t.Errorf("it cost something: %+v, before %+v; complaints %v", got, bucket, m.against)
			}
			if _, err := m.court.Report(t.Context(), r); !errors.Is(err, moderation.ErrSeen) {
				t.Errorf("the same update again: %v", err)
			}
		})
	}
}

// votes are who has a ballot about a message.
func (r *fixture) votes(message int64) []int64 {
	var who []int64
	if k := r.about(message); k != nil {
		for _, b := range k.ballots {
			who = append(who, b.Voter)
		}
	}
	return who
}

func TestReportThatIsTaken(t *testing.T) {
	t.Parallel()
	type report = moderation.Report
	for name, change := range map[string]func(*fixture, *report){
		"of what is a second less than 48 h old": func(m *fixture, r *report) { r.Target.SentAt = m.now.Add(time.Second - moderation.MaxAge) },
		"by who joined in the very second": func(m *fixture, r *report) {
			m.records[member{club, anna}] = moderation.Record{Joined: r.Target.SentAt}
		},
		"of another bot": func(_ *fixture, r *report) { r.Target.Author.Bot = true },
		"of a channel":   func(_ *fixture, r *report) { r.Target.Author = moderation.Author{ID: -7, Channel: true} },
		"by an admin":    func(_ *fixture, r *report) { r.Reporter.Admin = true },
		"of what was reported and withdrawn": func(m *fixture, _ *report) {
			k := m.reports(41, anna)
			m.must(m.undo(k, anna))
			m.withdraws(k)
		},
		"by who said that it is fine": func(m *fixture, _ *report) {
			m.must(m.vote(m.reports(41, bob), anna, moderation.Fine))
		},
		"in the last second of the case": func(m *fixture, _ *report) { m.reports(41, bob).Deadline = m.now.Add(time.Second) },
		"with as many as are allowed": func(m *fixture, _ *report) {
			m.tune(func(p *moderation.Policy) { p.ReportLimit = 2 })
			m.reports(40, anna)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			r := m.reportOf(anna, 41)
			change(m, &r)
			spent := m.buckets[member{club, anna}].Spent
			got, err := m.court.Report(t.Context(), r)
			m.must(err)
			k := m.about(41)
			if got.Case != k.ID || !got.Open || !slices.Contains(m.votes(41), anna) {
				t.Errorf("receipt %+v for case %s, votes of %v", got, k.ID, m.votes(41))
			}
			if cost := m.buckets[member{club, anna}].Spent - spent; cost != 1 {
				t.Errorf("it cost %v", cost)
			}
		})
	}
}

func TestFirstReportOpensACase(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	r := m.reportOf(anna, 41)
	r.Target.Thread, r.Rule, r.Evidence = 7, rulebook.Scam, moderation.Evidence{Name: "Mallory", Text: "Coins!"}
	got, err := m.court.Report(t.Context(), r)
	m.must(err)
	if want := (moderation.Receipt{Case: "0001", Rule: rulebook.Scam, Open: true}); got != want {
		t.Errorf("receipt %+v, want %+v", got, want)
	}
	want := moderation.Case{
		ID: "0001", Chat: club, CaseMessage: moderation.CaseMessage{Message: 41, Thread: 7, SentAt: r.Target.SentAt, Author: r.Target.Author}, Verdict: moderation.Open,
		Votes: 1, Breaks: 1, Opened: noon, Deadline: noon.Add(moderation.DefaultPolicy().Window), Terms: m.chats[club].Terms(),
		CaseCard: moderation.CaseCard{CardWanted: true, Appeared: noon, Card: 1001, CardEdited: noon, CardVotes: 1},
		CaseJury: moderation.CaseJury{JuryDue: noon.Add(30 * time.Minute)},
	}
	k := m.about(41)
	want.CaseMoments = moderation.CaseMoments{Seed: k.Seed, CardAfter: 1}
	if k.Seed == 0 {
		t.Error("it has no seed")
	}
	if !reflect.DeepEqual(k.Case, want) {
		t.Errorf("case %+v\nwant %+v", k.Case, want)
	}
	ballot := moderation.Ballot{Ballot: weight.Ballot{Voter: anna, Side: moderation.Breaks, Weight: 1, Order: 1, At: noon}, Language: "en", Reported: true, Rule: rulebook.Scam}
	if !slices.Equal(k.ballots, []moderation.Ballot{ballot}) {
		t.Errorf("ballots %+v", k.ballots)
	}
	m.want("card open")
	again := m.reportOf(bob, 41)
	again.Evidence.Text = "Flowers!" // edited since
	_, err = m.court.Report(t.Context(), again)
	m.must(err)
	if !reflect.DeepEqual(*k.evidence, r.Evidence) {
		t.Errorf("evidence %+v", *k.evidence)
	}
}

func TestCardComesWithEnoughReports(t *testing.T) {
	t.Parallel()
	for after, want := range map[int][]int{0: {0, 0, 0, 0}, 1: {1, 1, 1, 1}, 2: {0, 1, 1, 1}, 4: {0, 0, 0, 1}} {
		m := newFixture(t)
		m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold = after, 50 })
		var got []int
		for _, who := range []int64{anna, bob, carl, dora} {
			m.reports(41, who)
			got = append(got, len(m.carried()))
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %d: cards %v, want %v", after, got, want)
		}
	}
}

func TestCardIsNotBroughtByWhoFindsItFine(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 2 })
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Fine))
	m.want()
	m.reports(41, bob)
	m.want("card open")
	m.must(m.undo(k, bob))
	m.want("card open") // once shown it stays
}

func TestAlbumIsOneCase(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{
		{Update: m.next(), Chat: club, Message: 41, Album: "A"}, {Update: m.next(), Chat: club, Message: 42, Album: "A"},
		{Update: m.next(), Chat: club, Message: 43, Album: "B"},
	}))
	for who, message := range map[int64]int64{anna: 41, bob: 42, carl: 42} {
		r := m.reportOf(who, message)
		r.Target.Album = "A"
		_, err := m.court.Report(t.Context(), r)
		m.must(err)
	}
	if len(m.cases) != 1 || m.cases[0].Verdict != moderation.Upheld {
		t.Fatalf("%d cases, the first %s", len(m.cases), m.cases[0].Verdict)
	}
	m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{{Update: m.next(), Chat: club, Message: 44, Album: "A"}}))
	var removed []int64
	for _, e := range m.effects {
		removed = append(removed, e.Messages...)
	}
	slices.Sort(removed)
	if !slices.Equal(removed, []int64{41, 42, 44}) {
		t.Errorf("removed are %v", removed)
	}
	if len(m.seen) != 1 || m.seen[0].Message != 43 {
		t.Errorf("offered are %+v", m.seen)
	}
}

func TestReportThatDecides(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.private[bob] = true
	m.reports(41, anna, bob)
	m.want("card open")
	got, err := m.court.Report(t.Context(), m.reportOf(carl, 41))
	m.must(err)
	if got.Open {
		t.Error("the receipt says that it can be taken back")
	}
	m.want(
		"delete [41]", "notice mallory warn",
		"card", "card_gone in 10m",
		"outcome anna upheld warn", "outcome bob privately upheld warn", "outcome carl upheld warn",
		"admins decided",
	)
	k := m.cases[0]
	if k.Verdict != moderation.Upheld || k.Rule != rulebook.Other || k.Votes != 3 || k.Breaks != 3 || k.ByAdmin || !k.Decided.Equal(noon) {
		t.Errorf("case %+v", k.Case)
	}
}
