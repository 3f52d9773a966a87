package moderation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// namedBy are ballots that name a rule, with these weights.
func namedBy(rule rulebook.RuleID, weights ...float64) []moderation.Ballot {
	ballots := breaks(weights...)
	for i := range ballots {
		ballots[i].Rule = rule
	}
	return ballots
}

// charge is what independent ballots are charged with.
func charge(ballots []moderation.Ballot) (rulebook.RuleID, int) {
	book := append(rulebook.DefaultBook(), rulebook.Rule{ID: "r1", Severity: 3, Name: "Old", Removed: true})
	return moderation.Chat{Policy: moderation.DefaultPolicy(), Book: book}.Terms().Charge(ballots, weight.Ties{})
}

func TestCharge(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ballots  []moderation.Ballot
		want     rulebook.RuleID
		severity int
	}{
		"nobody names one":                       {both(breaks(1, 1, 1)), rulebook.Other, 1},
		"two name it":                            {both(namedBy(rulebook.Violence, 1, 1), breaks(1)), rulebook.Violence, 3},
		"one alone names it":                     {both(namedBy(rulebook.Violence, 2.5), breaks(1, 1)), rulebook.Violence, 1},
		"one alone, whoever else names another":  {both(namedBy(rulebook.Violence, 2.5), namedBy(rulebook.Spam, 1, 1)), rulebook.Spam, 1},
		"the most severe that has half":          {both(namedBy(rulebook.Violence, 1, 1), namedBy(rulebook.Spam, 1, 1)), rulebook.Violence, 3},
		"the most severe has less than half":     {both(namedBy(rulebook.Violence, 1, 1), namedBy(rulebook.Spam, 1, 1.5)), rulebook.Spam, 1},
		"half of the weight of who names one":    {both(namedBy(rulebook.Scam, 1, 1), breaks(2.5, 2.5, 2.5)), rulebook.Scam, 2},
		"none has half: most voices":             {both(namedBy(rulebook.Scam, 1, 1), namedBy(rulebook.Spam, 1, 1), namedBy(rulebook.Hate, 1, 1, 0.2)), rulebook.Hate, 1},
		"a tie of voices: the heavier":           {both(namedBy(rulebook.Violence, 1), namedBy(rulebook.Spam, 1.1)), rulebook.Spam, 1},
		"a tie of both: the milder":              {both(namedBy(rulebook.Violence, 1), namedBy(rulebook.Spam, 1)), rulebook.Spam, 1},
		"new members name nothing":               {both(newMembers(namedBy(rulebook.Violence, 1, 1, 1)), namedBy(rulebook.Spam, 1)), rulebook.Spam, 1},
		"new members alone":                      {both(newMembers(namedBy(rulebook.Violence, 1, 1, 1))), rulebook.Other, 1},
		"nor do those who weigh nothing":         {both(namedBy(rulebook.Violence, 0, 0, 0)), rulebook.Other, 1},
		"nobody voted":                           {nil, rulebook.Other, 1},
		"what is in no book is not named":        {both(namedBy("treason", 1, 1), namedBy(rulebook.Spam, 1)), rulebook.Spam, 1},
		"on a tie the milder, though later":      {both(namedBy(rulebook.Scam, 1), namedBy(rulebook.OffTopic, 1)), rulebook.OffTopic, 1},
		"the first in the book if as mild":       {both(namedBy(rulebook.Insult, 1), namedBy(rulebook.Spam, 1)), rulebook.Spam, 1},
		"a rule that was removed":                {both(namedBy("r1", 1, 1, 1), namedBy(rulebook.Spam, 0.25)), rulebook.Spam, 1},
		"a removed rule alone":                   {both(namedBy("r1", 1, 1)), rulebook.Other, 1},
		"who says that it is fine names nothing": {both(fine(1), namedBy(rulebook.Spam, 1)), rulebook.Spam, 1},
		"Other can be named, and is no more":     {both(namedBy(rulebook.Other, 1, 1), namedBy(rulebook.Violence, 1)), rulebook.Other, 1},
		"two severe ones of equal rank: heavier": {both(namedBy(rulebook.Scam, 1, 1), namedBy(rulebook.Hate, 1, 1)), rulebook.Scam, 2},
	} {
		if got, severity := charge(test.ballots); got != test.want || severity != test.severity {
			t.Errorf("%s: charged with %q of severity %d, want %q of %d", name, got, severity, test.want, test.severity)
		}
	}
}

// Members who are all tied are one voice here as well: they decide no severity.
func TestTiedMembersNameAsOne(t *testing.T) {
	ballots, ties := tiedAs(8, func(int, int) bool { return true })
	for i := range ballots {
		ballots[i].Rule = rulebook.Violence
	}
	terms := usualTerms
	if rule, severity := terms.Charge(ballots, ties); rule != rulebook.Violence || severity != 1 {
		t.Errorf("charged with %q of severity %d", rule, severity)
	}
}

// drawNaming are ballots of all sides, rules and weights.
func drawNaming(t *rapid.T) []moderation.Ballot {
	ballots := breaks(make([]float64, rapid.IntRange(0, 12).Draw(t, "ballots"))...)
	for i := range ballots {
		ballots[i] = drawBallot(t, ballots[i])
	}
	return both(ballots)
}

func drawBallot(t *rapid.T, b moderation.Ballot) moderation.Ballot {
	b.Side = rapid.SampledFrom([]moderation.Side{moderation.Breaks, moderation.Breaks, moderation.Fine}).Draw(t, "side")
	b.Weight = rapid.OneOf(rapid.SampledFrom([]float64{0, .25, 1}), rapid.Float64Range(0, weight.MaxCredibility)).Draw(t, "weight")
	b.New = rapid.SampledFrom([]bool{false, false, true}).Draw(t, "new")
	b.Rule = rapid.SampledFrom([]rulebook.RuleID{"", "treason", rulebook.Spam, rulebook.Scam, rulebook.Violence, rulebook.Other, "r1"}).Draw(t, "rule")
	return b
}

// What no voice names is never charged, and more than severity 1 takes two who name it.
func TestNobodyIsChargedWithWhatNobodyNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := drawNaming(t)
		rule, severity := charge(ballots)
		named := 0
		for _, b := range ballots {
			if b.Rule == rule && b.Weight > 0 && !b.New && (severity == 1 || b.Side == moderation.Breaks) {
				named++
			}
		}
		if named == 0 && rule != rulebook.Other || severity > 1 && named < 2 || !rulebook.DefaultBook().Has(rule) {
			t.Fatalf("charged with %q of severity %d, which %d name", rule, severity, named)
		}
	})
}

// One more ballot for a rule never moves the charge away from it, wherever it stands among the others.
func TestOneMoreBallotKeepsTheCharge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := drawNaming(t)
		rule, severity := charge(ballots)
		more := drawBallot(t, moderation.Ballot{Ballot: weight.Ballot{Voter: 99}})
		more.Rule = rule
		at := rapid.IntRange(0, len(ballots)).Draw(t, "place")
		if got, now := charge(slices.Insert(slices.Clone(ballots), at, more)); got != rule || now < severity {
			t.Fatalf("charged with %q of %d, and with one more vote for it with %q of %d", rule, severity, got, now)
		}
	})
}
