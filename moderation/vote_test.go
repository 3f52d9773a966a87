package moderation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// What may happen to a case before somebody acts on it.
var (
	withdrawn = func(m *fixture, k *kept) { m.must(m.undo(k, anna)); m.withdraws(k) }
	decided   = func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Dismissed)) }
	over      = func(m *fixture, k *kept) { k.Deadline = m.now }
	elsewhere = func(_ *fixture, k *kept) { k.Chat = club - 1 }
)

func TestVoteIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		voter  moderation.Member
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"in a case of another group": {person(bob), elsewhere, moderation.RefuseNoCase},
		"in a withdrawn case":        {person(bob), withdrawn, moderation.RefuseNoCase},
		"in a decided case":          {person(bob), decided, moderation.RefuseDecided},
		"when the time is over":      {person(bob), over, moderation.RefuseDecided},
		"by somebody from outside":   {moderation.Member{ID: bob}, nil, moderation.RefuseOutsider},
		"by the author":              {person(mallory), nil, moderation.RefuseAuthor},
		"by who joined later": {person(bob), func(m *fixture, k *kept) {
			m.records[member{club, bob}] = moderation.Record{Joined: k.SentAt.Add(time.Second)}
		}, moderation.RefuseLate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			if test.before != nil {
				test.before(m, k)
			}
			m.carried()
			ballots := slices.Clone(k.ballots)
			m.refusedAs(m.court.Vote(t.Context(), moderation.Vote{
				Update: m.next(), Chat: club, Case: k.ID, Voter: test.voter, Side: moderation.Breaks,
			}), test.want)
			m.want()
			if !slices.Equal(k.ballots, ballots) {
				t.Errorf("ballots %+v", k.ballots)
			}
		})
	}
}

// A vote that changes nothing has the same effects as one that does. Else a tap would tell whoever makes somebody tap what they
// said before.
func TestSameVoteAgainIsTakenLikeAnyOther(t *testing.T) {
	t.Parallel()
	var effects [2]string
	for i, before := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		m := newFixture(t)
		k := m.reports(41, anna)
		m.must(m.vote(k, bob, before))
		m.carried()
		m.events = nil
		m.must(m.vote(k, bob, moderation.Breaks))
		effects[i] = fmt.Sprintf("%+v %+v %+v", m.effects, m.events, k.ballots)
	}
	if effects[0] != effects[1] {
		t.Errorf("as before: %s\nchanged:   %s", effects[0], effects[1])
	}
}

func TestVoteMayBeChanged(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.must(m.court.Categorize(t.Context(), m.next(), club, k.ID, anna, rulebook.Hate))
	for _, test := range []struct {
		side          moderation.Side
		votes, breaks int
	}{{moderation.Fine, 1, 0}, {moderation.Breaks, 1, 1}, {moderation.Fine, 1, 0}} {
		m.must(m.vote(k, anna, test.side))
		if k.Votes != test.votes || k.Breaks != test.breaks || len(k.ballots) != 1 {
			t.Errorf("%s: %d votes, %d against, ballots %+v", test.side, k.Votes, k.Breaks, k.ballots)
		}
		if k.ballots[0].Rule != rulebook.Hate {
			t.Errorf("the rule is %q now", k.ballots[0].Rule)
		}
	}
	m.want("card open")
}

func TestVoteThatDismisses(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	for _, who := range []int64{bob, carl, dora, 15} {
		m.must(m.vote(k, who, moderation.Fine))
	}
	if k.Verdict != moderation.Dismissed || k.Votes != 5 || k.Breaks != 1 || k.Penalty.Kind != "" {
		t.Errorf("case %+v", k.Case)
	}
	if len(m.history) != 0 {
		t.Errorf("offences %v", m.history)
	}
	m.want("card", "card_gone in 10m", "outcome anna dismissed", "admins decided") // and nothing for who only voted
}

// fresh lets as many newcomers be in the group, and names them. They joined one after the other, far
// enough apart not to have come together.
func (r *fixture) fresh(n int64) []int64 { return r.arrived(n, weight.JoinedTogether+time.Second) }

// troop is the same of newcomers who came together.
func (r *fixture) troop(n int64) []int64 { return r.arrived(n, 0) }

func (r *fixture) arrived(n int64, apart time.Duration) []int64 {
	var who []int64
	for id := range n {
		joined := r.now.Add(-time.Hour - time.Duration(id)*apart)
		r.records[member{club, 100 + id}] = moderation.Record{Joined: joined, Messages: 9}
		who = append(who, 100+id)
	}
	return who
}

// New members bring a case, and decide nothing: with however many beside them two members are two.
func TestNewMembersDecideNothing(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, append(m.fresh(8), anna, bob)...)
	if k.Verdict != moderation.Open || k.Votes != 10 {
		t.Errorf("case %+v", k.Case)
	}
	m.reports(41, carl)
	if k.Verdict != moderation.Upheld {
		t.Errorf("%s by three members", k.Verdict)
	}
}

// Whatever new members do, at whatever settings, they convict and acquit nobody.
func TestNewcomersNeverEndACase(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(context.Background(), t)
		drawn := drawAnyTerms(t)
		m.tune(func(p *moderation.Policy) { p.Threshold, p.Quorum, p.ReportLimit = drawn.Threshold, drawn.Quorum, 100 })
		newcomers := m.fresh(60)
		if rapid.Bool().Draw(t, "together") {
			newcomers = m.troop(60)
		}
		k := m.reports(41, newcomers[0])
		for _, who := range rapid.SliceOfN(rapid.SampledFrom(newcomers), 0, 120).Draw(t, "who") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				_ = m.undo(k, who) // or it is refused
			case 1:
				_ = m.vote(k, who, moderation.Fine)
			default:
				_ = m.vote(k, who, moderation.Breaks)
			}
		}
		if k.Verdict != moderation.Open && k.Verdict != moderation.Withdrawn {
			t.Fatalf("%s by newcomers", k.Verdict)
		}
	})
}

func TestUndoIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		who    int64
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"in a case of another group": {anna, elsewhere, moderation.RefuseNoBallot},
		"twice":                      {anna, withdrawn, moderation.RefuseNoBallot},
		"when it is decided":         {anna, decided, moderation.RefuseDecided},
		"by who has no ballot":       {bob, nil, moderation.RefuseNoBallot},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			if test.before != nil {
				test.before(m, k)
			}
			m.refusedAs(m.undo(k, test.who), test.want)
			if len(k.ballots) > 1 || test.who == bob && len(k.ballots) != 1 {
				t.Errorf("ballots %+v", k.ballots)
			}
		})
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		said    []int64 // who said what, in that order; -who said that it is fine
		undo    int64
		want    moderation.Verdict
		votes   int
		effects []string
	}{
		"one of two reports leaves the case": {[]int64{anna, bob}, bob, moderation.Open, 1, []string{"card open"}},
		"the only report withdraws":          {[]int64{anna}, anna, moderation.Withdrawn, 0, []string{"card open", "withdraw", "card_gone [1001]"}},
		"what others said holds it":          {[]int64{anna, -bob, -carl}, anna, moderation.Open, 2, []string{"card open"}},
		"a vote that it is fine":             {[]int64{anna, -bob}, bob, moderation.Open, 1, []string{"card open"}},
		"which decides the other way": {
			[]int64{anna, -bob, -carl, 21, -dora, -22}, 21, moderation.Dismissed, 5,
			[]string{"card", "card_gone in 10m", "outcome anna dismissed", "admins decided"},
		},
		"of a vote for the message, which upholds": {[]int64{anna, -dora, bob, carl}, dora, moderation.Upheld, 3, []string{
			"delete [41]", "notice mallory warn", "card", "card_gone in 10m", "outcome anna upheld warn", "outcome bob upheld warn", "outcome carl upheld warn", "admins decided",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			for _, who := range test.said {
				if who > 0 {
					m.reports(41, who)
				} else {
					m.must(m.vote(m.about(41), -who, moderation.Fine))
				}
			}
			m.carried()
			k := m.about(41)
			m.must(m.undo(k, test.undo))
			m.withdraws(k)
			if k.Verdict != test.want || k.Votes != test.votes {
				t.Errorf("%s with %d votes; want %s with %d", k.Verdict, k.Votes, test.want, test.votes)
			}
			m.want(test.effects...)
		})
	}
}

func TestWithdrawnWithoutACardLeavesNothingToDo(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 0 })
	k := m.reports(41, anna)
	m.must(m.undo(k, anna))
	m.withdraws(k)
	m.want("withdraw")
}

func TestCategorize(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		who    int64
		rule   rulebook.RuleID
		before func(*fixture, *kept)
		want   moderation.Code // empty if it is noted
	}{
		"by the reporter":        {anna, rulebook.Scam, nil, ""},
		"by another":             {bob, rulebook.Scam, nil, moderation.RefuseNoBallot},
		"as what is no rule":     {anna, "boredom", nil, moderation.RefuseNoCase},
		"as nothing":             {anna, "", nil, moderation.RefuseNoCase},
		"when it is decided":     {anna, rulebook.Scam, decided, moderation.RefuseDecided},
		"when it is withdrawn":   {anna, rulebook.Scam, withdrawn, moderation.RefuseNoBallot},
		"a case somewhere else":  {anna, rulebook.Scam, elsewhere, moderation.RefuseNoBallot},
		"again, as another rule": {anna, rulebook.Scam, func(m *fixture, k *kept) { k.ballots[0].Rule = rulebook.Hate }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			if test.before != nil {
				test.before(m, k)
			}
			m.carried()
			err := m.court.Categorize(t.Context(), m.next(), club, k.ID, test.who, test.rule)
			if test.want != "" {
				m.refusedAs(err, test.want)
				return
			}
			m.must(err)
			if b := k.ballots[0]; len(k.ballots) != 1 || b.Rule != test.rule || b.Side != moderation.Breaks {
				t.Errorf("ballots %+v", k.ballots)
			}
			m.want() // nobody sees it
		})
	}
}

// Who took their report back gets one answer to whatever they press then, whether somebody else reported the message or not. So does
// who guesses the id of a case that they should know nothing of.
func TestWhoHasNoBallotDoesNotLearnWhetherOthersHave(t *testing.T) {
	t.Parallel()
	for _, also := range []bool{false, true} {
		m := newFixture(t)
		m.tune(func(p *moderation.Policy) { p.CardAfter = 3 })
		k := m.reports(41, anna)
		if also {
			m.reports(41, bob)
		}
		m.must(m.undo(k, anna))
		for _, who := range []int64{anna, carl} {
			for _, later := range []time.Duration{0, time.Hour, 3 * day} {
				m.now = m.now.Add(later)
				_, err := m.court.ExpireDue(t.Context())
				m.must(err)
				m.refusedAs(m.undo(k, who), moderation.RefuseNoBallot)
				m.refusedAs(m.court.Categorize(t.Context(), m.next(), club, k.ID, who, rulebook.Spam), moderation.RefuseNoBallot)
			}
		}
	}
}
