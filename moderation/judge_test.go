package moderation_test

import (
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// near says that two numbers are the same but for rounding.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

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
	all := slices.Concat(sides...)
	for i := range all {
		all[i].Voter = int64(i + 1)
	}
	return all
}

func times(n int, weight float64) []float64 { return slices.Repeat([]float64{weight}, n) }

// judge is [moderation.Judge] of voters of whom nothing is known.
func judge(ballots []moderation.Ballot, p moderation.Policy) moderation.Judgement {
	return moderation.Judge(ballots, moderation.Ties{}, p)
}

func TestJudge(t *testing.T) {
	heavy := moderation.Policy{Threshold: 1, Quorum: 2}
	alone := moderation.Policy{Threshold: 1, Quorum: 1}
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
		"to dismiss needs no quorum":                 {moderation.Policy{Threshold: 1, Quorum: 5}, fine(2.5, 0.25), moderation.Dismissed},
		"but a second voice":                         {heavy, fine(2.5), moderation.Open},
		"a quorum of one is two":                     {alone, breaks(2.5), moderation.Open},
		"and two do":                                 {alone, breaks(2.5, 0.25), moderation.Upheld},
		"voters against do not make a quorum for":    {heavy, both(breaks(2.5), fine(0.25)), moderation.Open},
		"eleven newcomers do not do":                 {usual, breaks(times(11, 0.25)...), moderation.Open},
		"twelve newcomers do what three members do":  {usual, breaks(times(12, 0.25)...), moderation.Upheld},
		"a zero weight makes no quorum":              {heavy, breaks(2.5, 0), moderation.Open},
		"nor does it dismiss":                        {heavy, fine(2.5, 0), moderation.Open},
		"the lead counts, not the number of ballots": {usual, both(breaks(1, 1, 1, 1, 1), fine(1, 1)), moderation.Upheld},
	} {
		t.Run(name, func(t *testing.T) {
			if got := judge(test.ballots, test.policy); got.Verdict != test.want || got.Crowd {
				t.Errorf("judged %+v, want %s", got, test.want)
			}
		})
	}
}

// Ballots of the three sorts of members: of the last, what is cast counts nothing.
var (
	ofSettled   = moderation.Ballot{Weight: 1, Face: 1}
	ofNewcomer  = moderation.Ballot{Weight: moderation.NewcomerWeight, Face: 1}
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

func drawAnyPolicy(t *rapid.T) moderation.Policy {
	return moderation.Policy{
		Threshold: float64(rapid.IntRange(4*moderation.MinThreshold, 4*moderation.MaxThreshold).Draw(t, "quarters")) / 4,
		Quorum:    rapid.IntRange(moderation.MinQuorum, moderation.MaxQuorum).Draw(t, "quorum"),
	}
}

func TestJudgeDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		shuffled := rapid.Permutation(ballots).Draw(t, "shuffled")
		if a, b := judge(ballots, p), judge(shuffled, p); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

// Unless one side looks like a crowd's, with it or without.
func TestOneMoreAgainstNeverHelps(t *testing.T) {
	rank := map[moderation.Verdict]int{moderation.Dismissed: 0, moderation.Open: 1, moderation.Upheld: 2}
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		more := both(ballots, breaks(rapid.SampledFrom([]float64{0, 0.25, 1}).Draw(t, "one more")))
		if a, b := judge(ballots, p), judge(more, p); !a.Crowd && !b.Crowd && rank[b.Verdict] < rank[a.Verdict] {
			t.Fatalf("%s became %s by one more ballot against the message", a.Verdict, b.Verdict)
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
		if a, b := judge(ballots, p), judge(mirrored, p); b.Verdict != other[a.Verdict] || b.Crowd != a.Crowd || b.Score != -a.Score {
			t.Fatalf("%+v, and %+v with all sides turned", a, b)
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

func TestCrowd(t *testing.T) {
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
		"fewer than a larger quorum":            {moderation.Policy{Threshold: 1, Quorum: 5}, newcomers(against, 4), false},
		"to acquit needs no quorum":             {moderation.Policy{Threshold: 1, Quorum: 5}, newcomers(defending, 3), true},
		"two are no crowd":                      {moderation.Policy{Threshold: 1, Quorum: 1}, newcomers(against, 2), false},
		"nor with others who count nothing":     {moderation.Policy{Threshold: 1, Quorum: 1}, both(newcomers(against, 2), breaks(0, 0)), false},
		"who lead only after the discounts":     {usual, both(breaks(1, 1, 1, 1), newcomers(against, 10), newcomers(defending, 12)), true},
		"or defend":                             {usual, both(fine(1, 1, 1, 1), newcomers(defending, 10), newcomers(against, 12)), true},
		"ballots that count nothing":            {usual, []moderation.Ballot{{Side: against}, {Side: against}, {Side: against}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := judge(test.ballots, test.policy); got.Crowd != test.want || got.Crowd && got.Verdict != moderation.Open {
				t.Errorf("judged %+v, want a crowd: %v", got, test.want)
			}
		})
	}
}

func TestWithoutADiscountThereIsNoCrowd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := moderation.Ballot{Weight: 1} // from before there was a face value
		if ballots := drawBallotsOf(t, ofSettled, ofLatecomer, before); judge(ballots, drawAnyPolicy(t)).Crowd {
			t.Fatalf("a crowd: %+v", ballots)
		}
	})
}

func TestNewcomersAloneDecideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		against, defending := rapid.IntRange(0, 999).Draw(t, "against"), rapid.IntRange(0, 999).Draw(t, "defending")
		ballots := both(newcomers(moderation.Breaks, against), newcomers(moderation.Fine, defending))
		if j := judge(ballots, drawAnyPolicy(t)); j.Verdict.Final() {
			t.Fatalf("%d newcomers against %d: %s", against, defending, j.Verdict)
		}
	})
}

// What is decided by votes would be decided by the settled members alone, or they are at least half as
// many as the newcomers on their side.
func TestNoVerdictWithoutSettledMembers(t *testing.T) {
	winners := map[moderation.Verdict]moderation.Side{moderation.Upheld: moderation.Breaks, moderation.Dismissed: moderation.Fine}
	rapid.Check(t, func(t *rapid.T) {
		p, ballots := drawPolicy(t), drawBallots(t)
		v := judge(ballots, p).Verdict
		if !v.Final() {
			return
		}
		settled, fresh, lead := 0, 0, 0.0
		for _, b := range ballots {
			switch won := b.Side == winners[v]; {
			case b.Weight == moderation.NewcomerWeight && won:
				fresh++
			case b.Weight == 1 && won:
				settled++
				lead++
			case b.Weight == 1:
				lead--
			}
		}
		if 2*settled < fresh && lead < p.Threshold {
			t.Fatalf("%s by %d settled members, %v more than on the other side, and %d newcomers", v, settled, lead, fresh)
		}
	})
}

// wins is the verdict that a side's ballots are for.
var wins = map[moderation.Side]moderation.Verdict{moderation.Breaks: moderation.Upheld, moderation.Fine: moderation.Dismissed}

// drawValidPolicy draws whatever a group may set.
func drawValidPolicy(t *rapid.T) moderation.Policy {
	p := moderation.DefaultPolicy()
	p.Threshold = rapid.Float64Range(moderation.MinThreshold, moderation.MaxThreshold).Draw(t, "threshold")
	p.Quorum = rapid.IntRange(moderation.MinQuorum, moderation.MaxQuorum).Draw(t, "quorum")
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

// A single member can never decide anything: whatever valid policy, whatever the other side, whatever their
// ballot weighs, and whoever without any weight is on their side, no case is decided for a side on which
// only one voter has weight.
func TestNobodyDecidesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 30)
		side := drawSide(t)
		for i := range ballots {
			if ballots[i].Side == side {
				ballots[i].Weight = rapid.SampledFrom([]float64{0, 0, -1}).Draw(t, "nothing")
			}
		}
		one := moderation.Ballot{Side: side, Weight: rapid.Float64Range(0, 1e6).Draw(t, "weight"), At: noon}
		one.Face = max(one.Weight, rapid.Float64Range(0, 1e6).Draw(t, "face"))
		if j := moderation.Judge(both(ballots, []moderation.Ballot{one}), ties, drawValidPolicy(t)); j.Verdict == wins[side] {
			t.Fatalf("%s by one voter: %+v", j.Verdict, j)
		}
	})
}

// Nor can any number of accounts that joined together, or of which each two vote alike: as long as all that
// has weight on a side is one crowd, which has no voice, no case is decided for that side.
func TestNoCrowdDecidesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		others, ties := drawCast(t, 20)
		side := drawSide(t)
		others = slices.DeleteFunc(others, func(b moderation.Ballot) bool { return b.Side == side })
		n := rapid.IntRange(1, 60).Draw(t, "accounts")
		crowd := joined(slices.Repeat([]time.Duration{0}, n)...)
		if rapid.Bool().Draw(t, "joined together") {
			crowd = joined(slices.Repeat([]time.Duration{time.Hour}, n)...)
		} else {
			ties = voted(n, 100, 10, 10)
		}
		for i := range crowd {
			crowd[i].Side = side
			crowd[i].Weight = rapid.Float64Range(0, 100).Draw(t, "weight")
			crowd[i].Face = max(crowd[i].Weight, rapid.Float64Range(0, 100).Draw(t, "face"))
		}
		if j := moderation.Judge(both(crowd, others), ties, drawValidPolicy(t)); j.Verdict == wins[side] {
			t.Fatalf("%s by one crowd of %d: %+v", j.Verdict, n, j)
		}
	})
}

// More ballots for a verdict never make it less likely, except by revealing a cluster. Exactly: take any
// ballots, and add one of full weight (Weight == Face) whose voter is tied to nobody on its side. Then
//   - the score moves towards that side, or stays;
//   - if the case was decided for that side before, it still is;
//   - if it was open before, and is not handed over now, it is not decided for the other side;
//   - if it is handed over only now, the ballots that its side had before looked like one crowd's already,
//     and only had not led by enough.
func TestOneMoreNeverHelpsTheOtherSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 40)
		p, side := drawPolicy(t), drawSide(t)
		oneMore(t, ballots, ties, p, side)
	})
}

// The same of those on whom it depends most: few settled members and many newcomers.
func TestOneMoreNeverHelpsTheOtherSideBesideNewcomers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ballots []moderation.Ballot
		for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
			ballots = append(ballots, newcomers(side, rapid.IntRange(0, 14).Draw(t, "newcomers"))...)
			ballots = append(ballots, say(side, times(rapid.IntRange(0, 9).Draw(t, "members"), 1)...)...)
		}
		oneMore(t, both(ballots), moderation.Ties{}, drawPolicy(t), drawSide(t))
	})
}

func oneMore(t *rapid.T, ballots []moderation.Ballot, ties moderation.Ties, p moderation.Policy, side moderation.Side) {
	one := moderation.Ballot{Side: side, Weight: rapid.Float64Range(0, moderation.MaxCredibility).Draw(t, "one more"), At: noon}
	one.Face = one.Weight
	if rapid.Bool().Draw(t, "seen joining") {
		one.Joined = noon.Add(-1000 * day)
	}
	more := both(ballots, []moderation.Ballot{one})
	a, b := moderation.Judge(ballots, ties, p), moderation.Judge(more, ties, p)
	if toward := map[moderation.Side]float64{moderation.Breaks: 1, moderation.Fine: -1}[side]; (b.Score-a.Score)*toward < 0 {
		t.Fatalf("the score was %v, is %v", a.Score, b.Score)
	}
	if a.Verdict == wins[side] && b.Verdict != a.Verdict {
		t.Fatalf("was %+v\nis %+v", a, b)
	}
	if !a.Crowd && a.Verdict == moderation.Open && b.Verdict.Final() && b.Verdict != wins[side] {
		t.Fatalf("was %+v\nis %+v", a, b)
	}
	if !a.Crowd && b.Crowd && !crowded(ballots, ties, side) {
		t.Fatalf("made a crowd: was %+v\nis %+v", a, b)
	}
}

// crowded reports whether a side's ballots look like one crowd's, given that they lead by enough.
func crowded(ballots []moderation.Ballot, ties moderation.Ties, side moderation.Side) bool {
	alone := slices.DeleteFunc(slices.Clone(ballots), func(b moderation.Ballot) bool { return b.Side != side })
	return moderation.Judge(alone, ties, moderation.Policy{Threshold: math.SmallestNonzeroFloat64, Quorum: 1}).Crowd
}

// A side that looks like a crowd's gets its verdict from the admins or not at all, whether it is at face
// value or after the discounts that it has the lead.
func TestCrowdNeverWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 40)
		if rapid.Bool().Draw(t, "simple") {
			ballots, ties = drawBallots(t), moderation.Ties{}
		}
		j := moderation.Judge(ballots, ties, drawPolicy(t))
		for side, v := range wins {
			if j.Verdict == v && crowded(ballots, ties, side) {
				t.Fatalf("%s by a crowd: %+v", v, j)
			}
		}
	})
}

// The order of ballots does not matter but for rounding: shuffled they come to the same verdict and
// reasons, unless the score is a rounding away from the threshold. And what is judged stays as it is.
func TestJudgeDoesNotDependOnTheOrderOfCrowds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 40)
		p := drawValidPolicy(t)
		p.Threshold = rapid.Float64Range(1, 4).Draw(t, "a threshold that is reached")
		shuffled := rapid.Permutation(ballots).Draw(t, "shuffled")
		sameBallots, sameTies := slices.Clone(ballots), moderation.Ties{
			Day: ties.Day, Cases: ties.Cases, Tracks: maps.Clone(ties.Tracks), Alike: maps.Clone(ties.Alike),
		}
		a, b := moderation.Judge(ballots, ties, p), moderation.Judge(shuffled, ties, p)
		if !reflect.DeepEqual(ballots, sameBallots) || !reflect.DeepEqual(ties, sameTies) {
			t.Fatal("judging changed what was judged")
		}
		if again := moderation.Judge(ballots, ties, p); !reflect.DeepEqual(a, again) {
			t.Fatalf("%+v, and %+v when judged again", a, again)
		}
		edge := near(math.Abs(a.Score), p.Threshold)
		if !near(a.Score, b.Score) || !reflect.DeepEqual(a.Reasons, b.Reasons) || !edge && (a.Verdict != b.Verdict || a.Crowd != b.Crowd) {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

// Weights are logarithms of odds. Exactly: of independent voters with records between those that are cut
// off at 0 and at the most, what they say is 3^score times as likely if the message breaks the rules as if
// it does not, each being right as often as their record says.
func TestScoreIsALikelihoodRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ballots []moderation.Ballot
		ratio := 1.0
		for range rapid.IntRange(0, 40).Draw(t, "voters") {
			track := moderation.Track{
				Right: rapid.Float64Range(0, 40).Draw(t, "right"), Wrong: rapid.Float64Range(0, 40).Draw(t, "wrong"), Day: today,
			}
			p := track.Accuracy()
			if p < 0.5 || p > 15.5/16.5 { // cut off: 3^2.5 to 1 is 15.6 to 1
				continue
			}
			b := moderation.Voter{Track: track}.Ballot(drawSide(t), noon, noon)
			if b.Side == moderation.Breaks {
				ratio *= p / (1 - p) // they say so with p if it breaks the rules, with 1-p if not
			} else {
				ratio *= (1 - p) / p
			}
			ballots = append(ballots, b)
		}
		score := judge(both(ballots), moderation.DefaultPolicy()).Score
		if got := math.Pow(3, score); math.Abs(got-ratio) > 1e-6*ratio {
			t.Fatalf("the ratio is %v, 3^%v is %v", ratio, score, got)
		}
	})
}

// What the threshold means. Let independent voters without records, each right with probability 3/4, vote
// on a message that breaks the rules until the case is decided, under a threshold of t and any quorum up
// to t, which whoever leads by t meets. Then after however many votes exactly 1 in 1+3^t of the probability
// that is decided is decided wrongly; and since all of it is in the end, the wrong end is reached with
// probability 1/(1+3^t): for 3 with 1/28.
//
// It is computed exactly, in fractions, over all numbers of votes for and against; whether they decide is
// asked of [moderation.Judge].
func TestThresholdIsWaldsTest(t *testing.T) {
	for threshold := 2; threshold <= 6; threshold++ {
		for _, quorum := range []int{1, threshold} {
			p := moderation.Policy{Threshold: float64(threshold), Quorum: quorum}
			right, wrong, open := walk(p, 15*threshold)
			odds := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(3), big.NewInt(int64(threshold)), nil))
			if new(big.Rat).Mul(wrong, odds).Cmp(right) != 0 {
				t.Errorf("threshold %d, quorum %d: right %v, wrong %v; want %v to 1", threshold, quorum, right, wrong, odds)
			}
			if left, _ := open.Float64(); left > 1e-5 {
				t.Errorf("threshold %d, quorum %d: %v is open after so many votes", threshold, quorum, left)
			}
			if sum := new(big.Rat).Add(open, new(big.Rat).Add(right, wrong)); sum.Cmp(big.NewRat(1, 1)) != 0 {
				t.Errorf("threshold %d, quorum %d: in all %v", threshold, quorum, sum)
			}
		}
	}
}

// walk is the probability that so many voters who are right three times in four decide rightly, wrongly,
// or not at all.
func walk(p moderation.Policy, votes int) (right, wrong, open *big.Rat) {
	right, wrong = new(big.Rat), new(big.Rat)
	at := map[int]*big.Rat{0: big.NewRat(1, 1)} // by how many said that it breaks the rules, which is right
	for n := range votes {
		next := map[int]*big.Rat{}
		add := func(said int, of *big.Rat, quarters int64) {
			share := new(big.Rat).Mul(of, big.NewRat(quarters, 4))
			to := right
			switch judge(both(breaks(times(said, 1)...), fine(times(n+1-said, 1)...)), p).Verdict {
			case moderation.Upheld:
			case moderation.Dismissed:
				to = wrong
			default:
				if next[said] == nil {
					next[said] = new(big.Rat)
				}
				to = next[said]
			}
			to.Add(to, share)
		}
		for said, of := range at {
			add(said+1, of, 3)
			add(said, of, 1)
		}
		at = next
	}
	open = new(big.Rat)
	for _, of := range at {
		open.Add(open, of)
	}
	return right, wrong, open
}

// A threshold of 1 would be 1 in 4, but two voices are needed: whoever is alone in front decides nothing, so
// that fewer are wrong.
func TestThresholdOfOneIsSaferThanItSays(t *testing.T) {
	right, wrong, _ := walk(moderation.Policy{Threshold: 1, Quorum: 1}, 20)
	if got, _ := new(big.Rat).Quo(wrong, new(big.Rat).Add(right, wrong)).Float64(); got >= 0.25 || got < 0.1 {
		t.Errorf("%v of the verdicts is wrong", got)
	}
}

// BenchmarkJudge500 judges a case of 500 ballots: every other of their voters joined within ten minutes, and
// 2,000 pairs have voted alike before.
func BenchmarkJudge500(b *testing.B) {
	ballots, ties := largeCase()
	b.ReportAllocs()
	for b.Loop() {
		moderation.Judge(ballots, ties, moderation.DefaultPolicy())
	}
}

func largeCase() ([]moderation.Ballot, moderation.Ties) {
	const voters, pairs = 500, 2000
	dice := rand.New(rand.NewPCG(1, 2))
	today := moderation.DayOf(noon)
	ties := moderation.Ties{
		Day: today, Cases: moderation.Trace{Sum: 200, Day: today},
		Tracks: map[int64]moderation.Track{}, Alike: map[moderation.Pair]moderation.Trace{},
	}
	ballots := make([]moderation.Ballot, voters)
	for i := range ballots {
		id := int64(i + 1)
		b := moderation.Ballot{Voter: id, Side: moderation.Breaks, Weight: 1, Face: 1, At: noon.Add(time.Duration(i) * time.Second)}
		if dice.IntN(5) < 2 {
			b.Side = moderation.Fine
		}
		if i%2 == 0 {
			b.Joined = noon.Add(-day - time.Duration(i)*time.Second)
		}
		ballots[i] = b
		ties.Tracks[id] = moderation.Track{Right: 8, Wrong: 2, Voted: 10 + float64(dice.IntN(20)), Day: today}
	}
	for len(ties.Alike) < pairs {
		if a, b := dice.Int64N(voters)+1, dice.Int64N(voters)+1; a != b {
			ties.Alike[moderation.PairOf(a, b)] = moderation.Trace{Sum: 1 + float64(dice.IntN(12)), Day: today}
		}
	}
	return ballots, ties
}

// Two of a crowd and somebody's honest mistake weigh enough, and decide nothing: the quorum asks for voters
// who hang together with nobody.
func TestCrowdHasNoVoice(t *testing.T) {
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		ballots := joined(time.Hour, time.Hour, 0, 0)
		for i := range ballots {
			ballots[i].Side, ballots[i].Face, ballots[i].Weight = side, 2.5, 2.5
		}
		if j := moderation.Judge(ballots[:3], moderation.Ties{}, moderation.DefaultPolicy()); j.Verdict != moderation.Open || j.Crowd || math.Abs(j.Score) < 3 {
			t.Errorf("%s, with one other: %+v", side, j)
		}
		if j := moderation.Judge(ballots, moderation.Ties{}, moderation.DefaultPolicy()); j.Verdict != wins[side] {
			t.Errorf("%s, with two others: %+v", side, j)
		}
	}
}

// One experienced member with accounts of their own, however they came, decides nothing.
func TestNewcomersHaveNoVoice(t *testing.T) {
	ballots := joined(0, 3*time.Hour, 2*time.Hour, time.Hour)
	for i := range ballots {
		ballots[i].Weight = moderation.NewcomerWeight
	}
	ballots[0].Face, ballots[0].Weight = moderation.MaxCredibility, moderation.MaxCredibility
	if j := moderation.Judge(ballots, moderation.Ties{}, moderation.DefaultPolicy()); j.Verdict != moderation.Open || j.Crowd || j.Score < 3 {
		t.Errorf("%+v", j)
	}
}
