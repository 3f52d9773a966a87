package moderation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// ballotsOf are ballots of which nothing is known but how they weigh.
func ballotsOf(weights []weight.Ballot) []moderation.Ballot {
	ballots := make([]moderation.Ballot, len(weights))
	for i, w := range weights {
		ballots[i].Ballot = w
	}
	return ballots
}

// say are ballots of one side with the given weights, each of another voter.
func say(side moderation.Side, weights ...float64) []moderation.Ballot {
	return ballotsOf(weighttest.Say(side, weights...))
}

func breaks(weights ...float64) []moderation.Ballot { return say(moderation.Breaks, weights...) }

func fine(weights ...float64) []moderation.Ballot { return say(moderation.Fine, weights...) }

// both are the ballots of both sides, as of different voters.
func both(sides ...[]moderation.Ballot) []moderation.Ballot {
	all := slices.Concat(sides...)
	for i := range all {
		all[i].Voter = int64(i + 1)
	}
	return all
}

// usualTerms are those of a group of the usual size.
var usualTerms = moderation.Chat{Policy: moderation.DefaultPolicy(), Size: moderation.Size{Members: 50}}.Terms()

// newMembers turns ballots into those of new members.
func newMembers(ballots []moderation.Ballot) []moderation.Ballot {
	for i := range ballots {
		ballots[i].New = true
	}
	return ballots
}

// drawAnyTerms draws whatever a group may set.
func drawAnyTerms(t *rapid.T) moderation.Terms {
	p := moderation.DefaultPolicy()
	p.Threshold = rapid.IntRange(moderation.MinThreshold, moderation.MaxThreshold).Draw(t, "threshold")
	p.Quorum = rapid.IntRange(moderation.MinQuorum, moderation.MaxQuorum).Draw(t, "quorum")
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return moderation.Chat{Policy: p}.Terms()
}

// drawCast draws ballots of all weights by members who may be new or have joined together, and ties among them.
func drawCast(t *rapid.T, most int) ([]moderation.Ballot, weight.Ties) {
	ballots, ties := weighttest.DrawCast(t, most)
	return ballotsOf(ballots), ties
}

// tiedAs are ballots and ties of as many members as a graph has corners: who is tied to whom is up to it.
func tiedAs(n int, tied func(i, j int) bool) ([]moderation.Ballot, weight.Ties) {
	ballots, ties := weighttest.TiedAs(n, tied)
	return ballotsOf(ballots), ties
}

// today is the day of noon.
var today = moderation.DayOf(noon)

// Judge says in verdicts what ballots decide; see [weight.Judge].
func TestJudge(t *testing.T) {
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		want    moderation.Verdict
	}{
		"nobody voted":  {nil, moderation.Open},
		"three uphold":  {both(breaks(1, 1, 1)), moderation.Upheld},
		"three dismiss": {both(fine(1, 1, 1)), moderation.Dismissed},
		"a tie":         {both(breaks(1, 1, 1), fine(1, 1, 1)), moderation.Open},
		"new members":   {both(newMembers(breaks(1, 1, 1, 1))), moderation.Open},
	} {
		if got := moderation.Judge(test.ballots, weight.Ties{}, usualTerms); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// The usual terms, and whatever a group may set, are terms that [weight.Judge] knows.
func TestTermsOfAGroupAreWeighed(t *testing.T) {
	if usualTerms.Threshold != 3 || usualTerms.Quorum != 2 {
		t.Errorf("the usual terms are %+v", usualTerms)
	}
	if moderation.MinThreshold != 2 || moderation.MaxThreshold != 50 || moderation.MinQuorum != 2 || moderation.MaxQuorum != 20 {
		t.Error("the tests of package weight draw terms within other limits")
	}
}
