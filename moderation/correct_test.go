package moderation_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

func (r *fixture) correct(k *kept, rule rulebook.RuleID) error {
	_, err := r.court.Correct(r.ctx, r.of(k), boss, rule)
	return err
}

// ruled is a case upheld under a rule by Dora, with a card.
func (r *fixture) ruled(message int64, rule rulebook.RuleID) *kept {
	r.t.Helper()
	k := r.reports(message, anna)
	_, err := r.court.Uphold(r.ctx, r.of(k), boss, rule)
	r.must(err)
	r.carried()
	return k
}

func TestCorrect(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.ruled(41, rulebook.Violence)
	penalty, until := k.Penalty, k.Until
	check := func(rule rulebook.RuleID, steps, cost int, changed int) {
		t.Helper()
		o := m.history[member{club, mallory}][0]
		if k.Rule != rule || o.Steps != steps || o.Cost != cost || m.score(mallory) != 100-cost || k.Penalty != penalty || !k.Until.Equal(until) {
			t.Errorf("case %+v\noffence %+v, standing %d", k.Case, o, m.score(mallory))
		}
		want := standing.Change{Day: moderation.DayOf(m.now), Points: changed, Cause: standing.CauseCorrected, Case: k.ID}
		if got := m.turns[member{club, mallory}][0]; got != want {
			t.Errorf("it changed by %+v, want %+v", got, want)
		}
	}
	m.must(m.correct(k, rulebook.Spam))
	check(rulebook.Spam, 1, 10, +30)
	m.want("card", "news mallory", "admins corrected by Dora")
	m.must(m.correct(k, rulebook.Scam))
	check(rulebook.Scam, 2, 20, -10)
	m.carried()
	m.must(m.correct(k, rulebook.Scam)) // it is already
	m.want()
	m.must(m.correct(k, rulebook.Hate)) // as severe
	m.want("card", "news mallory", "admins corrected by Dora")
	check(rulebook.Hate, 2, 20, -10)

	// What ⚡ added stays, and all of it is given back in the end.
	m.must(m.harsher(k, k.Penalty.String()))
	penalty, until = k.Penalty, k.Until
	m.must(m.correct(k, rulebook.Insult))
	check(rulebook.Insult, 2, 10, +10)
	m.must(m.overturn(k))
	if len(m.history[member{club, mallory}]) != 0 || m.score(mallory) != 100 {
		t.Errorf("left of it: %+v, standing %d", m.history[member{club, mallory}], m.score(mallory))
	}
}

func TestCorrectIsRefused(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.ruled(41, rulebook.Spam)
	_, _, err := m.amend(moderation.Amendment{Change: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: rulebook.Hate}})
	m.must(err)
	m.carried()
	was := k.Case
	for _, rule := range []rulebook.RuleID{"", "treason", rulebook.Hate} {
		m.refusedAs(m.correct(k, rule), moderation.RefuseNoRule)
	}
	for who, code := range map[moderation.Member]moderation.Code{
		person(bob): moderation.RefuseNotAdmin, {ID: bob, Admin: true, Delete: true}: moderation.RefuseRights,
	} {
		_, err := m.court.Correct(t.Context(), m.of(k), who, rulebook.Scam)
		m.refusedAs(err, code)
	}
	open := m.reports(42, anna)
	m.refusedAs(m.correct(open, rulebook.Scam), moderation.RefuseNotUpheld)
	m.must(m.overturn(k))
	m.refusedAs(m.correct(k, rulebook.Scam), moderation.RefuseReversed)
	if k.Reversed, k.ReversedAt = "", (time.Time{}); !reflect.DeepEqual(k.Case, was) {
		t.Errorf("case was %+v, is %+v", was, k.Case)
	}
}

// Somebody who had less than the rule costs loses no more by a harder one, and keeps what they had by one
// that is as hard as what was left. A day that counted before the correction counts after it.
func TestCorrectTakesNoMoreThanThereWas(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(mallory, 15)
	k := m.ruled(41, rulebook.Scam) // 20, of which there were 15
	m.must(m.correct(k, rulebook.Violence))
	if o := m.history[member{club, mallory}][0]; o.Cost != 15 || m.score(mallory) != 0 {
		t.Errorf("it cost %d, standing %d", o.Cost, m.score(mallory))
	}
	m.must(m.correct(k, rulebook.Spam))
	if o := m.history[member{club, mallory}][0]; o.Cost != 10 || m.score(mallory) != 5 {
		t.Errorf("it costs %d, standing %d", o.Cost, m.score(mallory))
	}
	m.now = m.now.Add(2 * day)
	m.writes(mallory, true)
	m.must(m.correct(k, rulebook.Insult))
	m.must(m.correct(k, rulebook.Hate))
	m.now = m.now.Add(day)
	if got := m.score(mallory); got != 1 { // there were 5 to take, and the day came after
		t.Errorf("standing %d", got)
	}
}

// Restrictions follow the standing down and up again.
func TestCorrectBinds(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.stand(mallory, 60)
	k := m.ruled(41, rulebook.Spam)
	m.must(m.correct(k, rulebook.Violence)) // 20: restricted
	m.want("tier", "card", "news mallory", "admins corrected by Dora")
	m.must(m.correct(k, rulebook.Spam))
	m.want("tier", "card", "news mallory", "admins corrected by Dora")
}

// However often a case is corrected, the numbers agree as long as the standing is above 0. What is missing
// of the standing is what the offences cost, and its changes add up to that. Each offence is as many steps
// as its rule.
func TestCorrectionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newFixtureFor(t.Context(), t)
		m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{{Kind: ladder.Warn}} })
		all := []rulebook.RuleID{rulebook.Spam, rulebook.Scam, rulebook.Violence, rulebook.Insult, rulebook.Hate}
		ks := []*kept{m.ruled(41, rapid.SampledFrom(all).Draw(t, "rule")), m.ruled(42, rapid.SampledFrom(all).Draw(t, "rule"))}
		for range rapid.IntRange(0, 12).Draw(t, "corrections") {
			m.must(m.correct(rapid.SampledFrom(ks).Draw(t, "case"), rapid.SampledFrom(all).Draw(t, "rule")))
		}
		cost, turned := 0, 0
		for _, o := range m.history[member{club, mallory}] {
			i := slices.IndexFunc(ks, func(k *kept) bool { return k.ID == o.Case })
			severity := rulebook.DefaultBook().Rule(ks[i].Rule).Severity
			if o.Steps != severity || o.Severity != severity || o.Cost != standing.CostOf(severity) {
				t.Fatalf("under %s: %+v", ks[i].Rule, o)
			}
			cost += o.Cost
		}
		for _, turn := range m.turns[member{club, mallory}] {
			turned += turn.Points
		}
		if m.score(mallory) != 100-cost || turned != -cost && len(m.turns[member{club, mallory}]) < standing.MaxChanges {
			t.Fatalf("standing %d, costs %d, turns %d", m.score(mallory), cost, turned)
		}
	})
}
