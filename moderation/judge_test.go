package moderation_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// near says that two numbers are the same but for rounding.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// say are ballots of one side with the given weights, each of another voter.
func say(side moderation.Side, weights ...float64) []moderation.Ballot {
	ballots := make([]moderation.Ballot, len(weights))
	for i, w := range weights {
		ballots[i] = moderation.Ballot{Ballot: weight.Ballot{Side: side, Weight: w}}
	}
	return ballots
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

func times(n int, w float64) []float64 { return slices.Repeat([]float64{w}, n) }

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

// joined are ballots against a message, cast at noon by members who joined that long before, one after the
// other; of 0 the bot did not see it.
func joined(ago ...time.Duration) []moderation.Ballot {
	ballots := breaks(times(len(ago), 1)...)
	for i, d := range ago {
		ballots[i].At = noon
		if d > 0 {
			ballots[i].Joined = noon.Add(-d)
		}
	}
	return both(ballots)
}

// voted are ties among as many voters, of whom each voted in so many of the group's final cases, and each
// two voted alike in so many.
func voted(voters int, all, each, alike float64) weight.Ties {
	t := weight.Ties{
		Day: today, Cases: weight.Trace{Sum: all, Day: today},
		Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	for a := range int64(voters) {
		t.Records[a+1] = weight.VoteRecord{Voted: each, Day: today}
		for b := range a {
			t.Alike[weight.PairOf(a+1, b+1)] = weight.Trace{Sum: alike, Day: today}
		}
	}
	return t
}

// drawCast draws ballots of all weights by members who may be new or have joined together, and ties among them.
func drawCast(t *rapid.T, most int) ([]moderation.Ballot, weight.Ties) {
	n := rapid.IntRange(0, most).Draw(t, "voters")
	ballots := make([]moderation.Ballot, n)
	ties := voted(n, float64(rapid.IntRange(0, 60).Draw(t, "cases")), 0, 0)
	clear(ties.Alike)
	for i := range ballots {
		b := moderation.Ballot{Ballot: weight.Ballot{Side: drawSide(t), Weight: rapid.Float64Range(0, weight.MaxCredibility).Draw(t, "weight"), At: noon}}
		b.New = rapid.SampledFrom([]bool{false, false, false, true}).Draw(t, "new")
		if ago := rapid.SampledFrom([]time.Duration{0, 0, time.Hour, day, 20 * day, 100 * day}).Draw(t, "came"); ago > 0 {
			b.Joined = noon.Add(-ago - time.Duration(rapid.IntRange(0, 3000).Draw(t, "seconds"))*time.Second)
		}
		b.At = b.At.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
		ballots[i] = b
		ties.Records[int64(i+1)] = weight.VoteRecord{Voted: float64(rapid.IntRange(0, 40).Draw(t, "voted")), Before: float64(rapid.IntRange(0, 40).Draw(t, "before")), Day: today - 30}
	}
	for range rapid.IntRange(0, 2*n).Draw(t, "pairs") {
		a, b := rapid.Int64Range(1, int64(n)).Draw(t, "a"), rapid.Int64Range(1, int64(n)).Draw(t, "b")
		if a != b {
			ties.Alike[weight.PairOf(a, b)] = weight.Trace{Sum: float64(rapid.IntRange(0, 40).Draw(t, "alike")), Day: today - 9}
		}
	}
	return both(ballots), ties
}

// tiedAs are ballots and ties of as many members as a graph has corners: who is tied to whom is up to it.
func tiedAs(n int, tied func(i, j int) bool) ([]moderation.Ballot, weight.Ties) {
	ties := voted(n, 1000, 10, 0)
	clear(ties.Alike)
	for i := range n {
		for j := range i {
			if tied(i, j) {
				ties.Alike[weight.PairOf(int64(i+1), int64(j+1))] = weight.Trace{Sum: 10, Day: today}
			}
		}
	}
	return joined(make([]time.Duration, n)...), ties
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
