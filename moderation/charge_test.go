package moderation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// weighing are ballots that name a rule, with these weights.
func weighing(rule moderation.RuleID, weights ...float64) []moderation.Ballot {
	ballots := breaks(weights...)
	for i := range ballots {
		ballots[i].Rule = rule
	}
	return ballots
}

func TestChargeWeighs(t *testing.T) {
	t.Parallel()
	book := append(moderation.DefaultBook(), moderation.Rule{ID: "r1", Severity: 3, Name: "Old", Removed: true})
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		want    moderation.RuleID
	}{
		"newcomers against one in good standing": {both(weighing(moderation.Violence, .25, .25, .25), weighing(moderation.Spam, 1)), moderation.Spam},
		"a tie of many and one":                  {both(weighing(moderation.Violence, .5, .5), weighing(moderation.Scam, 1)), moderation.Scam},
		"the known-bad, alone":                   {weighing(moderation.Violence, 0, 0, 0), moderation.Other},
		"the known-bad, and one newcomer":        {both(weighing(moderation.Violence, 0, 0), weighing(moderation.Hate, .25)), moderation.Hate},
		"a removed rule":                         {both(weighing("r1", 1, 1, 1), weighing(moderation.Spam, .25)), moderation.Spam},
		"a removed rule alone":                   {weighing("r1", 1, 1), moderation.Other},
	} {
		if got := book.Charge(test.ballots); got != test.want {
			t.Errorf("%s: charged with %q, want %q", name, got, test.want)
		}
	}
}

// drawNaming are ballots of all sides, rules and weights.
func drawNaming(t *rapid.T) []moderation.Ballot {
	ballots := breaks(make([]float64, rapid.IntRange(0, 12).Draw(t, "ballots"))...)
	for i := range ballots {
		ballots[i] = drawBallot(t, ballots[i])
	}
	return ballots
}

func drawBallot(t *rapid.T, b moderation.Ballot) moderation.Ballot {
	b.Side = rapid.SampledFrom([]moderation.Side{moderation.Breaks, moderation.Breaks, moderation.Fine}).Draw(t, "side")
	b.Weight = rapid.OneOf(rapid.SampledFrom([]float64{0, .25, 1}), rapid.Float64Range(0, moderation.MaxCredibility)).Draw(t, "weight")
	b.Rule = rapid.SampledFrom([]moderation.RuleID{"", "treason", moderation.Spam, moderation.Scam, moderation.Violence, moderation.Other, "r1"}).Draw(t, "rule")
	return b
}

// What nobody with any weight names is never charged.
func TestNobodyIsChargedWithWhatNobodyNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := drawNaming(t)
		charge := moderation.DefaultBook().Charge(ballots)
		named := slices.ContainsFunc(ballots, func(b moderation.Ballot) bool {
			return b.Rule == charge && b.Weight > 0 && b.Side == moderation.Breaks
		})
		if !named && charge != moderation.Other || !moderation.DefaultBook().Has(charge) {
			t.Fatalf("charged with %q", charge)
		}
	})
}

// One more ballot for a rule never moves the charge away from it, wherever it stands among the others.
func TestOneMoreBallotKeepsTheCharge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := drawNaming(t)
		charge := moderation.DefaultBook().Charge(ballots)
		more := drawBallot(t, moderation.Ballot{Voter: 99})
		more.Rule = charge
		at := rapid.IntRange(0, len(ballots)).Draw(t, "place")
		if got := moderation.DefaultBook().Charge(slices.Insert(slices.Clone(ballots), at, more)); got != charge {
			t.Fatalf("charged with %q, and with one more vote for it with %q", charge, got)
		}
	})
}
