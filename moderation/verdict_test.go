package moderation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// say are ballots of one side with the given weights, each of another voter.
func say(side moderation.Side, weights ...float64) []moderation.Ballot {
	ballots := make([]moderation.Ballot, len(weights))
	for i, w := range weights {
		ballots[i] = moderation.Ballot{Side: side, Weight: w}
	}
	return ballots
}

func breaks(weights ...float64) []moderation.Ballot { return say(moderation.Breaks, weights...) }

func fine(weights ...float64) []moderation.Ballot { return say(moderation.Fine, weights...) }

// both are the ballots of both sides, as of different voters.
func both(sides ...[]moderation.Ballot) []moderation.Ballot {
	var all []moderation.Ballot
	for _, s := range sides {
		all = append(all, s...)
	}
	for i := range all {
		all[i].Voter = int64(i + 1)
	}
	return all
}

func times(n int, weight float64) []float64 {
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = weight
	}
	return weights
}

func TestJudge(t *testing.T) {
	heavy := moderation.Policy{Threshold: 1, Quorum: 2}
	usual := moderation.DefaultPolicy()
	for name, test := range map[string]struct {
		policy  moderation.Policy
		ballots []moderation.Ballot
		want    moderation.Verdict
	}{
		"no ballots decide nothing":                  {usual, nil, moderation.Open},
		"three members uphold":                       {usual, breaks(1, 1, 1), moderation.Upheld},
		"three members dismiss":                      {usual, fine(1, 1, 1), moderation.Dismissed},
		"just below the threshold stays open":        {usual, breaks(1, 1, 0.75), moderation.Open},
		"just above minus the threshold stays open":  {usual, fine(1, 1, 0.75), moderation.Open},
		"a tie convicts nobody":                      {heavy, both(breaks(1, 1, 1), fine(1, 1, 1)), moderation.Open},
		"the threshold without a quorum stays open":  {heavy, breaks(2.5), moderation.Open},
		"the same with a quorum upholds":             {heavy, breaks(2.5, 0.25), moderation.Upheld},
		"to dismiss needs no quorum":                 {heavy, fine(2.5), moderation.Dismissed},
		"voters against do not make a quorum for":    {heavy, both(breaks(2.5), fine(0.25)), moderation.Open},
		"eleven newcomers do not do":                 {usual, breaks(times(11, 0.25)...), moderation.Open},
		"twelve newcomers do what three members do":  {usual, breaks(times(12, 0.25)...), moderation.Upheld},
		"a zero weight makes no quorum":              {heavy, breaks(2.5, 0), moderation.Open},
		"the lead counts, not the number of ballots": {usual, both(breaks(1, 1, 1, 1, 1), fine(1, 1)), moderation.Upheld},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moderation.Judge(test.ballots, test.policy); got != test.want {
				t.Errorf("judged %s, want %s", got, test.want)
			}
		})
	}
}

func TestCountLeavesOutZeroWeights(t *testing.T) {
	got := moderation.Count(both(breaks(1, 0.25, 0), fine(0.25, 0, -1)))
	if want := (moderation.Tally{Score: 1, Breaks: 2, Fine: 1}); got != want || got.Votes() != 3 {
		t.Errorf("counted %+v with %d votes, want %+v with 3", got, got.Votes(), want)
	}
}

// Ballots of the three sorts of members: of the last, what is cast counts nothing.
var (
	ofSettled   = moderation.Ballot{Weight: moderation.MemberWeight, Face: moderation.MemberWeight}
	ofNewcomer  = moderation.Ballot{Weight: moderation.NewcomerWeight, Face: moderation.MemberWeight}
	ofLatecomer = moderation.Ballot{}
)

// drawBallots draws ballots that members can have; sums of quarters are exact.
func drawBallots(t *rapid.T) []moderation.Ballot {
	return drawBallotsOf(t, ofSettled, ofNewcomer, ofLatecomer)
}

func drawBallotsOf(t *rapid.T, sorts ...moderation.Ballot) []moderation.Ballot {
	ballot := rapid.Custom(func(t *rapid.T) moderation.Ballot {
		b := rapid.SampledFrom(sorts).Draw(t, "sort")
		b.Side = drawSide(t)
		return b
	})
	return both(rapid.SliceOfN(ballot, 0, 40).Draw(t, "ballots"))
}

func drawPolicy(t *rapid.T) moderation.Policy {
	return moderation.Policy{
		Threshold: float64(rapid.IntRange(4, 20).Draw(t, "quarters")) / 4,
		Quorum:    rapid.IntRange(1, 5).Draw(t, "quorum"),
	}
}

func TestJudgeDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		shuffled := rapid.Permutation(ballots).Draw(t, "shuffled")
		if a, b := moderation.Judge(ballots, p), moderation.Judge(shuffled, p); a != b {
			t.Fatalf("%s in one order, %s in another", a, b)
		}
	})
}

func TestOneMoreAgainstNeverHelps(t *testing.T) {
	rank := map[moderation.Verdict]int{moderation.Dismissed: 0, moderation.Open: 1, moderation.Upheld: 2}
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		more := both(ballots, breaks(rapid.SampledFrom([]float64{0, 0.25, 1}).Draw(t, "one more")))
		if a, b := moderation.Judge(ballots, p), moderation.Judge(more, p); rank[b] < rank[a] {
			t.Fatalf("%s became %s by one more ballot against the message", a, b)
		}
	})
}

func TestUpheldAndDismissedMirror(t *testing.T) {
	other := map[moderation.Verdict]moderation.Verdict{
		moderation.Upheld: moderation.Dismissed, moderation.Dismissed: moderation.Upheld, moderation.Open: moderation.Open,
	}
	turned := map[moderation.Side]moderation.Side{moderation.Breaks: moderation.Fine, moderation.Fine: moderation.Breaks}
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		p.Quorum = 1 // which to dismiss is not asked for
		mirrored := both(ballots)
		for i := range mirrored {
			mirrored[i].Side = turned[mirrored[i].Side]
		}
		if a, b := moderation.Judge(ballots, p), moderation.Judge(mirrored, p); b != other[a] {
			t.Fatalf("%s, and %s with all sides turned", a, b)
		}
	})
}

// newcomers are ballots of a side by so many newcomers.
func newcomers(side moderation.Side, n int) []moderation.Ballot {
	ballots := slices.Repeat([]moderation.Ballot{ofNewcomer}, n)
	for i := range ballots {
		ballots[i].Side = side
	}
	return ballots
}

func TestCrowded(t *testing.T) {
	usual := moderation.DefaultPolicy()
	const against, defending = moderation.Breaks, moderation.Fine
	for name, test := range map[string]struct {
		policy  moderation.Policy
		ballots []moderation.Ballot
		want    bool
	}{
		"nobody":                                {usual, nil, false},
		"two newcomers would decide nothing":    {usual, newcomers(against, 2), false},
		"three newcomers would convict":         {usual, newcomers(against, 3), true},
		"three newcomers would acquit":          {usual, newcomers(defending, 3), true},
		"three members are no crowd":            {usual, breaks(1, 1, 1), false},
		"a member and two newcomers: half left": {usual, both(breaks(1), newcomers(against, 2)), false},
		"a member and three: less than half":    {usual, both(breaks(1), newcomers(against, 3)), true},
		"members on the other side":             {usual, both(fine(1), newcomers(against, 3)), false},
		"more of them":                          {usual, both(fine(1), newcomers(against, 4)), true},
		"as many newcomers on either side":      {usual, both(newcomers(against, 9), newcomers(defending, 9)), false},
		"fewer than the quorum":                 {moderation.Policy{Threshold: 1, Quorum: 3}, newcomers(against, 2), false},
		"to acquit needs no quorum":             {moderation.Policy{Threshold: 1, Quorum: 5}, newcomers(defending, 3), true},
		"two are no crowd":                      {moderation.Policy{Threshold: 1, Quorum: 1}, newcomers(against, 2), false},
		"ballots that count nothing":            {usual, []moderation.Ballot{{Side: against}, {Side: against}, {Side: against}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moderation.Crowded(test.ballots, test.policy); got != test.want {
				t.Errorf("a crowd: %v, want %v", got, test.want)
			}
		})
	}
}

func drawAnyPolicy(t *rapid.T) moderation.Policy {
	return moderation.Policy{
		Threshold: float64(rapid.IntRange(4*moderation.MinThreshold, 4*moderation.MaxThreshold).Draw(t, "quarters")) / 4,
		Quorum:    rapid.IntRange(moderation.MinQuorum, moderation.MaxQuorum).Draw(t, "quorum"),
	}
}

func TestWithoutADiscountThereIsNoCrowd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := moderation.Ballot{Weight: moderation.MemberWeight} // from before there was a face value
		if ballots := drawBallotsOf(t, ofSettled, ofLatecomer, before); moderation.Crowded(ballots, drawAnyPolicy(t)) {
			t.Fatalf("a crowd: %+v", ballots)
		}
	})
}

func TestNewcomersAloneDecideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		against, defending := rapid.IntRange(0, 999).Draw(t, "against"), rapid.IntRange(0, 999).Draw(t, "defending")
		p := drawAnyPolicy(t)
		ballots := both(newcomers(moderation.Breaks, against), newcomers(moderation.Fine, defending))
		if v := moderation.Judge(ballots, p); v.Final() && !moderation.Crowded(ballots, p) {
			t.Fatalf("%d newcomers against %d: %s", against, defending, v)
		}
	})
}

// What is decided by votes would be decided by the settled members alone, or they are at least half as
// many as the newcomers on their side.
func TestNoVerdictWithoutSettledMembers(t *testing.T) {
	winners := map[moderation.Verdict]moderation.Side{moderation.Upheld: moderation.Breaks, moderation.Dismissed: moderation.Fine}
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		v := moderation.Judge(ballots, p)
		if !v.Final() || moderation.Crowded(ballots, p) {
			return
		}
		settled, fresh, lead := 0, 0, 0.0
		for _, b := range ballots {
			switch won := b.Side == winners[v]; {
			case b.Weight == moderation.NewcomerWeight && won:
				fresh++
			case b.Weight == moderation.MemberWeight && won:
				settled++
				lead++
			case b.Weight == moderation.MemberWeight:
				lead--
			}
		}
		if 2*settled < fresh && lead < p.Threshold {
			t.Fatalf("%s by %d settled members, %v more than on the other side, and %d newcomers", v, settled, lead, fresh)
		}
	})
}

func TestCrowdDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		if a, b := moderation.Crowded(ballots, p), moderation.Crowded(rapid.Permutation(ballots).Draw(t, "shuffled"), p); a != b {
			t.Fatalf("a crowd in one order: %v, in another: %v", a, b)
		}
	})
}
